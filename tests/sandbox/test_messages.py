"""Messages, mentions, replies, DMs, nonces, reactions and pins through a real client."""

import asyncio
import io
from typing import Any

import discord
import pytest

from bot.sandbox import ApiError, Timings

from .live import Live, live


async def raw(it: Live, channel: str, **payload: Any) -> dict[str, Any]:
    """A message written with a payload of the test's own."""
    channel_id = it.sandbox.world.channel_named(channel).id
    route = discord.http.Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
    answer: dict[str, Any] = await it.bot.http.request(route, json=payload)
    return answer


async def test_message_is_written_edited_and_deleted() -> None:
    async with live() as it:
        embed = discord.Embed(title="Card", color=5).add_field(name="a", value="b")
        message = await it.text_channel().send("One", embed=embed)
        heard = await asyncio.wait_for(it.bot.heard.get(), 5)
        assert (heard, heard.guild, heard.embeds[0].fields[0].inline) == (message, it.guild, True)
        edited = await message.edit(content="Two", embed=None)
        assert (edited.content, edited.embeds, edited.edited_at is not None) == ("Two", [], True)
        await message.delete()
        with pytest.raises(discord.NotFound) as refused:
            await it.text_channel().fetch_message(message.id)
        assert refused.value.code == 10008


async def test_history_is_read_in_pages() -> None:
    async with live() as it:
        channel = it.text_channel()
        ids = [int((await it.person().say("general", str(n)))["id"]) for n in range(6)]

        async def pages(**bounds: Any) -> list[int]:
            return [ids.index(message.id) for message in [one async for one in channel.history(**bounds)]]

        second, fifth = discord.Object(ids[1]), discord.Object(ids[4])
        assert await pages(limit=2) == [5, 4]
        assert await pages(before=fifth, limit=2) == [3, 2]
        assert await pages(after=second, limit=2) == [2, 3]
        assert await pages(around=discord.Object(ids[2]), limit=3) == [3, 2, 1]


async def test_bulk_deletion_spares_the_rest() -> None:
    async with live() as it:
        said = [await it.person().say("general", str(n)) for n in range(3)]
        await it.text_channel().delete_messages([discord.Object(int(one["id"])) for one in said[:2]])
        assert it.person().sees("general") == said[2:]


async def test_components_come_back_with_ids_and_their_text_is_kept() -> None:
    async with live() as it:
        layout = discord.ui.LayoutView()
        section: Any = discord.ui.Section("What", accessory=discord.ui.Button(label="Open", custom_id="o"))
        container: Any = discord.ui.Container(discord.ui.TextDisplay("When"), section, accent_color=7)
        layout.add_item(container)
        await it.text_channel().send(view=layout)
        message = it.person().sees("general")[0]
        box = message["components"][0]
        assert (message["flags"], message["content"], box["type"], box["accent_color"]) == (1 << 15, "", 17, 7)
        assert [part["type"] for part in box["components"]] == [10, 9]
        assert box["components"][1]["accessory"]["custom_id"] == "o"


async def test_files_are_described_and_kept_over_an_edit() -> None:
    async with live() as it:
        letter = discord.File(io.BytesIO(b"a"), "a.txt", description="Letter a")
        message = await it.text_channel().send(files=[letter, discord.File(io.BytesIO(b"b"), "b.txt")])
        assert [(one.filename, one.description, one.size) for one in message.attachments] == [
            ("a.txt", "Letter a", 1),
            ("b.txt", None, 1),
        ]
        edited = await message.edit(attachments=[message.attachments[1], discord.File(io.BytesIO(b"cc"), "c.txt")])
        assert [one.filename for one in edited.attachments] == ["b.txt", "c.txt"]
        assert await edited.attachments[1].read() == b"cc"


# Whom a message mentions


@pytest.mark.parametrize(
    ("text", "allowed", "users", "roles", "everyone"),
    [
        ("<@{author}> and <@!{olga}>", None, ["author", "olga"], [], False),
        ("<@{author}>", {"parse": []}, [], [], False),
        ("<@{author}> <@{olga}>", {"users": ["{author}"]}, ["author"], [], False),
        ("<@{author}>", {"parse": ["roles"]}, [], [], False),
        ("<@&{organizer}> <@&{speaker}>", None, [], ["organizer", "speaker"], False),
        ("<@&{organizer}> <@&{speaker}>", {"roles": ["{speaker}"]}, [], ["speaker"], False),
        ("@everyone", None, [], [], True),
        ("@here", {"parse": ["everyone"]}, [], [], True),
        ("@everyone", {"parse": ["users", "roles"]}, [], [], False),
        ("nobody@everyone-else", {"parse": []}, [], [], False),
        ("<@1> <@&1>", None, [], [], False),
    ],
)
async def test_mentions_follow_what_is_allowed(
    text: str, allowed: Any, users: list[str], roles: list[str], everyone: bool
) -> None:
    async with live() as it:
        world = it.sandbox.world
        ids = {role.name: role.id for role in world.guild.roles.values()}
        ids |= {user.name: user.id for user in world.people()}
        names = {str(value): name for name, value in ids.items()}
        if allowed:
            allowed = {kind: [one.format(**ids) for one in listed] for kind, listed in allowed.items()}
        extra = {"allowed_mentions": allowed} if allowed else {}
        made = await raw(it, "general", content=text.format(**ids), **extra)
        assert [user["username"] for user in made["mentions"]] == users
        assert [names[role_id] for role_id in made["mention_roles"]] == roles
        assert made["mention_everyone"] == everyone


async def test_people_without_the_right_ping_neither_everyone_nor_closed_roles() -> None:
    async with live() as it:
        roles = {role.name: role.id for role in it.sandbox.world.guild.roles.values()}
        said = await it.person().say("general", f"@everyone <@&{roles['organizer']}> <@&{roles['speaker']}>")
        assert (said["mention_everyone"], said["mention_roles"]) == (False, [str(roles["organizer"])])


async def test_text_displays_mention_too() -> None:
    async with live() as it:
        author = it.sandbox.world.person("author").id
        parts = [{"type": 17, "components": [{"type": 10, "content": f"<@{author}>"}]}]
        made = await raw(it, "general", components=parts, flags=1 << 15)
        assert [user["id"] for user in made["mentions"]] == [str(author)]


@pytest.mark.parametrize(
    ("allowed", "mentioned"), [(None, ["attendee"]), ({"parse": []}, []), ({"replied_user": True}, ["attendee"])]
)
async def test_reply_mentions_whom_it_answers(allowed: Any, mentioned: list[str]) -> None:
    async with live() as it:
        said = await it.person().say("general", "Where is lunch?")
        extra = {"allowed_mentions": allowed} if allowed else {}
        made = await raw(it, "general", content="Hall B", message_reference={"message_id": said["id"]}, **extra)
        assert (made["type"], made["referenced_message"]["id"]) == (19, said["id"])
        assert [user["username"] for user in made["mentions"]] == mentioned


async def test_reply_to_a_message_that_is_gone_fails_unless_told_otherwise() -> None:
    async with live() as it:
        with pytest.raises(discord.HTTPException) as refused:
            await raw(it, "general", content="x", message_reference={"message_id": "1"})
        assert refused.value.code == 50035
        gone = {"message_id": "1", "fail_if_not_exists": False}
        assert (await raw(it, "general", content="x", message_reference=gone))["type"] == 0


# Nonces


async def test_enforced_nonce_finds_the_message_it_made() -> None:
    async with live() as it:
        first = await raw(it, "general", content="Once", nonce="n1", enforce_nonce=True)
        again = await raw(it, "general", content="Once", nonce="n1", enforce_nonce=True)
        other = await raw(it, "general", content="Once", nonce="n1")
        assert (again["id"], again["nonce"], other["id"] == first["id"]) == (first["id"], "n1", False)
        assert [message.get("nonce") for message in it.person().sees("general")] == [None, None]
        heard = await asyncio.wait_for(it.bot.heard.get(), 5)
        assert heard.nonce == "n1"
        assert (await it.text_channel().fetch_message(heard.id)).nonce is None


async def test_nonce_is_forgotten_after_a_while() -> None:
    async with live(timings=Timings(nonce_life=-1.0)) as it:
        first = await raw(it, "general", content="Once", nonce="n1", enforce_nonce=True)
        again = await raw(it, "general", content="Once", nonce="n1", enforce_nonce=True)
        assert first["id"] != again["id"]


# DMs


async def test_dm_is_opened_once_and_read_by_its_two_sides() -> None:
    async with live() as it:
        user = await it.bot.fetch_user(it.sandbox.world.person("attendee").id)
        await user.send("Your talk is next")
        await user.send("In hall B")
        assert [message["content"] for message in it.person().dms()] == ["Your talk is next", "In hall B"]
        assert len(it.sandbox.world.dms) == 1


async def test_closed_dm_is_refused_when_written_to() -> None:
    async with live() as it:
        user = await it.bot.fetch_user(it.sandbox.world.person("shy").id)
        await user.create_dm()
        with pytest.raises(discord.Forbidden) as refused:
            await user.send("Hello")
        assert refused.value.code == 50007


# Reactions and pins


async def test_reactions_are_counted_for_each_reader() -> None:
    async with live() as it:
        message = await it.text_channel().send("Vote")
        await message.add_reaction("👍")
        [shown] = it.person().sees("general")
        await it.person().react(shown, "👍")
        await it.person("olga").react(shown, "🎉")
        [mine] = it.person().sees("general")
        assert [(one["emoji"]["name"], one["count"], one["me"]) for one in mine["reactions"]] == [
            ("👍", 2, True),
            ("🎉", 1, False),
        ]
        fetched = await it.text_channel().fetch_message(message.id)
        assert sorted([user.name async for user in fetched.reactions[0].users()]) == ["Usher", "attendee"]
        await it.person().react(shown, "👍", remove=True)
        await message.clear_reaction("🎉")
        assert [one["count"] for one in it.person().sees("general")[0]["reactions"]] == [1]
        await message.remove_reaction("👍", it.guild.me)
        assert "reactions" not in it.person().sees("general")[0]


async def test_pins_are_listed_latest_first_with_a_notice() -> None:
    async with live() as it:
        first, second = await it.text_channel().send("First"), await it.text_channel().send("Second")
        await first.pin()
        await second.pin()
        assert [message.content async for message in it.text_channel().pins()] == ["Second", "First"]
        assert [message["type"] for message in it.person().sees("general")] == [0, 0, 6, 6]
        await second.unpin()
        assert [message["pinned"] for message in it.person().sees("general")[:2]] == [True, False]


async def test_announcement_is_published_once() -> None:
    async with live() as it:
        message = await it.text_channel("announcements").send("Doors open")
        await message.publish()
        assert it.person().sees("announcements")[0]["flags"] == 1
        with pytest.raises(discord.HTTPException) as refused:
            await message.publish()
        assert refused.value.code == 40033


# What people may do


async def test_people_read_and_write_only_where_they_may() -> None:
    async with live() as it:
        await it.person("olga").say("organizers", "Among us")
        assert len(it.person("olga").sees("organizers")) == 1
        assert it.person().sees("organizers") == []
        for channel, code in (("organizers", 50001), ("announcements", 50013), ("posters", 50008)):
            with pytest.raises(ApiError) as refused:
                await it.person().say(channel, "Me too")
            assert (channel, refused.value.code) == (channel, code)
