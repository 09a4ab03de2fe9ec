"""The bare discord.py bot that asking and voting are compared with: it stores one row, commits it, and answers.

Run as ``python -m tests.benchmarks.commit_bot API_URL TOKEN DATABASE COMPONENTS``; COMPONENTS is a JSON file with those
of the message that answers a form. Each commit waits for the disk (``synchronous=FULL``), in a thread of its own. A
press of the button that it posts at its start is answered with a line of text.
"""

import asyncio
import json
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import discord
from discord import ui

from bot.chat.endpoint import point_at
from tests.benchmarks.ready_made import ready_made

TEXT = "You upvoted: question 1. It has 1 upvote."


class CommitBot(discord.Client):
    def __init__(self, database: Path, components: list[dict[str, Any]]) -> None:
        super().__init__(intents=discord.Intents.default(), guild_ready_timeout=0.0)
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._db = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("CREATE TABLE IF NOT EXISTS told(id INTEGER PRIMARY KEY, text TEXT)")
        self._view = ready_made(components)
        self._number = count(1)

    async def on_ready(self) -> None:
        """Post the button that is pressed."""
        (guild,) = self.guilds
        view = ui.View(timeout=None)
        view.add_item(ui.Button(label="Upvote", custom_id="vote"))
        view.stop()
        await next(iter(guild.text_channels)).send("Question 1", view=view)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, self._commit)
        if interaction.type is discord.InteractionType.modal_submit:
            await interaction.response.send_message(view=self._view, ephemeral=True)
        else:
            await interaction.response.send_message(TEXT, ephemeral=True)

    def _commit(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute("INSERT INTO told(text) VALUES (?)", [f"question {next(self._number)}"])
        self._db.execute("COMMIT")


async def main(api_url: str, token: str, database: Path, components: list[dict[str, Any]]) -> None:
    await point_at(api_url)
    async with CommitBot(database, components) as bot:
        await bot.start(token)


if __name__ == "__main__":
    api, secret, file, made = sys.argv[1:]
    asyncio.run(main(api, secret, Path(file), json.loads(Path(made).read_text(encoding="utf-8"))))
