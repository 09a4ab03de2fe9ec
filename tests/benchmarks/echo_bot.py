"""The bare discord.py bot that Usher is compared with: every command answers with a message made beforehand.

Run as ``python -m tests.benchmarks.echo_bot API_URL TOKEN ANSWERS``; ANSWERS is a JSON file with one entry per
command: its option (or null), the components of its messages in turn, and the choices for each text it is to complete.
A command ``plain`` answers with a few words of text.
"""

import asyncio
import json
import sys
from collections.abc import Mapping
from itertools import cycle
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

from bot.chat.endpoint import point_at
from tests.benchmarks.ready_made import ready_made

Json = Mapping[str, Any]
#: What discord.py calls its generic interaction; its client's type does not matter here.
Interaction = discord.Interaction[discord.Client]


class EchoBot(discord.Client):
    def __init__(self, answers: Mapping[str, Json]) -> None:
        super().__init__(intents=discord.Intents.default(), guild_ready_timeout=0.0)
        self.tree = app_commands.CommandTree(self)
        for name, answer in answers.items():
            self.tree.add_command(_command(name, answer))

        @self.tree.command(description="Answers with text")
        async def plain(interaction: Interaction) -> None:
            await interaction.response.send_message("Here you are.", ephemeral=True)

    async def setup_hook(self) -> None:
        await self.tree.sync()


def _command(name: str, answer: Json) -> app_commands.Command[Any, ..., Any]:
    views = cycle([ready_made(components) for components in answer["components"]])
    choices = {
        typed: [app_commands.Choice(name=choice["name"], value=choice["value"]) for choice in offered]
        for typed, offered in answer["choices"].items()
    }

    if answer["option"] is None:

        @app_commands.command(name=name, description="Answers with a ready-made message")
        async def bare(interaction: Interaction) -> None:
            await interaction.response.send_message(view=next(views), ephemeral=True)

        return bare

    @app_commands.command(name=name, description="Answers with a ready-made message")
    @app_commands.rename(value=answer["option"])
    async def with_option(interaction: Interaction, value: str) -> None:
        await interaction.response.send_message(view=next(views), ephemeral=True)

    if choices:

        @with_option.autocomplete("value")
        async def complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
            return choices[typed]

    return with_option


async def main(api_url: str, token: str, answers: Mapping[str, Json]) -> None:
    await point_at(api_url)
    async with EchoBot(answers) as bot:
        await bot.start(token)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], json.loads(Path(sys.argv[3]).read_text(encoding="utf-8"))))
