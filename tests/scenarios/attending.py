"""What scenarios about a change of how people attend have in common: who takes part, and what they see."""

import asyncio
from datetime import datetime
from itertools import groupby
from typing import Any

from bot.sandbox import Reply
from bot.sandbox.state import Channel, ChannelType
from bot.sandbox.terminal import as_text
from bot.sandbox_app import Stage
from tests.chat.test_bot import EPHEMERAL, press_through

SECRET = "https://example.org/secret-room"
#: Who, and what they choose in /settings. The last one wants no direct messages.
PEOPLE = {
    "attendee": ("Online", "Send direct messages"),
    "author": ("In person", "Send direct messages"),
    "speaker": ("Send direct messages",),
    "organizer": ("Online",),
}


def clock(stage: Stage, wall: str) -> datetime:
    """The instant of a time on the wall, on the event's day."""
    return datetime.fromisoformat(f"2025-04-28T{wall}").replace(tzinfo=stage.program.event.tz)


async def until(stage: Stage, wall: str) -> None:
    stage.sandbox.limiter.scale = 1000
    async with asyncio.timeout(60):
        await stage.clock.live_through(clock(stage, wall))


async def told(stage: Stage) -> None:
    """Until what is due by now was said."""
    async with asyncio.timeout(30):
        await stage.clock.live_through(stage.clock.now())


async def choose(stage: Stage, people: dict[str, tuple[str, ...]]) -> None:
    """Everybody says how they attend."""
    for name, labels in people.items():
        person = stage.sandbox.person(name)
        card = await person.command("/settings", channel="general")
        for label in labels:
            card = await (await press_through(person, card, label)).settled()


async def typed(stage: Stage, command: str) -> Reply:
    """The preview of an organizer's command."""
    return await (await stage.sandbox.person("organizer").command(command, channel="organizers")).settled()


async def apply(stage: Stage, command: str) -> Reply:
    """Types a change, applies it, and waits until it was told."""
    done = await press_through(stage.sandbox.person("organizer"), await typed(stage, command), "Apply")
    await done.settled()
    await told(stage)
    return done


def reopened(stage: Stage, channels: dict[str, int]) -> None:
    """Let a new server know the direct channels of the one before: at Discord they outlive the bot."""
    world = stage.sandbox.world
    for name, channel_id in channels.items():
        user = world.person(name)
        both = (world.bot.id, user.id)
        world.dms[user.id] = world.add_channel(Channel(channel_id, ChannelType.DM, recipient_ids=both))


def direct_channels(stage: Stage) -> dict[str, int]:
    world = stage.sandbox.world
    return {name: world.dms[world.person(name).id].id for name in PEOPLE if world.person(name).id in world.dms}


ORGANIZERS = "#organizers"


def said(stage: Stage) -> list[tuple[str, str, str]]:
    """Everything that everybody was told: when at the venue, where, and the text as it read then, in order."""
    world = stage.sandbox.world
    found: list[tuple[int, str, dict[str, Any]]] = []
    places = [(channel.id, f"#{channel.name}") for channel in world.guild.channels.values()]
    places += [(channel.id, world.users[user].name) for user, channel in world.dms.items()]
    for channel_id, place in places:
        messages = world.channels[channel_id].messages.values()
        found += [(one.id, place, one.data) for one in messages if not one.data["flags"] & EPHEMERAL]
    return [(_wall(stage, data), place, _text(stage, data)) for _, place, data in sorted(found, key=lambda one: one[0])]


def first_lines(stage: Stage) -> list[str]:
    """Each message for attendees as one line: 12:40 #announcements: its first line.

    People are written to at the same time, and who gets theirs first is chance: in one run they stand by name.
    """
    found = [one for one in said(stage) if one[1] != ORGANIZERS]
    rows: list[tuple[str, str, str]] = []
    for (_, in_channel), run in groupby(found, lambda one: (one[0], one[1].startswith("#"))):
        together = list(run)
        rows += together if in_channel else sorted(together, key=lambda one: one[1])
    return [f"{when} {place}: {text.splitlines()[0]}" for when, place, text in rows]


def trail(stage: Stage) -> list[str]:
    """What organizers alone are told, without who did it."""
    return [text.partition("> ")[2] for _, place, text in said(stage) if place == ORGANIZERS]


def _wall(stage: Stage, data: dict[str, Any]) -> str:
    return f"{datetime.fromisoformat(data['timestamp']).astimezone(stage.program.event.tz):%H:%M}"


def _text(stage: Stage, data: dict[str, Any]) -> str:
    """Without the role's mention and the buttons."""
    at = datetime.fromisoformat(data["timestamp"])
    rows = as_text(data, zone=stage.program.event.tz, now=at).splitlines()
    return "\n".join(row for row in rows if not row.startswith(("<@&", "[")))
