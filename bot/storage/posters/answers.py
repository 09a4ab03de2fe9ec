"""The answers to questions about posters."""

from datetime import datetime

from sqlite_utils import Database

from bot.domain.posters.question import Answer
from bot.storage.delivery.outbox import instant, millis

_COLUMNS = "id, question, author, text, hidden, given_at, message_id, taken_back"


def add(
    db: Database,
    guild_id: int,
    question_id: int,
    text: str,
    *,
    author: int,
    at: datetime,
    act: int,
    message_id: int | None = None,
) -> Answer:
    """Store an answer. Call inside a transaction. ``act`` and ``at`` as for a question."""
    db.execute(
        "INSERT INTO answer(guild_id, question, author, text, given_at, made_by, message_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [guild_id, question_id, author, text, millis(at), act, message_id],
    )
    (found,) = _found(db, "id = last_insert_rowid()", [])
    return found


def of_id(db: Database, guild_id: int, answer_id: int) -> Answer | None:
    found = _found(db, "id = ? AND guild_id = ? AND NOT taken_back", [answer_id, guild_id])
    return found[0] if found else None


def of_act(db: Database, act: int) -> Answer | None:
    """What this interaction or message made already."""
    found = _found(db, "made_by = ?", [act])
    return found[0] if found else None


def of_text(db: Database, question_id: int, user_id: int, text: str, since: datetime) -> Answer | None:
    """What somebody answered in these words after an instant (UTC), and everybody may see."""
    where = "question = ? AND author = ? AND text = ? AND given_at > ? AND NOT hidden AND NOT taken_back LIMIT 1"
    found = _found(db, where, [question_id, user_id, text, millis(since)])
    return found[0] if found else None


def of_question(db: Database, question_id: int) -> list[Answer]:
    """In the order they were given, without those that were hidden or taken back."""
    return _found(db, "question = ? AND NOT hidden AND NOT taken_back ORDER BY id", [question_id])


def of_author(db: Database, guild_id: int, user_id: int) -> list[Answer]:
    """One person's, in the order they were given; hidden ones, too."""
    return _found(db, "guild_id = ? AND author = ? ORDER BY id", [guild_id, user_id])


def every_of_question(db: Database, question_id: int) -> list[Answer]:
    """In the order they were given, with those that were hidden or taken back: an answer's place never changes."""
    return _found(db, "question = ? ORDER BY id", [question_id])


def every(db: Database, guild_id: int) -> list[Answer]:
    """All of a server, in the order they were given, without those that were taken back."""
    return _found(db, "guild_id = ? AND NOT taken_back ORDER BY id", [guild_id])


def set_hidden(db: Database, answer: Answer, *, hidden: bool) -> None:
    """Call inside a transaction."""
    db.execute("UPDATE answer SET hidden = ? WHERE id = ?", [hidden, answer.id])


def rewrite(db: Database, answer: Answer, text: str) -> None:
    """Call inside a transaction."""
    db.execute("UPDATE answer SET text = ? WHERE id = ?", [text, answer.id])


def take_back(db: Database, answer: Answer) -> None:
    """Forget its text, and whose it was. Its place stays. Call inside a transaction."""
    db.execute(
        "UPDATE answer SET taken_back = 1, hidden = 0, text = '', author = NULL, made_by = -id, message_id = NULL"
        " WHERE id = ?",
        [answer.id],
    )


def _found(db: Database, where: str, values: list[object]) -> list[Answer]:
    rows = db.execute(f"SELECT {_COLUMNS} FROM answer WHERE {where}", values)
    return [
        Answer(id_, question, author, text, bool(hidden), instant(given_at), message_id, bool(taken_back))
        for id_, question, author, text, hidden, given_at, message_id, taken_back in rows
    ]
