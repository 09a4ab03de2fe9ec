"""Private threads: who sees them, and what a bot hears that is no member but manages threads."""

import asyncio

import aiohttp
import discord
import pytest

from bot.sandbox import ApiError, CannotUseError
from bot.sandbox.objects import guild_create_json
from bot.sandbox.permissions import Permission
from tests.sandbox.ears import Ears
from tests.sandbox.live import Bot, Live, live
from tests.sandbox.test_page_api import Page, next_of, pages

Thread = discord.Thread


async def case(it: Live, *names: str) -> Thread:
    """A private thread of the bot's in #general with these people."""
    thread = await it.text_channel().create_thread(name="Case 1", type=discord.ChannelType.private_thread)
    for name in names:
        await thread.add_user(discord.Object(it.sandbox.world.person(name).id))
    return thread


def menu_bot() -> Bot:
    bot = Bot()

    @bot.tree.context_menu(name="Report")
    async def report(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"Reported: {message.content}", ephemeral=True)

    return bot


async def test_only_members_and_moderators_read_and_act_in_it() -> None:
    async with live(menu_bot()) as it:
        thread = await case(it, "author")
        said = await it.person("author").say(thread.id, "It happened at lunch")
        assert [one["content"] for one in it.person("olga").sees(thread.id)][-1] == "It happened at lunch"
        stranger = it.person("attendee")
        assert stranger.sees(thread.id) == []
        with pytest.raises(ApiError, match="Missing Access"):
            await stranger.say(thread.id, "Me too")
        with pytest.raises(ApiError, match="Missing Access"):
            await stranger.react(said, "👍")
        with pytest.raises(CannotUseError):
            await stranger.context_menu("Report", said)
        reply = await it.person("author").context_menu("Report", said)
        assert reply.message
        assert reply.message["content"] == "Reported: It happened at lunch"


async def test_a_message_that_is_gone_takes_no_command() -> None:
    async with live(menu_bot()) as it:
        said = await it.person().say("general", "Never mind")
        it.sandbox.moderator.delete_message("general", said["id"])
        with pytest.raises(CannotUseError, match="That message is gone"):
            await it.person().context_menu("Report", said)


async def test_the_page_gives_it_to_nobody_else() -> None:
    async with pages(menu_bot(), "attendee", "author", "olga") as (it, [attendee, author, olga]):
        thread = await case(it, "author")
        said = await it.person("author").say(thread.id, "It happened at lunch")
        channel = {"channel_id": str(thread.id)}

        async def known(page: Page) -> list[str]:
            return [one["name"] for one in (await page.ask("GET", "state"))["channels"] if one["thread"]]

        assert [await known(page) for page in (attendee, author, olga)] == [[], ["Case 1"], ["Case 1"]]
        path = f"channels/{thread.id}/messages"
        assert await attendee.ask("GET", path) == []
        assert (await author.ask("GET", path))[-1]["content"] == "It happened at lunch"
        assert await attendee.ask("GET", "commands", **channel) == []
        assert (await attendee.ask("POST", "messages", channel | {"content": "x"}))["code"] == 50001
        mark = channel | {"message_id": said["id"], "emoji": "👍"}
        assert (await attendee.ask("PUT", "reactions", mark))["code"] == 50001
        one = channel | {"message_id": said["id"], "content": "x"}
        assert [(await attendee.ask(method, "messages", one))["code"] for method in ("PATCH", "DELETE")] == [50001] * 2
        use = channel | {"type": 2, "data": {"name": "Report", "type": 3}, "message_id": said["id"]}
        refused = await attendee.ask("POST", "interactions", use)
        assert refused["message"] == "That channel is not there for this person."


async def test_news_of_it_goes_to_those_in_it() -> None:
    async with pages(Bot(), "attendee", "author") as (it, two), two[0].news() as news, two[1].news() as others:
        await it.sandbox.until(lambda: it.sandbox.open_pages == 2)
        thread = await case(it)
        await thread.add_user(discord.Object(it.sandbox.world.person("author").id))
        assert (await next_of(others, "thread_create"))["name"] == "Case 1"
        await thread.send("For you alone")
        assert (await next_of(others, "message_create"))["content"] == "For you alone"
        await it.person("author").say(thread.id, "Thank you")
        await thread.remove_user(discord.Object(it.sandbox.world.person("author").id))
        assert await next_of(others, "channel_delete") == {"id": str(thread.id)}
        await it.text_channel().send("For all")
        assert await told(news) == ["For all"]


async def told(news: aiohttp.ClientWebSocketResponse) -> list[str]:
    """The texts of all messages until the one for all."""
    texts: list[str] = []
    while "For all" not in texts:
        texts.append((await next_of(news, "message_create"))["content"])
    return texts


# What the bot hears


async def leave(it: Live, thread: Thread) -> None:
    gone = asyncio.create_task(it.bot.wait_for("thread_remove", timeout=5))
    await asyncio.sleep(0)
    await thread.leave()
    await gone


def moderating(it: Live, allowed: bool) -> None:
    own = next(role for role in it.sandbox.world.guild.roles.values() if role.managed_by)
    bit = int(Permission.MANAGE_THREADS)
    own.permissions = own.permissions | bit if allowed else own.permissions & ~bit


async def heard_of_anothers_case(manages: bool) -> list[str]:
    """What a bot hears of a private thread that it is no member of: a message, its edit and deletion, its archiving
    and its end."""
    async with live() as it:
        thread = await case(it, "author")
        await leave(it, thread)
        moderating(it, manages)
        ears = Ears(it.bot)
        said = await it.person("author").say(thread.id, "Between us")
        it.sandbox.moderator.delete_message(thread.id, said["id"])
        it.sandbox.moderator.archive(thread.id)
        it.sandbox.moderator.delete(thread.id)
        # What comes after these shows that nothing else was on its way.
        await it.person().say("general", "For all")
        await asyncio.wait_for(_until(it, "general"), 5)
        return [name for name, _ in ears.heard]


async def _until(it: Live, channel: str) -> None:
    while (await it.bot.heard.get()).channel.id != it.sandbox.world.channel_named(channel).id:
        pass


async def test_a_bot_that_manages_threads_hears_of_anothers() -> None:
    heard = await heard_of_anothers_case(manages=True)
    assert heard == ["MESSAGE_CREATE", "MESSAGE_DELETE", "THREAD_UPDATE", "THREAD_DELETE", "MESSAGE_CREATE"]


async def test_a_bot_that_does_not_hears_nothing_of_it() -> None:
    assert await heard_of_anothers_case(manages=False) == ["MESSAGE_CREATE"]


async def test_a_bot_that_is_brought_in_is_shown_the_thread() -> None:
    async with live() as it:
        thread = await case(it, "author")
        await leave(it, thread)
        moderating(it, False)
        ears = Ears(it.bot)
        await it.person("author").say(thread.id, f"<@{it.sandbox.bot_user_id}> come and see")
        await asyncio.wait_for(it.bot.heard.get(), 5)
        assert [name for name, _ in ears.heard] == ["THREAD_CREATE", "THREAD_MEMBERS_UPDATE", "MESSAGE_CREATE"]
        created = ears.heard[0][1]
        assert ("newly_created" in created, created["member"]["user_id"]) == (False, str(it.sandbox.bot_user_id))
        # It is the bot that is mentioned: it reads the text without the intent.
        assert ears.heard[2][1]["content"].endswith("come and see")


async def test_a_new_session_is_not_shown_what_is_private_to_others() -> None:
    async with live() as it:
        thread = await case(it, "author")
        await leave(it, thread)
        for manages, known in ((True, [str(thread.id)]), (False, [])):
            moderating(it, manages)
            shown = guild_create_json(it.sandbox.world, it.sandbox.world.guild, with_members=False)
            assert [one["id"] for one in shown["threads"]] == known
