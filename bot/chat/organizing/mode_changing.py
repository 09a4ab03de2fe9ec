"""/mode: an organizer sees what another way to attend would come to, and then puts it in force or not."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

import discord
from msgspec.structs import replace

from bot.actions.programme.change_mode import Told, change_mode, foresee_mode, telling
from bot.actions.programme.current import Published
from bot.actions.programme.reach import Reach
from bot.chat.desk import Desk
from bot.chat.lookup import Lookup
from bot.chat.organizing.following import Following
from bot.chat.organizing.publishing import prepare
from bot.chat.organizing.rights import Right, permitted
from bot.chat.private import show
from bot.chat.render import mode as cards
from bot.chat.render.card import Card, Does
from bot.chat.render.live import dropped
from bot.chat.render.notices.message import Context
from bot.chat.render.notices.mode import mode as rendered_mode
from bot.domain.audit import ActKind
from bot.domain.changes.edit import Edit
from bot.domain.changes.live import Standing
from bot.domain.changes.mode import ModeRequest, concerned_by, set_mode, taken_back
from bot.domain.errors import NotFoundError, UsherError
from bot.domain.people import Action, Group
from bot.domain.program import Program
from bot.domain.reminders.repeats import Repeat
from bot.storage import people
from bot.storage.database import Database, Tables
from bot.storage.programme import mode_changes
from bot.storage.programme.mode_changes import ModeChange, Stage

Interaction = discord.Interaction[Any]

log = logging.getLogger(__name__)

_RIGHT = Right(
    Action.CHANGE_MODE,
    ActKind.CHANGE_MODE,
    "/mode",
    "Only organizers change how people attend. Nothing was changed.",
    "How people attend is changed in the server: use /mode there.",
)
_OVER = "What was changed is over: there is nothing left to take back. Nothing was changed."
_FORGOTTEN = "This preview is not known any more. Nothing was changed. Use /mode set again."


class ModeChanging:
    """Nothing is kept in memory between a preview and its buttons: a draft is stored, and checked anew."""

    def __init__(self, desk: Desk, database: Database, wake: Callable[[], None]) -> None:
        self._desk = desk
        self._db = database
        self._wake = wake
        self._one_at_a_time = asyncio.Lock()

    def program(self, interaction: Interaction) -> Program:
        """The programme that the person may change. Raises NotAllowedError, or UsherError outside servers."""
        _, program = permitted(interaction, self._desk, _RIGHT)
        return program

    async def preview(self, interaction: Interaction, request: ModeRequest) -> None:
        """Show what would happen, to the organizer alone. Raises UsherError for what cannot be done."""
        await self._draft(interaction, request, None)

    async def undo(self, interaction: Interaction, why: str | None) -> None:
        """The same for taking back the last change that is not over yet. Raises NotFoundError where there is none."""
        guild_id, at = self._standing(interaction)
        done = mode_changes.to_take_back(self._db.reader, guild_id, at.program.event.id)
        # What is over was attended as it was said: that is not taken back, and is not in the way of what is left.
        last = next((change for change in done if concerned_by(at.program, change.request, at.now)), None)
        if last is None:
            raise NotFoundError(_OVER if done else "There is no change to take back. Nothing was changed.")
        request = replace(last.request, mode=None, link=None, why=why)
        await self._draft(interaction, request, last.id)

    async def press(self, interaction: Interaction, does: Does, lookup: Lookup) -> None:
        """Apply, Cancel, or another time at which to tell of it, below a preview."""
        self.program(interaction)
        await interaction.response.defer()
        async with self._one_at_a_time:
            card, published = await self._pressed(interaction, does, lookup)
        if card is not None:
            await show(interaction, self._desk.made(card))
        if published is not None:
            await prepare(published)

    async def _draft(self, interaction: Interaction, request: ModeRequest, undoes: int | None) -> None:
        program, (guild_id, at) = self.program(interaction), self._standing(interaction)
        edits = self._edits(at, guild_id, request, undoes)
        # To store, and to compare thousands of posted messages, may take longer than a first answer may.
        await interaction.response.defer(ephemeral=True, thinking=True)
        mark, by = mark_of(at, request, edits), str(interaction.user.id)

        def store(tables: Tables) -> int:
            event_id = program.event.id
            return mode_changes.draft(tables, guild_id, event_id, request, mark=mark, by=by, at=at.now, undoes=undoes)

        change = ModeChange(await self._db.write(store), Stage.DRAFT, request, mark=mark, undoes=undoes)
        card = await self._preview(guild_id, at, change, edits)
        await show(interaction, self._desk.made(card))

    async def _pressed(
        self, interaction: Interaction, does: Does, lookup: Lookup
    ) -> tuple[Card | None, Published | None]:
        guild_id, at = self._standing(interaction)
        change = mode_changes.of_id(self._db.reader, guild_id, int(lookup.arg(0)))
        if change is None:
            raise NotFoundError(_FORGOTTEN)
        if change.stage is not Stage.DRAFT:
            return None, None
        if does is Does.DROP:
            await self._db.write(lambda tables: mode_changes.drop(tables, change.id))
            return dropped(), None
        edits = self._edits(at, guild_id, change.request, change.undoes)
        mark = mark_of(at, change.request, edits)
        if does is Does.APPLY and mark == change.mark:
            return await self._apply(interaction, guild_id, at, change, edits)
        without = set(change.without) ^ ({Repeat(lookup.arg(1))} if does is Does.REPEAT else set())
        await self._db.write(lambda tables: mode_changes.redraft(tables, change.id, without=without, mark=mark))
        stale = mark != change.mark
        renewed = replace(change, without=tuple(sorted(without)), mark=mark)
        return await self._preview(guild_id, at, renewed, edits, stale=stale), None

    async def _apply(
        self, interaction: Interaction, guild_id: int, at: Standing, change: ModeChange, edits: Sequence[Edit]
    ) -> tuple[Card | None, Published | None]:
        by, shown = str(interaction.user.id), self._following(at)
        reach = await change_mode(self._db, guild_id, at, change, edits, by=by, shown=shown)
        if reach is None:
            return None, None
        published = self._desk.programmes.put_live(guild_id, reach.program)
        self._wake()
        # No link and no reason: what is private stays out of the log.
        log.info("server %d: how people attend was changed (%s)", guild_id, change.request.scope)
        said = telling(reach.before, reach.program, change, at.now)
        return cards.done(reach, change.request, said, at.now), published

    async def _preview(
        self, guild_id: int, at: Standing, change: ModeChange, edits: Sequence[Edit], *, stale: bool = False
    ) -> Card:
        shown = self._following(at)

        def look(tables: Tables) -> tuple[Reach, int]:
            reach = foresee_mode(tables, guild_id, at.imported, edits, shown, at.now)
            return reach, people.count_with_copies(tables, guild_id)

        reach, copies = await self._db.aside(look)
        said = telling(reach.before, reach.program, change, at.now)
        return cards.preview(
            change.id,
            change.request,
            reach,
            said,
            at.now,
            copies=copies,
            phone=_first_line(reach.program, said, at),
            stale=stale,
        )

    def _edits(self, at: Standing, guild_id: int, request: ModeRequest, undoes: int | None) -> tuple[Edit, ...]:
        if undoes is None:
            return set_mode(at, request)
        undone = mode_changes.of_id(self._db.reader, guild_id, undoes)
        if undone is None or undone.stage is not Stage.DONE:
            raise UsherError("It was taken back already. Nothing was changed.")
        if not concerned_by(at.program, request, at.now):
            raise UsherError(_OVER)
        return taken_back(at, undone.before, request.why)

    def _standing(self, interaction: Interaction) -> tuple[int, Standing]:
        program, guild_id = self.program(interaction), interaction.guild_id
        assert guild_id is not None
        return guild_id, Standing(self._desk.programmes.imported(guild_id), program, self._desk.clock.now())

    def _following(self, at: Standing) -> Following:
        return Following(at.now, self._desk.commands)


def mark_of(at: Standing, request: ModeRequest, edits: Sequence[Edit]) -> str:
    """Differs once anything has changed that the preview of ``request`` showed."""
    sessions = concerned_by(at.program, request, at.now)
    shown = [
        (one.id, one.title, one.start, one.end, one.room, one.mode, one.joining, one.cancelled) for one in sessions
    ]
    event = at.program.event
    return sha256(repr((shown, event.mode, event.joining, edits)).encode()).hexdigest()[:12]


def _first_line(program: Program, said: Told, at: Standing) -> str:
    found = rendered_mode(Context(program, said.facts, at.now, Group.PUBLIC, "announcements"))
    return found.content.splitlines()[0] if found else ""
