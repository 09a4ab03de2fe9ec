"""/deliveries: an organizer sees what became of everything the bot says by itself, and has it tried again."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

import discord

from bot.actions.delivery.retry_delivery import retry_delivery
from bot.chat.answers import deliveries as cards
from bot.chat.answers.paging import Page
from bot.chat.desk import Desk
from bot.chat.lookup import Lookup
from bot.chat.organizing.rights import Right, permitted
from bot.chat.private import show, turn
from bot.chat.render.card import Card, Does
from bot.chat.render.notices.reports import headline
from bot.chat.render.text import plain
from bot.domain.audit import ActKind
from bot.domain.people import Action
from bot.domain.program import Program
from bot.storage.database import Database
from bot.storage.delivery import deliveries, outbox
from bot.storage.delivery.deliveries import Listed

Interaction = discord.Interaction[Any]

log = logging.getLogger(__name__)

#: Rows of one list on a page, and in the overview.
_PAGE, _COMING, _FAILED = 8, 5, 3
_RIGHT = Right(
    Action.SEE_DELIVERIES,
    ActKind.SEE_DELIVERIES,
    "/deliveries",
    "Only organizers see what was delivered. If a reminder did not come, tell an organizer.",
    "Each server has its own deliveries: use /deliveries there.",
)


class Deliveries:
    """Reads the outbox of the server in which somebody asks; nobody but its organizers is shown any of it."""

    def __init__(self, desk: Desk, database: Database, wake: Callable[[], None]) -> None:
        self._desk = desk
        self._db = database
        self._wake = wake

    async def show(self, interaction: Interaction, lookup: Lookup = cards.OVERVIEW) -> None:
        """A new private answer. Raises NotAllowedError, or UsherError outside servers."""
        view = self._desk.made(self._card(interaction, lookup))
        await show(interaction, view)

    async def press(self, interaction: Interaction, does: Does, lookup: Lookup) -> None:
        """A list in place of the message, or another attempt. Raises as ``show``, and what the attempt raises."""
        if does is Does.RETRY:
            await self._retry(interaction, lookup)
            return
        view = self._desk.made(self._card(interaction, lookup))
        await turn(interaction, view)

    async def _retry(self, interaction: Interaction, lookup: Lookup) -> None:
        guild_id, program = permitted(interaction, self._desk, _RIGHT)
        which = lookup.arg(1)
        row_id = None if which == cards.ALL else int(which)
        done = await retry_delivery(
            self._db,
            guild_id,
            row_id,
            server=program.server,
            now=self._desk.clock.now(),
            act=interaction.id,
            by=interaction.user.id,
            about=self._named(guild_id, program, row_id),
        )
        self._wake()
        log.info("server %d: %d messages are tried again", guild_id, done.queued)
        card = cards.retried(self._card(interaction, cards.list_of(Listed.FAILED)), done)
        await turn(interaction, self._desk.made(card))

    def _card(self, interaction: Interaction, lookup: Lookup) -> Card:
        guild_id, program = permitted(interaction, self._desk, _RIGHT)
        tables, since = self._db.reader, self._today(program)
        numbers = deliveries.counts(tables, guild_id, since=since)
        wanted = lookup.arg(0)
        if wanted in set(Listed):
            listed = Listed(wanted)
            page = Page.of(cards.list_of(listed).at(lookup.page), -(-numbers[listed] // _PAGE))
            skip = page.number * _PAGE
            rows = deliveries.page(tables, guild_id, listed, since=since, skip=skip, most=_PAGE)
            return cards.listing(program, listed, numbers, page, rows, self._desk.clock.now())
        coming, failed = (
            deliveries.page(tables, guild_id, listed, since=since, skip=0, most=most)
            for listed, most in ((Listed.COMING, _COMING), (Listed.FAILED, _FAILED))
        )
        personal = deliveries.personal_counts(tables, guild_id, since=since)
        reasons = deliveries.personal_reasons(tables, guild_id)
        return cards.overview(program, cards.Totals(numbers, personal, reasons), coming, failed)

    def _named(self, guild_id: int, program: Program, row_id: int | None) -> str:
        """What is tried again, in a few words."""
        if row_id is None:
            return "all that failed"
        found = outbox.by_ids(self._db.reader, guild_id, [str(row_id)])
        return headline(program, found[0].facts, plain) if found else "a message that is no more"

    def _today(self, program: Program) -> datetime:
        """The UTC instant at which the venue's day began."""
        local = self._desk.clock.now().astimezone(program.event.tz)
        return datetime.combine(local.date(), time(), program.event.tz).astimezone(UTC)
