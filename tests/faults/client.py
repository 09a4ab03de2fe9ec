"""A real discord.py client in a sandbox whose requests are counted, for tests in which the server misbehaves."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import discord

from bot.sandbox import Exchange, Faults, Sandbox, Timings
from tests.discord_schema import SchemaCheck
from tests.sandbox.live import Bot, connected, make_world


@dataclass
class Trial:
    """``answers``: the status of each answer that reached the bot, with method and last part of the path."""

    sandbox: Sandbox
    bot: Bot
    answers: list[tuple[str, str, int]] = field(default_factory=list)

    def note(self, exchange: Exchange) -> None:
        self.answers.append((exchange.method, exchange.path.rpartition("/")[2], exchange.status))

    @property
    def statuses(self) -> list[int]:
        """Of attempts to write a message."""
        return [status for method, name, status in self.answers if (method, name) == ("POST", "messages")]

    @property
    def faults(self) -> Faults:
        return self.sandbox.faults

    @property
    def channel(self) -> discord.TextChannel:
        channel = self.bot.get_channel(self.sandbox.world.channel_named("general").id)
        assert isinstance(channel, discord.TextChannel)
        return channel

    @property
    def stored(self) -> list[str]:
        """The texts that are really in the channel."""
        return [message.data["content"] for message in self.sandbox.world.channel_named("general").messages.values()]


@asynccontextmanager
async def trial(bot: Bot | None = None, *, timings: Timings | None = None) -> AsyncIterator[Trial]:
    """A client that is connected and ready; rate limits are enforced.

    What passes is held against Discord's description, if it is here.
    """
    check = SchemaCheck.load()
    bot = bot or Bot(discord.Intents.default(), sync=False)
    sandbox = Sandbox(make_world(), timings=timings)
    if check is not None:
        sandbox.observers.append(check)
    async with sandbox, connected(sandbox, bot):
        present = Trial(sandbox, bot)
        sandbox.observers.append(present.note)
        yield present
    # Spelt out, since pytest explains only what stands in a test file.
    assert check is None or check.violations == [], check and check.violations


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._start
