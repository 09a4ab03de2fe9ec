"""What is hidden and why, who may not ask any more, and what was reported."""

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct
from sqlite_utils import Database

from bot.domain.audit import By
from bot.domain.posters.question import Answer, Question
from bot.storage.delivery.outbox import instant, millis


class Flag(Struct, frozen=True):
    """Somebody reported a question. ``by`` is their id where they want organizers to know it, else None."""

    id: int
    question: int
    by: int | None
    why: str


def note_hidden(db: Database, question: Question, answer: Answer | None, *, why: str, by: By) -> None:
    """Keep why a question, or one of its answers, is hidden. Call inside a transaction."""
    values = [question.id, answer.id if answer else 0, by.user, why, millis(by.at)]
    db.execute("INSERT OR REPLACE INTO hidden(question, answer, by, why, at) VALUES (?, ?, ?, ?, ?)", values)


def forget_hidden(db: Database, question: Question, answer: Answer | None) -> None:
    """Call inside a transaction."""
    query = "DELETE FROM hidden WHERE question = ? AND answer = ?"
    db.execute(query, [question.id, answer.id if answer else 0])


def why_hidden(db: Database, question_ids: Collection[int]) -> dict[int, str]:
    """Question -> why it is hidden; only for those that are."""
    marks = ", ".join("?" * len(question_ids))
    query = f"SELECT question, why FROM hidden WHERE answer = 0 AND question IN ({marks})"
    return dict(db.execute(query, list(question_ids)).fetchall())


def stop(db: Database, guild_id: int, user_id: int, *, why: str, by: By) -> None:
    """From now on somebody may not ask, upvote or answer. Call inside a transaction."""
    query = "INSERT OR REPLACE INTO no_asking(guild_id, user_id, by, why, at) VALUES (?, ?, ?, ?, ?)"
    db.execute(query, [guild_id, user_id, by.user, why, millis(by.at)])


def allow(db: Database, guild_id: int, user_id: int) -> None:
    """Take that back. Call inside a transaction."""
    db.execute("DELETE FROM no_asking WHERE guild_id = ? AND user_id = ?", [guild_id, user_id])


def why_stopped(db: Database, guild_id: int, user_id: int) -> str | None:
    """Why somebody may not ask, upvote or answer; None where they may."""
    query = "SELECT why FROM no_asking WHERE guild_id = ? AND user_id = ?"
    found = db.execute(query, [guild_id, user_id]).fetchone()
    return found[0] if found else None


def add_flag(db: Database, question: Question, *, named: bool, why: str, by: By) -> int | None:
    """The id of a new report; None where this person reported the question before. Call inside a transaction."""
    done = db.execute(
        "INSERT OR IGNORE INTO flag(guild_id, question, user_id, named, why, at) VALUES (?, ?, ?, ?, ?, ?)",
        [question.guild_id, question.id, by.user, named, why, millis(by.at)],
    )
    return done.lastrowid if done.rowcount else None


def flag_of_id(db: Database, guild_id: int, flag_id: int) -> Flag | None:
    query = "SELECT id, question, iif(named, user_id, NULL), why FROM flag WHERE id = ? AND guild_id = ?"
    found = db.execute(query, [flag_id, guild_id]).fetchone()
    return Flag(*found) if found else None


def flags_of_question(db: Database, question_id: int) -> int:
    """How many people reported it."""
    return int(db.execute("SELECT count(*) FROM flag WHERE question = ?", [question_id]).fetchone()[0])


def flagged_since(db: Database, guild_id: int, user_id: int, since: datetime) -> list[datetime]:
    """When somebody reported something after an instant (UTC)."""
    query = "SELECT at FROM flag WHERE guild_id = ? AND user_id = ? AND at > ? ORDER BY at"
    return [instant(at) for (at,) in db.execute(query, [guild_id, user_id, millis(since)])]
