"""Threads, forum posts, channels, roles, members and scheduled events through a real client."""

from datetime import UTC, datetime, timedelta

import discord
import pytest

from bot.sandbox import Sandbox

from .live import Bot, connected, live, make_world

NOON = datetime(2025, 4, 28, 12, 0, tzinfo=UTC)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


async def test_forum_post_has_its_first_message_and_tags() -> None:
    async with live() as it:
        forum = it.forum()
        made = await forum.create_thread(name="P1 Solvers", content="Ask here", applied_tags=[forum.available_tags[0]])
        assert (made.thread.id, made.message.content) == (made.message.id, "Ask here")
        assert [tag.name for tag in made.thread.applied_tags] == ["vision"]
        await it.person().say(made.thread.id, "Does it scale?")
        thread = await it.bot.fetch_channel(made.thread.id)
        assert isinstance(thread, discord.Thread)
        assert (thread.message_count, thread.member_count, thread.parent) == (1, 2, forum)
        assert [message.content async for message in thread.history(oldest_first=True)] == ["Ask here", ""]


async def test_thread_from_a_message_shares_its_id() -> None:
    async with live() as it:
        message = await it.text_channel().send("Poster 1")
        thread = await message.create_thread(name="Questions")
        assert thread.id == message.id
        assert it.person().sees("general")[0]["thread"]["name"] == "Questions"
        assert [one["type"] for one in it.person().sees(thread.id)] == [21]


async def test_thread_without_a_message_is_announced_or_private() -> None:
    async with live() as it:
        public = await it.text_channel().create_thread(name="Open", type=discord.ChannelType.public_thread)
        private = await it.text_channel().create_thread(name="Closed", invitable=False)
        assert [one["type"] for one in it.person().sees("general")] == [18]
        assert (await it.person().say(public.id, "Hello"))["content"] == "Hello"
        await it.bot.http.send_message(private.id, params=discord.http.handle_message_parameters("Members only"))
        assert it.person().sees(private.id) == []
        await private.add_user(discord.Object(it.sandbox.world.person("attendee").id))
        assert len(it.person().sees(private.id)) == 1
        assert [member.id for member in await private.fetch_members()] == [it.guild.me.id, it.person().user.id]


async def test_archived_thread_is_listed_and_reopened_by_a_message() -> None:
    async with live() as it:
        thread = await it.text_channel().create_thread(name="Old", type=discord.ChannelType.public_thread)
        await thread.edit(archived=True, locked=True)
        assert [one.name for one in await it.guild.active_threads()] == []
        [archived] = [one async for one in it.text_channel().archived_threads()]
        assert (archived.name, archived.locked) == ("Old", True)
        await thread.edit(archived=False, locked=False)
        await thread.edit(archived=True)
        await thread.send("Once more")
        assert [one.name for one in await it.guild.active_threads()] == ["Old"]
        await thread.leave()
        await thread.join()
        await thread.delete()
        assert it.sandbox.world.channels.get(thread.id) is None


async def test_thread_is_archived_when_nobody_writes() -> None:
    clock, bot = Clock(), Bot()
    async with Sandbox(make_world(), now=clock) as sandbox, connected(sandbox, bot):
        channel = bot.get_channel(sandbox.world.channel_named("general").id)
        assert isinstance(channel, discord.TextChannel)
        thread = await channel.create_thread(
            name="Short", type=discord.ChannelType.public_thread, auto_archive_duration=60
        )
        clock.now += timedelta(minutes=59)
        await thread.send("Still here")
        clock.now += timedelta(minutes=59)
        assert [one.name for one in await channel.guild.active_threads()] == ["Short"]
        clock.now += timedelta(minutes=1)
        assert [one.name for one in await channel.guild.active_threads()] == []


async def test_channel_is_made_changed_and_removed() -> None:
    async with live() as it:
        overwrites: dict[discord.Role | discord.Member | discord.Object, discord.PermissionOverwrite]
        overwrites = {it.guild.default_role: discord.PermissionOverwrite(view_channel=False)}
        channel = await it.guild.create_text_channel("helpers", topic="Help", overwrites=overwrites)
        assert [one.name for one in await it.guild.fetch_channels()][-1] == "helpers"
        with pytest.raises(discord.Forbidden) as refused:
            await channel.send("Nobody let me in")
        assert refused.value.code == 50001


async def test_overwrites_open_and_close_a_channel() -> None:
    async with live() as it:
        assert len(it.person().sees("general")) == 0
        await it.text_channel().send("Hello")
        everyone = it.guild.default_role
        await it.text_channel().set_permissions(everyone, read_message_history=False)
        assert it.person().sees("general") == []
        await it.text_channel().set_permissions(everyone, overwrite=None)
        assert len(it.person().sees("general")) == 1


async def test_forum_is_made_with_tags() -> None:
    async with live() as it:
        forum = await it.guild.create_forum("questions", available_tags=[discord.ForumTag(name="open")])
        assert [tag.name for tag in forum.available_tags] == ["open"]
        edited = await forum.edit(available_tags=[*forum.available_tags, discord.ForumTag(name="answered")])
        assert edited
        assert [tag.name for tag in edited.available_tags] == ["open", "answered"]
        assert edited.available_tags[0].id == forum.available_tags[0].id


async def test_role_is_made_given_taken_and_removed() -> None:
    async with live() as it:
        role = await it.guild.create_role(name="reminders", mentionable=True)
        member = await it.guild.fetch_member(it.sandbox.world.person("attendee").id)
        await member.add_roles(role)
        assert [one.name for one in (await it.guild.fetch_member(member.id)).roles] == ["@everyone", "reminders"]
        assert {one.id: count for one, count in (await it.guild.role_member_counts()).items()}[role.id] == 1
        await member.remove_roles(role)
        edited = await role.edit(name="updates", colour=3)
        assert edited
        assert (edited.name, edited.colour.value) == ("updates", 3)
        await role.delete()
        assert "updates" not in [one.name for one in await it.guild.fetch_roles()]


async def test_guild_is_fetched_with_counts() -> None:
    async with live() as it:
        guild = await it.bot.fetch_guild(it.guild.id, with_counts=True)
        assert (guild.name, guild.approximate_member_count) == ("Workshop", 5)
        assert [one.name async for one in it.bot.fetch_guilds()] == ["Workshop"]


async def test_members_are_listed_only_with_the_intent() -> None:
    async with live() as it:
        with pytest.raises(discord.Forbidden):
            _ = await it.bot.http.get_members(it.guild.id, 10, None)


async def test_scheduled_event_starts_and_ends_by_itself() -> None:
    clock, bot = Clock(), Bot()
    async with Sandbox(make_world(), now=clock) as sandbox, connected(sandbox, bot):
        guild = bot.guilds[0]
        event = await guild.create_scheduled_event(
            name="Keynote",
            start_time=NOON + timedelta(hours=1),
            end_time=NOON + timedelta(hours=2),
            entity_type=discord.EntityType.external,
            location="Hall B",
            privacy_level=discord.PrivacyLevel.guild_only,
        )
        await event.edit(description="By the first speaker")
        clock.now += timedelta(hours=1)
        active = await guild.fetch_scheduled_event(event.id)
        assert (active.status, active.description, active.location) == (
            discord.EventStatus.active,
            "By the first speaker",
            "Hall B",
        )
        clock.now += timedelta(hours=1)
        assert await guild.fetch_scheduled_events() == []
        with pytest.raises(discord.HTTPException) as refused:
            await active.end()
        assert refused.value.code == 180000
        await event.delete()


async def test_event_is_cancelled_once() -> None:
    async with live() as it:
        now = discord.utils.utcnow()
        event = await it.guild.create_scheduled_event(
            name="Lunch",
            start_time=now + timedelta(hours=1),
            end_time=now + timedelta(hours=2),
            entity_type=discord.EntityType.external,
            location="Hall B",
            privacy_level=discord.PrivacyLevel.guild_only,
        )
        it.sandbox.world.guild.event_interest[event.id] = [it.person().user.id]
        assert [user.name async for user in event.users()] == ["attendee"]
        await event.cancel()
        assert await it.guild.fetch_scheduled_events() == []
