"""Many people who want announcements by direct message, and the organizer who writes to them."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from bot.sandbox import Exchange, Reply, Sandbox, World
from bot.sandbox.ratelimits import counts_globally
from bot.sandbox.state import Channel
from bot.storage.database import Database, Tables
from tests.benchmarks.answering import one_more

#: Longer than an organizer would wait; Discord itself takes an answer for 15 minutes.
ANSWERED_WITHIN = 60.0
_TITLE, _BODY = "Lunch is here", "Sandwiches in the foyer until 14:00. The vegan ones are on the left."


def wanting(world: World, number: int) -> list[Channel]:
    """So many members more, by their direct channels with the bot. All of them are speakers."""
    channels = [one_more(world, each) for each in range(number)]
    role = speakers(world)
    for channel in channels:
        world.guild.members[channel.recipient_ids[1]].role_ids.append(role)
    return channels


def speakers(world: World) -> int:
    """The role's id."""
    return next(role.id for role in world.guild.roles.values() if role.name == "Speaker")


async def opted_in(file: Path, world: World, channels: Sequence[Channel]) -> None:
    """These people asked for announcements, each with a channel that was opened then. Nobody uses the database."""
    guild, roles = world.guild.id, json.dumps([speakers(world)])

    def write(tables: Tables) -> None:
        tables.conn.executemany(
            "INSERT INTO person(guild_id, user_id, copies, closed, dm_channel_id, roles) VALUES (?, ?, 1, 0, ?, ?)",
            ((guild, channel.recipient_ids[1], channel.id, roles) for channel in channels),
        )

    db = Database.open(file)
    await db.write(write)
    db.close()


async def draft(sandbox: Sandbox, *, to: str | None = None) -> Reply:
    """The preview of a new announcement for everyone, in the channel and by direct message, or ``to`` somebody else."""
    person = sandbox.person("organizer")
    form = await person.command("/announce", channel="organizers")
    assert form.modal is not None
    preview = await (await person.submit(form.modal, {"title": _TITLE, "body": _BODY})).settled(ANSWERED_WITHIN)
    if to is not None:
        assert preview.message is not None
        preview = await (await person.choose(preview.message, "pick-an", to)).settled(ANSWERED_WITHIN)
    return preview


async def send(sandbox: Sandbox, preview: Reply) -> float:
    """Press "Send now"; seconds until the organizer read that it is going out."""
    assert preview.message is not None
    began = perf_counter()
    done = await (await sandbox.person("organizer").press(preview.message, "Send now")).settled(ANSWERED_WITHIN)
    took = perf_counter() - began
    if "It is going out" not in json.dumps(done.message):
        raise RuntimeError(f"The announcement did not go out: {done.error or done.message}")
    return took


class Asked:
    """What the bot asked of the server beside its answers: all that counts towards the global limit."""

    def __init__(self) -> None:
        self.requests = 0
        self.refused = 0
        """With a 429, for the global limit or any other."""
        self.messages = 0
        self.last = 0.0
        """When the last message stood, by perf_counter."""

    def __call__(self, exchange: Exchange) -> None:
        if not counts_globally(exchange.path):
            return
        self.requests += 1
        self.refused += exchange.status == 429
        if exchange.method == "POST" and exchange.path.endswith("/messages") and exchange.status == 200:
            self.messages += 1
            self.last = perf_counter()


@asynccontextmanager
async def watched(sandbox: Sandbox) -> AsyncIterator[Asked]:
    """For as long as the context lasts."""
    asked = Asked()
    sandbox.observers.append(asked)
    try:
        yield asked
    finally:
        sandbox.observers.remove(asked)


def each_has(channels: Sequence[Channel], number: int) -> None:
    """Raises RuntimeError where somebody has not got just so many messages."""
    wrong: list[Any] = [len(channel.messages) for channel in channels if len(channel.messages) != number]
    if wrong:
        raise RuntimeError(f"{len(wrong)} of {len(channels)} people got {set(wrong)} messages, not {number}")
