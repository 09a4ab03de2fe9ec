"""Make a programme the one in force for its event."""

from datetime import datetime

from bot.domain.program import Program
from bot.storage import event_folders, programmes
from bot.storage.database import Database, Tables
from bot.storage.event_folders import SeenFolder
from bot.storage.programmes import Manner, Version


async def publish_program(
    db: Database,
    program: Program,
    *,
    fingerprint: str,
    at: datetime,
    by: str,
    folder: str | None = None,
    manner: Manner | None = None,
) -> Version:
    """Store ``program`` as the newest version. ``at`` is the UTC instant, ``by`` who or what did it.

    ``folder`` is the absolute path that it was read from: as long as its files stay the same, a start leaves them
    alone. Each server learns of the version by ``follow_program``: from the running bot within moments, else at its
    next start.
    """

    def publish(tables: Tables) -> Version:
        if folder is not None:
            event_folders.see(tables, folder, SeenFolder(program.event.id, fingerprint))
        return programmes.add(tables, program, fingerprint=fingerprint, at=at, by=by, manner=manner)

    return await db.write(publish)
