"""Where questions arrive and answers leave: interaction -> Ask -> Card -> message."""

import logging
from collections.abc import Callable, Sequence
from typing import Any

import discord
from discord import app_commands

from bot.actions.programme.current import CurrentProgrammes, Published
from bot.chat.actors import actor_of, may_write
from bot.chat.ask import Ask, CommandLine
from bot.chat.boards import NOBODY, SHOWING, Boards
from bot.chat.home import served
from bot.chat.lookup import Lookup
from bot.chat.namesakes import choices_of
from bot.chat.prepared import Prepared
from bot.chat.private import show, turn
from bot.chat.render.card import Card
from bot.chat.render.layout import Layout, components, dated
from bot.domain.audit import By
from bot.domain.search import Entry
from bot.domain.times import Clock

log = logging.getLogger(__name__)

#: Autocomplete: Discord takes 25 choices.
CHOICES_MOST = 25


class Desk:
    """Answers lookups for every guild from memory."""

    def __init__(self, programmes: CurrentProgrammes, clock: Clock, boards: Boards | None = None) -> None:
        self.programmes = programmes
        self.clock = clock
        self.boards = boards or Boards()
        self.prepared = Prepared()
        self.commands: tuple[CommandLine, ...] = ()

    def published(self, interaction: discord.Interaction[Any]) -> Published:
        return self.programmes.for_guild(served(interaction))

    def ask(self, interaction: discord.Interaction[Any], lookup: Lookup) -> Ask:
        """The question as this reader puts it now."""
        published = self.published(interaction)
        return Ask(
            lookup=lookup,
            program=published.program,
            index=published.index,
            now=self.clock.now(),
            actor=actor_of(interaction, published.program.server),
            commands=self.commands,
            may_share=may_write(interaction),
            in_server=interaction.guild_id is not None,
            at_board=self.boards.of(served(interaction)) if lookup.name in SHOWING else NOBODY,
        )

    def by(self, interaction: discord.Interaction[Any]) -> By:
        """Who does what they typed or pressed, and when."""
        return By(interaction.user.id, interaction.id, self.clock.now())

    async def reply(self, interaction: discord.Interaction[Any], lookup: Lookup) -> None:
        """A new answer that only the reader sees."""
        view = self.prepared.message(self.ask(interaction, lookup))
        await show(interaction, view)

    async def turn(self, interaction: discord.Interaction[Any], lookup: Lookup) -> None:
        """The answer in place of the message whose button was pressed."""
        view = self.prepared.message(self.ask(interaction, lookup))
        await turn(interaction, view)

    def made(self, card: Card) -> Layout:
        """The message for a card that is no answer to a question: with nothing kept of it."""
        return dated(components(card), card.footer, self.clock.now() if card.dated else None)

    def choices(
        self, interaction: discord.Interaction, find: Callable[[Published], Sequence[Entry]]
    ) -> list[app_commands.Choice[str]]:
        """Suggestions while somebody types. A fault gives none, so that they can go on typing."""
        try:
            published = self.published(interaction)
            return choices_of(published.program, find(published)[:CHOICES_MOST])
        except Exception:
            log.exception("autocomplete failed")
            return []
