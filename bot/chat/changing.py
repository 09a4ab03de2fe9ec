"""/live: an organizer sees what a change would do, and then does it or not."""

import logging
from collections.abc import Callable
from typing import Any

import discord

from bot.actions.change_session import change_session, foresee
from bot.actions.tell_change import hearers
from bot.chat.actors import actor_of
from bot.chat.desk import Desk
from bot.chat.following import Following
from bot.chat.live_request import Request
from bot.chat.lookup import Lookup
from bot.chat.publishing import prepare
from bot.chat.render import live as cards
from bot.chat.render.card import Card, Does
from bot.chat.render.layout import NO_PINGS, Layout, components, dated
from bot.domain.changes.doubts import doubts
from bot.domain.changes.live import Standing
from bot.domain.errors import NotAllowedError, UsherError
from bot.domain.people import Action, may
from bot.domain.program import Program
from bot.storage.database import Database

Interaction = discord.Interaction[Any]

log = logging.getLogger(__name__)


class Changing:
    """Nothing is kept between a preview and its buttons: they hold the request, and it is checked anew."""

    def __init__(self, desk: Desk, database: Database, wake: Callable[[], None]) -> None:
        self._desk = desk
        self._db = database
        self._wake = wake

    def program(self, interaction: Interaction) -> Program:
        """The programme that the person may change. Raises NotAllowedError, or UsherError outside servers."""
        if interaction.guild_id is None:
            raise UsherError("A programme is changed in its server: use /live there.")
        program = self._desk.programmes.for_guild(interaction.guild_id).program
        if not may(actor_of(interaction, program.server), Action.CHANGE_PROGRAMME):
            raise NotAllowedError(
                "Only organizers change the programme. Nothing was changed. If something is wrong, tell an organizer."
            )
        return program

    async def preview(self, interaction: Interaction, request: Request) -> None:
        """Show what would happen, to the organizer alone. Raises UsherError for what cannot be done."""
        view = self._made(self._preview(interaction, request))
        await interaction.response.send_message(view=view, ephemeral=True, allowed_mentions=NO_PINGS)

    async def press(self, interaction: Interaction, does: Does, lookup: Lookup) -> None:
        """Apply or Cancel below a preview."""
        if does is Does.DROP:
            await interaction.response.edit_message(view=self._made(cards.dropped()), allowed_mentions=NO_PINGS)
            return
        program = self.program(interaction)
        request = Request.of(lookup, program)
        if not request.still_true(lookup, program):
            view = self._made(self._preview(interaction, request, stale=True))
            await interaction.response.edit_message(view=view, allowed_mentions=NO_PINGS)
            return
        await self._apply(interaction, request)

    async def _apply(self, interaction: Interaction, request: Request) -> None:
        guild_id = interaction.guild_id
        assert guild_id is not None
        request.edits(self._standing(interaction))
        await interaction.response.defer()
        # Looked at again: another version may have come meanwhile, and from here on nothing waits.
        standing = self._standing(interaction)
        edits = request.edits(standing)
        reach = await change_session(
            self._db,
            guild_id,
            standing.imported,
            edits,
            act=interaction.id,
            at=standing.now,
            by=str(interaction.user.id),
            shown=self._following(),
        )
        if reach is None:
            return
        published = self._desk.programmes.put_live(guild_id, reach.program)
        self._wake()
        log.info("server %d: %s changed by %d", guild_id, request.session, interaction.user.id)
        view = self._made(cards.done(reach, request.why))
        await interaction.edit_original_response(view=view, allowed_mentions=NO_PINGS)
        await prepare(published)

    def _preview(self, interaction: Interaction, request: Request, *, stale: bool = False) -> Card:
        program, standing = self.program(interaction), self._standing(interaction)
        assert interaction.guild_id is not None
        edits = request.edits(standing)
        reach = foresee(self._db, interaction.guild_id, standing.imported, edits, self._following())
        found = doubts(reach.program, request.session)
        told = hearers(self._db.reader, interaction.guild_id, reach, standing.now)
        return cards.preview(reach, told, found, request.why, request.lookup(program), stale=stale)

    def _standing(self, interaction: Interaction) -> Standing:
        assert interaction.guild_id is not None
        imported = self._desk.programmes.imported(interaction.guild_id)
        return Standing(imported, self.program(interaction), self._desk.clock.now())

    def _following(self) -> Following:
        return Following(self._desk.clock.now(), self._desk.commands)

    def _made(self, card: Card) -> Layout:
        return dated(components(card), card.footer, self._desk.clock.now())
