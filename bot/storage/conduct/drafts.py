"""Messages whose report was begun: the form that comes back names them, and does not bring them along."""

from datetime import datetime

from sqlite_utils import Database

from bot.domain.conduct.case import Quoted
from bot.storage.conduct.cases import quoted, written
from bot.storage.conduct.retention import forget_drafts
from bot.storage.delivery.outbox import millis


def keep(db: Database, opened_by: int, message: Quoted, now: datetime) -> None:
    """``opened_by`` is the interaction that opens the form, ``now`` in UTC. Call inside a transaction."""
    forget_drafts(db, now)
    db.execute(
        "INSERT OR IGNORE INTO conduct_draft(opened_by, at, message) VALUES (?, ?, ?)",
        [opened_by, millis(now), written(message)],
    )


def of_form(db: Database, opened_by: int) -> Quoted | None:
    found = db.execute("SELECT message FROM conduct_draft WHERE opened_by = ?", [opened_by]).fetchone()
    return quoted(found[0]) if found else None
