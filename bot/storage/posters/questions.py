"""Questions about posters, and who upvoted them."""

import json
from collections.abc import Collection
from datetime import datetime

from sqlite_utils import Database

from bot.domain.posters.question import Question, State
from bot.storage.delivery.outbox import instant, millis
from bot.storage.posters.numbers import next_number

_COLUMNS = "id, guild_id, poster_id, number, asker, named, text, state, votes, asked_at, message_id"
#: What everybody may see. Written out, so that SQLite takes the index that is for it.
_SHOWN = "state IN ('open', 'answered')"
#: Left alone, SQLite goes through all questions of the server in the order of their votes.
_OF_POSTER = "question INDEXED BY question_by_poster"


def add(
    db: Database,
    guild_id: int,
    poster_id: str,
    text: str,
    *,
    asker: int,
    named: bool,
    state: State,
    at: datetime,
    act: int,
    message_id: int | None = None,
) -> Question:
    """Store a question, with the next number unless it is a draft. Call inside a transaction.

    ``act`` is the interaction or message that made it, ``at`` a UTC instant.
    """
    db.execute(
        "INSERT INTO question(guild_id, poster_id, number, asker, named, text, state, asked_at, made_by, message_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            guild_id,
            poster_id,
            None if state is State.DRAFT else next_number(db, guild_id),
            asker,
            named,
            text,
            state,
            millis(at),
            act,
            message_id,
        ],
    )
    (found,) = _found(db, "id = last_insert_rowid()", [])
    return found


def ask(db: Database, draft: Question, *, at: datetime) -> Question:
    """Make a draft a question. Call inside a transaction."""
    db.execute(
        "UPDATE question SET state = 'open', number = ?, asked_at = ? WHERE id = ? AND state = 'draft'",
        [next_number(db, draft.guild_id), millis(at), draft.id],
    )
    (found,) = _found(db, "id = ?", [draft.id])
    return found


def keep_again(db: Database, draft: Question, *, named: bool, at: datetime) -> Question:
    """A draft was written anew in the same words, at a UTC instant. Call inside a transaction."""
    db.execute("UPDATE question SET named = ?, asked_at = ? WHERE id = ?", [named, millis(at), draft.id])
    (found,) = _found(db, "id = ?", [draft.id])
    return found


def rewrite(db: Database, question: Question, text: str, *, named: bool) -> None:
    """Call inside a transaction."""
    db.execute("UPDATE question SET text = ?, named = ? WHERE id = ?", [text, named, question.id])


def forget_message(db: Database, question: Question) -> None:
    """Nothing leads any more from a question to the message in which it was typed. Call inside a transaction."""
    # As where somebody's data is deleted: no message and no interaction has such an id.
    query = "UPDATE question SET made_by = -id, message_id = NULL WHERE id = ? AND message_id IS NOT NULL"
    db.execute(query, [question.id])


def set_state(db: Database, question: Question, state: State) -> None:
    """Call inside a transaction."""
    db.execute("UPDATE question SET state = ? WHERE id = ?", [state, question.id])


def remove_draft(db: Database, draft: Question) -> None:
    """Call inside a transaction. What was asked is never removed by this."""
    db.execute("DELETE FROM question WHERE id = ? AND state = 'draft'", [draft.id])


def vote(db: Database, question: Question, user_id: int) -> int:
    """Upvote once; the number of votes then. Call inside a transaction."""
    done = db.execute("INSERT OR IGNORE INTO vote(question, user_id) VALUES (?, ?)", [question.id, user_id])
    return _recount(db, question, done.rowcount)


def unvote(db: Database, question: Question, user_id: int) -> int:
    """Take one's vote back; the number of votes then. Call inside a transaction."""
    done = db.execute("DELETE FROM vote WHERE question = ? AND user_id = ?", [question.id, user_id])
    return _recount(db, question, -done.rowcount)


def has_voted(db: Database, question_id: int, user_id: int) -> bool:
    query = "SELECT 1 FROM vote WHERE question = ? AND user_id = ?"
    return db.execute(query, [question_id, user_id]).fetchone() is not None


def of_id(db: Database, guild_id: int, question_id: int) -> Question | None:
    """None for one of another guild, too."""
    return _one(_found(db, "id = ? AND guild_id = ?", [question_id, guild_id]))


def guild_of(db: Database, question_id: int) -> int | None:
    """The guild that a question belongs to: where it is read directly, none is known."""
    found = db.execute("SELECT guild_id FROM question WHERE id = ?", [question_id]).fetchone()
    return found[0] if found else None


def of_number(db: Database, guild_id: int, number: int) -> Question | None:
    return _one(_found(db, "guild_id = ? AND number = ?", [guild_id, number]))


def of_act(db: Database, act: int) -> Question | None:
    """What this interaction or message made already."""
    return _one(_found(db, "made_by = ?", [act]))


def of_text(db: Database, guild_id: int, poster_id: str, user_id: int, text: str, since: datetime) -> Question | None:
    """What somebody asked about a poster in these words after an instant (UTC), and nobody answered yet."""
    where = "guild_id = ? AND asker = ? AND asked_at > ? AND poster_id = ? AND state = 'open' AND text = ? LIMIT 1"
    return _one(_found(db, where, [guild_id, user_id, millis(since), poster_id, text]))


def draft_of_text(db: Database, guild_id: int, poster_id: str, user_id: int, text: str) -> Question | None:
    """What somebody wrote about a poster in these words, in a form, and did not ask."""
    where = "guild_id = ? AND asker = ? AND poster_id = ? AND text = ? AND state = 'draft' AND message_id IS NULL"
    return _one(_found(db, where, [guild_id, user_id, poster_id, text]))


def of_poster(db: Database, guild_id: int, poster_id: str, *, skip: int = 0, most: int = 300) -> list[Question]:
    """What everybody may see of one poster, the most asked first."""
    where = f"guild_id = ? AND poster_id = ? AND {_SHOWN} ORDER BY votes DESC, id LIMIT ? OFFSET ?"
    return _found(db, where, [guild_id, poster_id, most, skip], _OF_POSTER)


def number_of_poster(db: Database, guild_id: int, poster_id: str) -> int:
    """How many of those there are."""
    query = f"SELECT count(*) FROM question WHERE guild_id = ? AND poster_id = ? AND {_SHOWN}"
    return int(db.execute(query, [guild_id, poster_id]).fetchone()[0])


def top(db: Database, guild_id: int, *, skip: int = 0, most: int = 10) -> list[Question]:
    """What everybody may see, the most asked first, over all posters."""
    where = f"guild_id = ? AND {_SHOWN} ORDER BY votes DESC, id DESC LIMIT ? OFFSET ?"
    return _found(db, where, [guild_id, most, skip])


def count(db: Database, guild_id: int, *, most: int) -> int:
    """How many questions everybody may see; ``most`` where there are more, so that no hundred thousand are counted."""
    query = f"SELECT count(*) FROM (SELECT 1 FROM question WHERE guild_id = ? AND {_SHOWN} LIMIT ?)"
    return int(db.execute(query, [guild_id, most]).fetchone()[0])


def of_asker(db: Database, guild_id: int, user_id: int, *, skip: int = 0, most: int = 100) -> list[Question]:
    """One person's own, the newest first; the drafts, too."""
    where = "guild_id = ? AND asker = ? ORDER BY asked_at DESC, id DESC LIMIT ? OFFSET ?"
    return _found(db, where, [guild_id, user_id, most, skip])


def upvoted_by(db: Database, guild_id: int, user_id: int) -> list[Question]:
    """What one person upvoted, in the order it was written."""
    return _found(
        db, "+guild_id = ? AND id IN (SELECT question FROM vote WHERE user_id = ?) ORDER BY id", [guild_id, user_id]
    )


def asked_since(db: Database, guild_id: int, user_id: int, since: datetime) -> list[datetime]:
    """When somebody asked something after an instant (UTC). Withdrawn and hidden ones count."""
    rows = db.execute(
        "SELECT asked_at FROM question WHERE guild_id = ? AND asker = ? AND asked_at > ? AND state != 'draft'",
        [guild_id, user_id, millis(since)],
    )
    return [instant(at) for (at,) in rows]


def open_of_asker(db: Database, guild_id: int, user_id: int, poster_id: str) -> int:
    """How many questions about one poster somebody has that nobody answered yet."""
    query = "SELECT count(*) FROM question WHERE guild_id = ? AND poster_id = ? AND state = 'open' AND asker = ?"
    return int(db.execute(query, [guild_id, poster_id, user_id]).fetchone()[0])


def unanswered(db: Database, guild_id: int, posters: Collection[str], *, most: int = 100) -> list[Question]:
    """What waits for an answer about these posters, the most asked first."""
    found: list[Question] = []
    for poster_id in posters:
        where = "guild_id = ? AND poster_id = ? AND state = 'open' ORDER BY votes DESC, id LIMIT ?"
        found += _found(db, where, [guild_id, poster_id, most])
    return sorted(found, key=lambda question: (-question.votes, question.id))[:most]


def most_votes_waiting(db: Database, guild_id: int, posters: Collection[str]) -> dict[str, int]:
    """Poster -> the votes of the most upvoted of the questions about it that wait for an answer; 0 where none does."""
    # One step into the index for each poster: all that wait may be a hundred thousand.
    votes = "SELECT max(votes) FROM question INDEXED BY question_by_poster"
    query = f"SELECT value, ({votes} WHERE guild_id = ? AND poster_id = value AND state = 'open') FROM json_each(?)"
    return {poster_id: most or 0 for poster_id, most in db.execute(query, [guild_id, json.dumps(list(posters))])}


def every(db: Database, guild_id: int) -> list[Question]:
    """All that were ever asked, in the order of their numbers."""
    return _found(db, "guild_id = ? AND number IS NOT NULL ORDER BY number", [guild_id])


def _recount(db: Database, question: Question, difference: int) -> int:
    if difference:
        db.execute("UPDATE question SET votes = votes + ? WHERE id = ?", [difference, question.id])
    return int(db.execute("SELECT votes FROM question WHERE id = ?", [question.id]).fetchone()[0])


def _one(found: list[Question]) -> Question | None:
    return found[0] if found else None


def _found(db: Database, where: str, values: list[object], table: str = "question") -> list[Question]:
    rows = db.execute(f"SELECT {_COLUMNS} FROM {table} WHERE {where}", values)
    return [
        Question(
            id_,
            guild_id,
            poster_id,
            number,
            asker,
            bool(named),
            text,
            State(state),
            votes,
            instant(asked_at),
            message_id,
        )
        for id_, guild_id, poster_id, number, asker, named, text, state, votes, asked_at, message_id in rows
    ]
