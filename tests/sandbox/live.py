"""A real discord.py client against the server, and the world it works in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands

from bot.sandbox import ChannelSpec, Person, PersonSpec, Reply, RoleSpec, Sandbox, Timings, World

from ..discord_schema import SchemaCheck


def make_world() -> World:
    return World.build(
        "Workshop",
        roles=[RoleSpec("organizer"), RoleSpec("speaker", mentionable=False)],
        channels=[
            ChannelSpec("general", topic="Talk to each other"),
            ChannelSpec("announcements", "announcement", read_only=True),
            ChannelSpec("organizers", private_to=["organizer"]),
            ChannelSpec("posters", "forum", tags=["vision", "theory"]),
        ],
        people=[
            PersonSpec("attendee"),
            PersonSpec("author", roles=["speaker"]),
            PersonSpec("olga", roles=["organizer"], administrator=True),
            PersonSpec("shy", accepts_dms=False),
        ],
    )


@dataclass(frozen=True)
class Live:
    sandbox: Sandbox
    bot: "Bot"

    def person(self, name: str = "attendee") -> Person:
        return self.sandbox.person(name)

    def text_channel(self, name: str = "general") -> discord.TextChannel:
        channel = self.bot.get_channel(self.sandbox.world.channel_named(name).id)
        assert isinstance(channel, discord.TextChannel)
        return channel

    def forum(self, name: str = "posters") -> discord.ForumChannel:
        channel = self.bot.get_channel(self.sandbox.world.channel_named(name).id)
        assert isinstance(channel, discord.ForumChannel)
        return channel

    @property
    def guild(self) -> discord.Guild:
        return self.bot.guilds[0]


class Bot(discord.Client):
    """A bot whose commands each test adds to ``tree``; its errors end up in ``errors``."""

    def __init__(
        self, intents: discord.Intents | None = None, *, sync: bool = True, guild_id: int | None = None
    ) -> None:
        super().__init__(intents=intents or discord.Intents.default(), max_messages=100)
        self.tree = app_commands.CommandTree(self)
        self.tree.error(self._keep)
        self.errors: list[BaseException] = []
        self.heard: asyncio.Queue[discord.Message] = asyncio.Queue()
        self._sync = sync
        self._scope = discord.Object(guild_id) if guild_id else None

    async def setup_hook(self) -> None:
        if self._sync:
            await self.tree.sync(guild=self._scope)

    async def on_message(self, message: discord.Message) -> None:
        self.heard.put_nowait(message)

    async def _keep(self, interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        self.errors.append(error)


@asynccontextmanager
async def pointed_at(sandbox: Sandbox) -> AsyncIterator[None]:
    """Makes discord.py talk to the sandbox for a while."""
    # discord.py keeps the addresses it talks to in class attributes.
    old = discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY, discord.asset.Asset.BASE
    discord.http.Route.BASE = sandbox.api_url
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = discord.gateway.yarl.URL(sandbox.gateway_url)  # type: ignore[attr-defined]  # yarl, as the library itself imports it
    discord.asset.Asset.BASE = sandbox.page_url + "cdn"
    try:
        yield
    finally:
        discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY, discord.asset.Asset.BASE = old


@asynccontextmanager
async def connected(sandbox: Sandbox, bot: Bot) -> AsyncIterator[Bot]:
    """The bot, logged in and ready."""
    bot._connection.guild_ready_timeout = 0
    async with pointed_at(sandbox):
        running = asyncio.create_task(bot.start(sandbox.token))
        ready = asyncio.create_task(_both(sandbox, bot))
        try:
            await asyncio.wait({running, ready}, return_when=asyncio.FIRST_COMPLETED)
            if running.done():
                running.result()
            await ready
            yield bot
        finally:
            ready.cancel()
            await bot.close()
            with suppress(asyncio.CancelledError):
                await running


@asynccontextmanager
async def live(
    bot: Bot | None = None, *, timings: Timings | None = None, world: World | None = None
) -> AsyncIterator[Live]:
    """A sandbox with a ready bot in it; whatever passes between them has to be as Discord describes it.

    Rate limits only report, since they have tests of their own.
    """
    check = SchemaCheck.load()
    bot = bot or Bot()
    sandbox = Sandbox(world or make_world(), timings=timings, enforce_rate_limits=False)
    if check:
        sandbox.observers.append(check)
    async with sandbox, connected(sandbox, bot):
        yield Live(sandbox, bot)
    # Spelt out, since pytest explains only what stands in a test file.
    assert bot.errors == [], bot.errors
    assert check is None or check.violations == [], check and check.violations


async def _both(sandbox: Sandbox, bot: Bot) -> None:
    await sandbox.gateway.ready()
    async with asyncio.timeout(10):
        await bot.wait_until_ready()


def shown(reply: Reply) -> dict[str, Any]:
    """The message a reply carries, which has to be there."""
    assert reply.message is not None, reply.error
    return reply.message
