"""/live: an organizer sees what a change would do, and then does it or not."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import discord

from bot.actions.programme.change_session import change_session, foresee
from bot.actions.programme.current import Published
from bot.actions.programme.reach import Reach
from bot.actions.programme.tell_change import Hearers, hearers
from bot.chat.desk import Desk
from bot.chat.lookup import Lookup
from bot.chat.organizing.following import Following
from bot.chat.organizing.live_request import Request
from bot.chat.organizing.publishing import prepare
from bot.chat.organizing.rights import Right, permitted
from bot.chat.private import show, turn
from bot.chat.render import live as cards
from bot.chat.render.card import Card, Does
from bot.domain.audit import ActKind, Entry
from bot.domain.changes.doubts import doubts
from bot.domain.changes.live import Standing
from bot.domain.people import Action
from bot.domain.program import Program
from bot.storage import audit
from bot.storage.database import Database, Tables

Interaction = discord.Interaction[Any]

log = logging.getLogger(__name__)

_RIGHT = Right(
    Action.CHANGE_PROGRAMME,
    ActKind.CHANGE_SESSION,
    "/live",
    "Only organizers change the programme. Nothing was changed. If something is wrong, tell an organizer.",
    "A programme is changed in its server: use /live there.",
)


class Changing:
    """Nothing is kept between a preview and its buttons: they hold the request, and it is checked anew."""

    def __init__(self, desk: Desk, database: Database, wake: Callable[[], None]) -> None:
        self._desk = desk
        self._db = database
        self._wake = wake
        self._one_at_a_time = asyncio.Lock()

    def program(self, interaction: Interaction) -> Program:
        """The programme that the person may change. Raises NotAllowedError, or UsherError outside servers."""
        _, program = permitted(interaction, self._desk, _RIGHT)
        return program

    async def preview(self, interaction: Interaction, request: Request) -> None:
        """Show what would happen, to the organizer alone. Raises UsherError for what cannot be done."""
        view = self._desk.made(await self._preview(interaction, request))
        await show(interaction, view)

    async def press(self, interaction: Interaction, does: Does, lookup: Lookup) -> None:
        """Apply or Cancel below a preview."""
        if does is Does.DROP:
            await turn(interaction, self._desk.made(cards.dropped()))
            return
        self.program(interaction)
        await interaction.response.defer()
        async with self._one_at_a_time:
            card, published = await self._decided(interaction, lookup)
        if card is not None:
            await show(interaction, self._desk.made(card))
        if published is not None:
            await prepare(published)

    async def _decided(self, interaction: Interaction, lookup: Lookup) -> tuple[Card | None, Published | None]:
        """Apply what was previewed, or preview it anew where the session has changed since.

        A preview is a message, and is applied once: whoever presses it again, at the same time or after a restart, is
        told what the first press did.
        """
        program, preview = self.program(interaction), interaction.message
        assert preview is not None, "there is no button without a message"
        if (done := self._done(interaction, preview.id)) is not None:
            return cards.done_before(program, done), None
        request = Request.of(lookup, program)
        if not request.still_true(lookup, program):
            return await self._preview(interaction, request, stale=True), None
        standing, guild_id = self._standing(interaction), interaction.guild_id
        assert guild_id is not None
        reach = await change_session(
            self._db,
            guild_id,
            standing.imported,
            request.edits(standing),
            act=preview.id,
            at=standing.now,
            by=str(interaction.user.id),
            shown=self._following(),
        )
        if reach is None:
            return None, None
        published = self._desk.programmes.put_live(guild_id, reach.program)
        self._wake()
        log.info("server %d: %s was changed", guild_id, request.session)
        return cards.done(reach, request.why), published

    def _done(self, interaction: Interaction, act: int) -> Entry | None:
        assert interaction.guild_id is not None
        return audit.of_mark(self._db.reader, interaction.guild_id, str(act))

    async def _preview(self, interaction: Interaction, request: Request, *, stale: bool = False) -> Card:
        program, standing, guild_id = self.program(interaction), self._standing(interaction), interaction.guild_id
        assert guild_id is not None
        edits, shown = request.edits(standing), self._following()

        def look(tables: Tables) -> tuple[Reach, Hearers]:
            reach = foresee(tables, guild_id, standing.imported, edits, shown)
            return reach, hearers(tables, guild_id, reach, standing.now)

        # Thousands of posted messages may have to be compared, during which answers go on.
        reach, told = await self._db.aside(look)
        found = doubts(reach.program, request.session)
        return cards.preview(reach, told, found, request.why, request.lookup(program), stale=stale)

    def _standing(self, interaction: Interaction) -> Standing:
        assert interaction.guild_id is not None
        imported = self._desk.programmes.imported(interaction.guild_id)
        return Standing(imported, self.program(interaction), self._desk.clock.now())

    def _following(self) -> Following:
        return Following(self._desk.clock.now(), self._desk.commands)
