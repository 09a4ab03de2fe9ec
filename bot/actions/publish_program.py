"""Make a programme the one in force for its event."""

import logging
from datetime import datetime

from bot.domain.changes.apply import Conflict, apply_edits
from bot.domain.changes.change import Field
from bot.domain.program import Program
from bot.storage import live_edits, programmes
from bot.storage.database import Database, Tables

log = logging.getLogger(__name__)

_NAMES = {Field.CANCELLED: "cancellation"}


async def publish_program(db: Database, program: Program, *, fingerprint: str, at: datetime, by: str) -> None:
    """Store ``program`` as the newest version. ``at`` is the UTC instant, ``by`` who or what did it.

    Live edits stay in force. Those that the files now say themselves are forgotten; a warning names those that the
    files contradict.
    """

    def publish(tables: Tables) -> list[tuple[int, Conflict]]:
        programmes.add(tables, program, fingerprint=fingerprint, at=at, by=by)
        return settle(tables, program)

    for guild_id, conflict in await db.write(publish):
        log.warning("server %d: %s", guild_id, _words(conflict))


def settle(tables: Tables, program: Program) -> list[tuple[int, Conflict]]:
    """Forget the live edits that ``program``, as imported, holds by itself. Call inside a transaction.

    Guild id and conflict, for each edit that it contradicts.
    """
    conflicts = []
    for (guild_id, event_id), edits in live_edits.of_all(tables).items():
        if event_id == program.event.id:
            applied = apply_edits(program, edits)
            for edit in applied.settled:
                live_edits.remove(tables, guild_id, event_id, edit.session, edit.field)
            conflicts += [(guild_id, conflict) for conflict in applied.conflicts]
    return conflicts


def _words(conflict: Conflict) -> str:
    edit = conflict.edit
    what = _NAMES.get(edit.field, edit.field.value)
    said = f"the {what} of session {edit.session} was changed live to {edit.value}"
    files = "no longer have it" if conflict.present is None else f"now say {conflict.present}"
    return f"{said}, and the files {files}: " + ("the live value stays" if conflict.in_force else "it has no effect")
