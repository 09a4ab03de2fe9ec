"""/privacy: people see what is stored about them, get it as a file, and delete it."""

import json
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import discord

from bot.actions.privacy.decide import Held, delete_data, held
from bot.chat.desk import Desk
from bot.chat.home import home_of
from bot.chat.lookup import Lookup
from bot.chat.privacy import cards
from bot.chat.private import show, turn
from bot.chat.render.card import Card
from bot.chat.render.layout import NO_PINGS
from bot.chat.render.text import line
from bot.domain.privacy.retention import Retention
from bot.domain.program import Program
from bot.storage.database import Database

Interaction = discord.Interaction[Any]


class Privacy:
    """Every answer is for whoever asked alone, about the server in which they ask."""

    def __init__(self, desk: Desk, database: Database, wake: Callable[[], None]) -> None:
        """``wake`` is called when messages are to be changed."""
        self._desk = desk
        self._db = database
        self._wake = wake

    async def show(self, interaction: Interaction) -> None:
        """What is stored. Raises UsherError in a direct message where there are several servers."""
        card = await self._card(interaction, cards.overview)
        await show(interaction, self._desk.made(card))

    async def press(self, interaction: Interaction, lookup: Lookup) -> None:
        """A button of the cards. Raises UsherError as above."""
        match lookup.arg(0):
            case cards.FILE:
                await self._hand_over(interaction)
            case cards.WHY:
                await turn(interaction, self._desk.made(await self._card(interaction, cards.reasons)))
            case cards.ELSE:
                await turn(interaction, self._desk.made(await self._card(interaction, cards.possible)))
            case cards.ASK:
                await turn(interaction, self._desk.made(await self._card(interaction, cards.question)))
            case cards.DELETE:
                guild_id, program = self._home(interaction)
                by = self._desk.by(interaction)
                done = await delete_data(self._db, guild_id, by=by)
                self._wake()
                left = await held(self._db, guild_id, interaction.user.id)
                await turn(interaction, self._desk.made(cards.deleted(done, left, program.privacy)))
            case _:
                await turn(interaction, self._desk.made(await self._card(interaction, cards.overview)))

    async def _card(self, interaction: Interaction, made: Callable[[Sequence[Held], Retention], Card]) -> Card:
        guild_id, program = self._home(interaction)
        return made(await held(self._db, guild_id, interaction.user.id), program.privacy)

    async def _hand_over(self, interaction: Interaction) -> None:
        guild_id, program = self._home(interaction)
        found = await held(self._db, guild_id, interaction.user.id)
        written = cards.as_file(found, program, self._desk.clock.now())
        content = json.dumps(written, ensure_ascii=False, indent=2).encode()
        await interaction.response.send_message(
            f"**Your data from {line(program.event.short_name, 60)}, as a file**\n"
            "It has each kind of what is stored: what, why and for how long, then every entry. Times are in UTC. "
            "Any text editor or browser opens it.",
            file=discord.File(BytesIO(content), f"{program.event.id}-my-data.json"),
            ephemeral=True,
            allowed_mentions=NO_PINGS,
        )

    def _home(self, interaction: Interaction) -> tuple[int, Program]:
        guild_id = home_of(interaction)
        return guild_id, self._desk.programmes.for_guild(guild_id).program
