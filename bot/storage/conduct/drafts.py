"""Messages whose report was begun: the form that comes back names them, and does not bring them along."""

from datetime import datetime

from msgspec import Struct
from sqlite_utils import Database

from bot.domain.conduct.case import Quoted
from bot.storage.conduct.cases import quoted, written
from bot.storage.conduct.retention import forget_drafts
from bot.storage.delivery.outbox import millis


class Draft(Struct, frozen=True):
    """``behind`` is the id of whoever wrote what a message of the bot says."""

    message: Quoted
    behind: int | None = None


def keep(db: Database, opened_by: int, draft: Draft, now: datetime) -> None:
    """``opened_by`` is the interaction that opens the form, ``now`` in UTC. Call inside a transaction."""
    forget_drafts(db, now)
    db.execute(
        "INSERT OR IGNORE INTO conduct_draft(opened_by, at, message, behind) VALUES (?, ?, ?, ?)",
        [opened_by, millis(now), written(draft.message), draft.behind],
    )


def of_form(db: Database, opened_by: int) -> Draft | None:
    query = "SELECT message, behind FROM conduct_draft WHERE opened_by = ?"
    found = db.execute(query, [opened_by]).fetchone()
    return Draft(quoted(found[0]), found[1]) if found else None
