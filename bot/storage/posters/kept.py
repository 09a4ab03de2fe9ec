"""What somebody wrote about a question and could not be taken."""

from datetime import datetime

from sqlite_utils import Database

from bot.domain.posters.kept import Kept, Kind
from bot.domain.posters.question import Question
from bot.storage.delivery.outbox import millis


def keep(db: Database, question: Question, user_id: int, kind: Kind, kept: Kept, *, at: datetime) -> None:
    """In place of what was kept before. Call inside a transaction. ``at`` is a UTC instant."""
    db.execute(
        "INSERT OR REPLACE INTO kept(guild_id, question, user_id, kind, text, named, kept_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [question.guild_id, question.id, user_id, kind, kept.text, kept.named, millis(at)],
    )


def of(db: Database, question: Question, user_id: int, kind: Kind) -> Kept | None:
    query = "SELECT text, named FROM kept WHERE question = ? AND user_id = ? AND kind = ?"
    found = db.execute(query, [question.id, user_id, kind]).fetchone()
    return Kept(found[0], bool(found[1])) if found else None


def forget(db: Database, question: Question, user_id: int, kind: Kind) -> None:
    """Call inside a transaction."""
    db.execute("DELETE FROM kept WHERE question = ? AND user_id = ? AND kind = ?", [question.id, user_id, kind])
