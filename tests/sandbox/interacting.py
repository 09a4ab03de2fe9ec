"""An interaction whose id and token the test holds in its own hands, to answer it wrongly, late or twice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import discord

from bot.sandbox import Reply, Sandbox
from tests.sandbox.live import Bot, connected


@dataclass(frozen=True)
class Held:
    """An interaction that nobody has answered yet. ``reply``: what the person who made it will get."""

    id: int
    token: str
    application_id: int
    reply: "asyncio.Task[Reply]"

    @property
    def callback(self) -> str:
        return f"/interactions/{self.id}/{self.token}/callback"

    @property
    def webhook(self) -> str:
        return f"/webhooks/{self.application_id}/{self.token}"


@asynccontextmanager
async def interacting(sandbox: Sandbox) -> AsyncIterator[Held]:
    """Somebody types a command; the bot has received it and leaves the answering to the test."""
    bot = Bot(discord.Intents.none())
    received: asyncio.Queue[discord.Interaction] = asyncio.Queue()

    @bot.tree.command(description="Waits for the test")
    async def wait(interaction: discord.Interaction) -> None:
        received.put_nowait(interaction)

    async with connected(sandbox, bot):
        reply = asyncio.create_task(sandbox.person("attendee").command("/wait"))
        async with asyncio.timeout(5):
            interaction = await received.get()
        yield Held(interaction.id, interaction.token, interaction.application_id, reply)
        async with asyncio.timeout(5):
            await reply
