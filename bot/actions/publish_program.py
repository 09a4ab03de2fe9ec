"""Make a programme the one in force for its event."""

from datetime import datetime

from bot.domain.program import Program
from bot.storage import programmes
from bot.storage.database import Database


async def publish_program(db: Database, program: Program, *, fingerprint: str, at: datetime, by: str) -> None:
    """Store ``program`` as the newest version. ``at`` is the UTC instant, ``by`` who or what did it."""
    await db.write(lambda tables: programmes.add(tables, program, fingerprint=fingerprint, at=at, by=by))
