"""/audit: organizers see who did what; and what was refused or failed is written down."""

import logging
from collections.abc import Callable
from typing import Any

import discord

from bot.actions.audit.record_attempt import record_attempt
from bot.chat.actors import actor_of
from bot.chat.answers import audit as cards
from bot.chat.answers.paging import Page
from bot.chat.desk import Desk
from bot.chat.lookup import Lookup
from bot.chat.organizing.rights import Right, permitted, tried
from bot.chat.private import show, turn
from bot.chat.render.audit import AUDIT
from bot.chat.render.card import Card
from bot.domain.audit import ActKind, Entry, Outcome
from bot.domain.errors import NotAllowedError
from bot.domain.people import Action
from bot.domain.program import Program
from bot.storage import audit
from bot.storage.conduct import cases, committee, readers
from bot.storage.database import Database

Interaction = discord.Interaction[Any]

log = logging.getLogger(__name__)

#: Entries on a page: with their details, as many as surely fit into one message.
_PAGE = 6
_RIGHT = Right(
    Action.SEE_AUDIT,
    ActKind.SEE_AUDIT,
    "/audit",
    "Only organizers see who did what. If something looks wrong to you, tell an organizer.",
    "Each server has its own audit trail: use /audit there.",
)


class Auditing:
    """What was done is written down with the act itself (``record_act``); here is the rest, and the reading."""

    def __init__(self, desk: Desk, database: Database, wake: Callable[[], None]) -> None:
        self._desk = desk
        self._db = database
        self._wake = wake

    async def show(self, interaction: Interaction, lookup: Lookup = AUDIT) -> None:
        """A new private answer. Raises NotAllowedError, or UsherError outside servers."""
        view = self._desk.made(self._card(interaction, lookup))
        await show(interaction, view)

    async def press(self, interaction: Interaction, lookup: Lookup) -> None:
        """Another page in place of the message. Raises as ``show``."""
        view = self._desk.made(self._card(interaction, lookup))
        await turn(interaction, view)

    async def note(self, interaction: Interaction, error: BaseException, incident: str | None) -> None:
        """Write down that somebody was refused what is for organizers, or that it failed; nothing for all else.

        ``incident`` is the number of a fault of ours. Never raises: the person has their answer already.
        """
        right = tried(interaction)
        if right is None or interaction.guild_id is None:
            return
        if isinstance(error, NotAllowedError) and right.action is Action.HANDLE_CASES:
            # Somebody who is about to report may have looked there first: nobody is to read their name.
            return
        if isinstance(error, NotAllowedError):
            outcome, detail = Outcome.REFUSED, ""
        elif incident is not None:
            outcome, detail = Outcome.FAILED, f"incident {incident}"
        else:
            return
        about = f"/{interaction.command.qualified_name}" if interaction.command else f"a button of {right.command}"
        entry = Entry(self._desk.clock.now(), interaction.user.id, right.act, about, outcome, detail)
        server = self._desk.programmes.for_guild(interaction.guild_id).program.server
        try:
            await record_attempt(self._db, interaction.guild_id, server, entry, mark=str(interaction.id))
        except Exception:
            log.exception("server %d: %s of %s could not be written down", interaction.guild_id, outcome, about)
            return
        self._wake()

    def _card(self, interaction: Interaction, lookup: Lookup) -> Card:
        guild_id, program = permitted(interaction, self._desk, _RIGHT)
        about = self._cases_for(interaction, guild_id, program)
        number = audit.count(self._db.reader, guild_id, about_cases=about)
        page = Page.of(lookup, -(-number // _PAGE))
        entries = audit.newest(self._db.reader, guild_id, skip=page.number * _PAGE, most=_PAGE, about_cases=about)
        return cards.trail(program, number, page, entries)

    def _cases_for(self, interaction: Interaction, guild_id: int, program: Program) -> list[str]:
        """The cases that the trail may name: those that whoever looks reads, too."""
        user_id, db = interaction.user.id, self._db.reader
        known = committee.of_person(db, guild_id, user_id)
        named = known is not None and known.given_by is not None
        member = named or actor_of(interaction, program.server).on_committee
        found = cases.of_guild(db, guild_id)
        return [f"case {one.number}" for one in found if readers.may_read(db, one, user_id, member=member)]
