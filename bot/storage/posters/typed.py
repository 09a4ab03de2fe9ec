"""What people type in the threads of posters: which message is what, who was told how to be read, what was read."""

from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.domain.posters.question import Answer, Question
from bot.storage.delivery.outbox import millis

#: How long a typed answer waits for whoever marked it to say which question it answers.
_KEPT = timedelta(days=1)


def question_shown_in(
    db: Database, guild_id: int, poster_id: str, message_id: int, *, question: str, answer: str
) -> int | None:
    """The id of the question that a message of the bot's is about, be it the question itself or an answer to it.

    ``question`` and ``answer`` are what the keys of their rows in the outbox begin with: the receipts say which message
    it is.
    """
    asked = (
        "SELECT question.id FROM question JOIN outbox ON outbox.guild_id = question.guild_id"
        " AND outbox.dedupe_key = :question || question.id"
        " WHERE question.guild_id = :guild AND question.poster_id = :poster AND outbox.message_id = :message"
    )
    answered = (
        "SELECT question.id FROM question JOIN answer ON answer.question = question.id"
        " JOIN outbox ON outbox.guild_id = question.guild_id AND outbox.dedupe_key = :answer || answer.id"
        " WHERE question.guild_id = :guild AND question.poster_id = :poster AND outbox.message_id = :message"
    )
    values = {"guild": guild_id, "poster": poster_id, "message": message_id, "question": question, "answer": answer}
    found = db.execute(f"{asked} UNION ALL {answered} LIMIT 1", values).fetchone()
    return found[0] if found else None


def of_messages(db: Database, guild_id: int, since: int) -> dict[str, list[int]]:
    """Poster -> the messages after ``since`` (its id) that a question or an answer follows, the newest first."""
    query = (
        "SELECT poster_id, message_id FROM question WHERE made_by > :since AND made_by = message_id"
        " AND guild_id = :guild AND state != 'withdrawn'"
        " UNION ALL SELECT poster_id, answer.message_id FROM answer JOIN question ON question.id = question"
        " WHERE answer.made_by > :since AND answer.made_by = answer.message_id AND answer.guild_id = :guild"
        " ORDER BY 2 DESC"
    )
    found: dict[str, list[int]] = {}
    for poster_id, message_id in db.execute(query, {"since": since, "guild": guild_id}):
        found.setdefault(poster_id, []).append(message_id)
    return found


def kept_since(db: Database, guild_id: int, user_id: int, since: datetime) -> int:
    """How much somebody typed after ``since`` (a UTC instant) that could not be asked, and is kept."""
    query = (
        "SELECT count(*) FROM question WHERE guild_id = ? AND asker = ? AND asked_at > ? AND state = 'draft'"
        " AND message_id IS NOT NULL"
    )
    return int(db.execute(query, [guild_id, user_id, millis(since)]).fetchone()[0])


def is_hinted(db: Database, guild_id: int, user_id: int, about: str) -> bool:
    query = "SELECT 1 FROM hint WHERE guild_id = ? AND user_id = ? AND about = ?"
    return db.execute(query, [guild_id, user_id, about]).fetchone() is not None


def hint(db: Database, guild_id: int, user_id: int, about: str) -> bool:
    """Whether it is the first one. Call inside a transaction."""
    done = db.execute(
        "INSERT OR IGNORE INTO hint(guild_id, user_id, about) VALUES (?, ?, ?)", [guild_id, user_id, about]
    )
    return bool(done.rowcount)


def forget_hint(db: Database, guild_id: int, user_id: int, about: str) -> None:
    """It is given again. Call inside a transaction."""
    db.execute("DELETE FROM hint WHERE guild_id = ? AND user_id = ? AND about = ?", [guild_id, user_id, about])


def hint_lately(
    db: Database, guild_id: int, user_id: int, about: str, *, at: datetime, lately: timedelta, most: int
) -> bool:
    """Whether it is one of the first ``most`` within so long, counted from the first. Call inside a transaction.

    ``at`` is a UTC instant.
    """
    done = db.execute(
        "INSERT INTO hint(guild_id, user_id, about, counted_from) VALUES (:guild, :user, :about, :at)"
        " ON CONFLICT DO UPDATE SET times = iif(counted_from <= :since, 1, times + 1),"
        " counted_from = iif(counted_from <= :since, :at, counted_from) WHERE counted_from <= :since OR times < :most",
        {
            "guild": guild_id,
            "user": user_id,
            "about": about,
            "at": millis(at),
            "since": millis(at - lately),
            "most": most,
        },
    )
    return bool(done.rowcount)


def set_aside(db: Database, guild_id: int, message_id: int, author: int, text: str, at: datetime) -> None:
    """Keep an answer until it is said what it answers. Call inside a transaction. ``at`` is a UTC instant."""
    db.execute("DELETE FROM unplaced WHERE marked_at < ?", [millis(at - _KEPT)])
    db.execute(
        "INSERT OR REPLACE INTO unplaced(message_id, guild_id, author, text, marked_at) VALUES (?, ?, ?, ?, ?)",
        [message_id, guild_id, author, text, millis(at)],
    )


def aside(db: Database, guild_id: int, message_id: int) -> tuple[int, str] | None:
    """Who gave such an answer, and its text; None where it is placed, or was kept for too long."""
    query = "SELECT author, text FROM unplaced WHERE message_id = ? AND guild_id = ?"
    found = db.execute(query, [message_id, guild_id]).fetchone()
    return (int(found[0]), str(found[1])) if found else None


def placed(db: Database, message_id: int) -> None:
    """Call inside a transaction."""
    db.execute("DELETE FROM unplaced WHERE message_id = ?", [message_id])


def let_go(db: Database, one: Question | Answer) -> None:
    """Nothing follows the message any more in which it was typed. Call inside a transaction. No act is negative."""
    db.execute(f"UPDATE {_table(one)} SET made_by = -id WHERE id = ?", [one.id])


def hold_again(db: Database, one: Question | Answer) -> None:
    """Take that back. Call inside a transaction."""
    db.execute(f"UPDATE {_table(one)} SET made_by = message_id WHERE id = ? AND message_id IS NOT NULL", [one.id])


def forget_message(db: Database, one: Question | Answer) -> None:
    """The message in which it was typed is no more: shown again, it stands in full. Call inside a transaction."""
    db.execute(f"UPDATE {_table(one)} SET message_id = NULL WHERE id = ?", [one.id])


def read_up_to(db: Database, guild_id: int) -> int | None:
    """The id of the newest message of a server that is known to have been read; None where none was."""
    found = db.execute("SELECT message_id FROM read_up_to WHERE guild_id = ?", [guild_id]).fetchone()
    return found[0] if found else None


def note_read(db: Database, guild_id: int, message_id: int) -> None:
    """Call inside a transaction."""
    db.execute(
        "INSERT INTO read_up_to(guild_id, message_id) VALUES (?, ?) ON CONFLICT(guild_id) DO UPDATE SET"
        " message_id = max(message_id, excluded.message_id)",
        [guild_id, message_id],
    )


def _table(one: Question | Answer) -> str:
    return "question" if isinstance(one, Question) else "answer"
