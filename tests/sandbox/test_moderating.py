"""What moderators do to threads and channels: what the bot's requests then meet, and what it hears."""

import asyncio

import discord
import pytest

from bot.sandbox import ApiError, Sandbox
from tests.sandbox.http import SAID, Http, calling, channel_id
from tests.sandbox.live import Bot, live, make_world
from tests.sandbox.test_page_api import pages


async def posted(http: Http, sandbox: Sandbox, name: str = "P1") -> str:
    path = f"/channels/{channel_id(sandbox.world, 'posters')}/threads"
    return (await http.post(path, {"name": name, "message": SAID})).id


async def test_a_deleted_thread_is_unknown() -> None:
    async with calling(sandbox := Sandbox(make_world())) as http:
        thread = await posted(http, sandbox)
        sandbox.moderator.delete("P1")
        assert (await http.post(f"/channels/{thread}/messages", SAID)).refusal == (404, 10003)
        assert (await http.patch(f"/channels/{thread}", {"archived": True})).refusal == (404, 10003)


async def test_with_a_forum_go_its_posts() -> None:
    async with calling(sandbox := Sandbox(make_world())) as http:
        forum, thread = channel_id(sandbox.world, "posters"), await posted(http, sandbox)
        sandbox.moderator.delete("posters")
        assert (await http.post(f"/channels/{forum}/threads", {"name": "P2", "message": SAID})).refusal == (404, 10003)
        assert (await http.post(f"/channels/{thread}/messages", SAID)).refusal == (404, 10003)


async def test_an_archived_thread_takes_messages_but_no_edit() -> None:
    async with calling(sandbox := Sandbox(make_world())) as http:
        thread = await posted(http, sandbox)
        sandbox.moderator.archive("P1")
        edit = f"/channels/{thread}/messages/{thread}", {"content": "y"}
        assert (await http.patch(*edit)).refusal == (400, 50083)
        assert (await http.post(f"/channels/{thread}/messages", SAID)).status == 200
        assert (await http.patch(*edit)).status == 200
        sandbox.moderator.archive("P1")
        sandbox.moderator.archive("P1", False)
        assert (await http.patch(*edit)).status == 200


async def test_a_locked_thread_is_for_moderators() -> None:
    for permissions, status in ((None, 200), (0x7FFFFFFFFF & ~(1 << 34) & ~(1 << 3), 400)):
        world = make_world()
        async with calling(sandbox := Sandbox(world)) as http:
            thread = await posted(http, sandbox)
            own = next(role for role in world.guild.roles.values() if role.managed_by)
            own.permissions = own.permissions if permissions is None else permissions
            sandbox.moderator.lock("P1")
            assert (await http.post(f"/channels/{thread}/messages", SAID)).status == status
            sandbox.moderator.lock("P1", False)
            assert (await http.post(f"/channels/{thread}/messages", SAID)).status == 200


async def test_a_full_thread_takes_nobody_more() -> None:
    async with calling(sandbox := Sandbox(make_world())) as http:
        thread = await posted(http, sandbox)
        attendee = f"/channels/{thread}/thread-members/{sandbox.world.person('attendee').id}"
        sandbox.moderator.fill("P1")
        assert (await http.put(attendee)).refusal == (400, 30033)
        # Who is in it already goes on.
        assert (await http.post(f"/channels/{thread}/messages", SAID)).status == 200
        with pytest.raises(ApiError, match="participants"):
            await sandbox.person("attendee").say(int(thread), "Is there room?")
        sandbox.moderator.fill("P1", False)
        await sandbox.person("attendee").say(int(thread), "Is there room?")


async def test_a_full_guild_takes_no_more_active_threads() -> None:
    async with calling(sandbox := Sandbox(make_world())) as http:
        forum, thread = channel_id(sandbox.world, "posters"), await posted(http, sandbox)
        start = f"/channels/{forum}/threads", {"name": "P2", "message": SAID}
        sandbox.moderator.fill_guild()
        assert (await http.post(*start)).refusal == (400, 160006)
        sandbox.moderator.archive("P1")
        assert (await http.post(*start)).status == 201
        # Coming out of the archive takes a place as well.
        assert (await http.post(f"/channels/{thread}/messages", SAID)).refusal == (400, 160006)
        assert (await http.patch(f"/channels/{thread}", {"archived": False})).refusal == (400, 160006)
        sandbox.moderator.fill_guild(False)
        assert (await http.post(f"/channels/{thread}/messages", SAID)).status == 200


async def test_what_is_no_thread_is_not_archived() -> None:
    sandbox = Sandbox(make_world())
    with pytest.raises(LookupError, match="#general is no thread"):
        sandbox.moderator.archive("general")


async def test_the_bot_hears_what_becomes_of_a_thread() -> None:
    async with live() as it:
        thread = (await it.forum().create_thread(name="P1", content="Ask")).thread
        heard: asyncio.Queue[tuple[bool, bool]] = asyncio.Queue()
        gone: asyncio.Queue[int] = asyncio.Queue()

        async def on_thread_update(_: discord.Thread, after: discord.Thread) -> None:
            heard.put_nowait((after.archived, after.locked))

        async def on_raw_thread_delete(payload: discord.RawThreadDeleteEvent) -> None:
            gone.put_nowait(payload.thread_id)

        it.bot.event(on_thread_update)
        it.bot.event(on_raw_thread_delete)
        it.sandbox.moderator.lock(thread.id)
        assert await asyncio.wait_for(heard.get(), 5) == (False, True)
        it.sandbox.moderator.archive(thread.id)
        assert await asyncio.wait_for(heard.get(), 5) == (True, True)
        it.sandbox.moderator.delete(thread.id)
        assert await asyncio.wait_for(gone.get(), 5) == thread.id


async def test_an_answer_into_a_deleted_thread_is_refused() -> None:
    bot = Bot()
    code: asyncio.Queue[int] = asyncio.Queue()

    @bot.tree.command(description="Answers too late")
    async def late(interaction: discord.Interaction) -> None:
        it.sandbox.moderator.delete(interaction.channel_id or 0)
        try:
            await interaction.response.send_message("x")
        except discord.HTTPException as refused:
            code.put_nowait(refused.code)
            raise

    async with live(bot) as it:
        thread = (await it.forum().create_thread(name="P1", content="Ask")).thread
        using = asyncio.create_task(it.person().command("/late", thread.id))
        assert await asyncio.wait_for(code.get(), 5) == 10003
        using.cancel()
        bot.errors.clear()


async def test_threads_are_moderated_through_the_page() -> None:
    async with pages(Bot(), "attendee") as (it, [attendee]):
        thread = (await it.forum().create_thread(name="P1", content="Ask")).thread
        channel, world = {"channel_id": str(thread.id)}, it.sandbox.world
        data = world.channels[thread.id].thread
        assert data

        async def after(action: str) -> tuple[bool, bool, int]:
            assert await attendee.ask("POST", "moderation", channel | {"action": action}) is None
            return data.archived, data.locked, len(data.members)

        assert await after("archive") == (True, False, 1)
        assert await after("unarchive") == (False, False, 1)
        assert await after("lock") == (False, True, 1)
        assert await after("unlock") == (False, False, 1)
        assert await after("fill") == (False, False, 1000)
        assert await after("empty") == (False, False, 1)
        await after("fill_guild")
        assert world.guild.threads_elsewhere == 999
        await after("empty_guild")
        assert world.guild.threads_elsewhere == 0
        await after("delete")
        assert thread.id not in world.channels
        again = await attendee.ask("POST", "moderation", channel | {"action": "delete"})
        assert again["message"] == "That channel is not there any more."
        general = {"channel_id": str(world.channel_named("general").id)}
        refused = await attendee.ask("POST", "moderation", general | {"action": "lock"})
        assert refused["message"] == "#general is no thread."
        refused = await attendee.ask("POST", "moderation", general | {"action": "explode"})
        assert refused["message"].startswith("action must be one of archive, unarchive,")


async def test_people_change_and_delete_what_they_wrote() -> None:
    async with live() as it:
        thread = (await it.forum().create_thread(name="P1", content="Ask")).thread
        attendee, author, olga = (it.person(name) for name in ("attendee", "author", "olga"))
        said = await attendee.say(thread.id, "Wy?")
        assert (await attendee.edit(said, "Why?"))["content"] == "Why?"
        with pytest.raises(ApiError, match="authored by another user"):
            await olga.edit(said, "x")
        with pytest.raises(ApiError, match="Missing Permissions"):
            await author.delete(said)
        it.sandbox.moderator.archive(thread.id)
        with pytest.raises(ApiError, match="Thread is archived"):
            await attendee.delete(said)
        it.sandbox.moderator.archive(thread.id, False)
        await olga.delete(said)
        assert [one["content"] for one in olga.sees(thread.id)] == ["Ask"]
