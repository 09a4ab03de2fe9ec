"""/setup check, and the same check at every start."""

import logging
from collections.abc import Callable
from typing import Any

import discord

from bot.actions.setup.tell_lacks import tell_lacks
from bot.chat.actors import actor_of
from bot.chat.desk import Desk
from bot.chat.lookup import Lookup
from bot.chat.organizing.rights import Right, permitted
from bot.chat.private import show, turn
from bot.chat.render.card import Card
from bot.chat.render.findings import CHECK
from bot.chat.setup import cards
from bot.chat.setup.check import check, mark_of, may_be_told
from bot.chat.setup.reading import read
from bot.domain.audit import ActKind
from bot.domain.errors import UsherError
from bot.domain.finding import lacks
from bot.domain.people import Action
from bot.storage.conduct import committee
from bot.storage.database import Database

Interaction = discord.Interaction[Any]

log = logging.getLogger(__name__)

_RIGHT = Right(
    Action.SET_UP,
    ActKind.SETUP,
    "/setup check",
    "Only organizers check the server. If something does not work here, tell an organizer.",
    "Each server is checked for itself: use /setup check there.",
)


class Checking:
    """Looks at the server as it is now. Nothing is changed."""

    def __init__(self, desk: Desk, database: Database, wake: Callable[[], None]) -> None:
        self._desk = desk
        self._db = database
        self._wake = wake

    async def show(self, interaction: Interaction, lookup: Lookup = CHECK) -> None:
        """A new private answer. Raises NotAllowedError, or UsherError outside servers."""
        view = self._desk.made(self._card(interaction, lookup))
        await show(interaction, view)

    async def press(self, interaction: Interaction, lookup: Lookup) -> None:
        """Another page, or the check done again, in place of the message. Raises as ``show``."""
        view = self._desk.made(self._card(interaction, lookup))
        await turn(interaction, view)

    async def at_start(self, guild: discord.Guild) -> None:
        """Log what the server lacks, and tell organizers, once a day for the same. Never raises: the start goes on."""
        program = self._desk.programmes.imported(guild.id)
        server, now = program.server, self._desk.clock.now()
        there = read(guild, server)
        if there is None:
            return
        found = lacks(check(server, there))
        for finding in found:
            log.warning("server %s: %s %s", guild.name, finding.what, finding.fix)
        if not found or not may_be_told(server, there):
            return
        try:
            day = now.astimezone(program.event.tz).date()
            await tell_lacks(self._db, guild.id, mark_of(found), now=now, day=day)
        except Exception:
            log.exception("server %d: what it lacks could not be told", guild.id)
            return
        self._wake()

    def _card(self, interaction: Interaction, lookup: Lookup) -> Card:
        guild_id, program = permitted(interaction, self._desk, _RIGHT)
        guild, flags = interaction.guild, interaction.client.application_flags
        intent = flags.gateway_message_content or flags.gateway_message_content_limited
        there = read(guild, program.server, message_content=intent) if guild is not None else None
        if there is None:
            raise UsherError("Discord does not tell me about this server just now. Try again in a minute.")
        # Who asks is noted only once they have this answer.
        known = {one.id for one in committee.of_guild(self._db.reader, guild_id)}
        known |= {interaction.user.id} if actor_of(interaction, program.server).on_committee else set()
        return cards.checked(program.server, check(program.server, there, committee=len(known)), lookup)
