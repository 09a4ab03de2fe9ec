"""Make a programme the one in force for its event."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from bot.domain.changes.edit import Edit
from bot.domain.errors import UsherError
from bot.domain.program import Program
from bot.storage.database import Database, Tables
from bot.storage.programme import event_folders, live_edits, programmes
from bot.storage.programme.event_folders import SeenFolder
from bot.storage.programme.programmes import Manner, Version


class Basis(Struct, frozen=True):
    """What a preview was made over: the version in force (None where there is none) and servers' live edits.

    ``guild`` is the one server whose edits were shown, None where those of all were.
    """

    version: int | None
    edits: Mapping[int, Sequence[Edit]]
    guild: int | None = None


class ChangedMeanwhileError(UsherError):
    """The programme is no longer what the preview was made over. Nothing was published."""


def basis_of(tables: Tables, event_id: str, guild_id: int | None = None) -> Basis:
    """What there is now to preview over, for one server or (None) for all."""
    if guild_id is None:
        edits = live_edits.of_event(tables, event_id)
    else:
        edits = {guild_id: live_edits.of_guild(tables, guild_id, event_id)}
    return Basis(programmes.newest_ids(tables).get(event_id), edits, guild_id)


async def publish_program(
    db: Database,
    program: Program,
    *,
    fingerprint: str,
    at: datetime,
    by: str,
    folder: str | None = None,
    manner: Manner | None = None,
    basis: Basis | None = None,
) -> Version:
    """Store ``program`` as the newest version. ``at`` is the UTC instant, ``by`` who or what did it.

    ``folder`` is the absolute path that it was read from: as long as its files stay the same, a start leaves them
    alone. ``basis`` is what somebody saw who agreed to it: raises ChangedMeanwhileError where that has changed since,
    and nothing is stored. Each server learns of the version by ``follow_program``: from the running bot within moments,
    else at its next start.
    """

    def publish(tables: Tables) -> Version:
        if basis is not None and basis != basis_of(tables, program.event.id, basis.guild):
            raise ChangedMeanwhileError("The programme was changed meanwhile. Nothing was published: look at it again.")
        if folder is not None:
            event_folders.see(tables, folder, SeenFolder(program.event.id, fingerprint))
        return programmes.add(tables, program, fingerprint=fingerprint, at=at, by=by, manner=manner)

    return await db.write(publish)
