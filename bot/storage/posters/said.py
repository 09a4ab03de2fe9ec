"""Which rows of the outbox say what about questions: their keys, and where they go."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.domain.reminders.notice import PINGED, Facts, NoticeKind
from bot.storage.delivery.outbox import Row, by_ids, encoded, millis
from bot.storage.delivery.planned import ACT
from bot.storage.posters.author_rows import of_acts

#: What the keys begin with; the id follows.
QUESTION_KEYS, ANSWER_KEYS = f"{ACT}question:", f"{ACT}answer:"
#: What the subjects of posters' threads begin with; the poster's id follows.
POSTER_THREADS = "poster/"
#: Questions are read and answered for as long as people come back to an event.
USEFUL = timedelta(days=30)
#: Between two messages that are posted again: as fast as Discord lets anybody write in one channel.
_APART = timedelta(seconds=1)
#: What the key of a message begins with that stood in a thread which is no more; the row's id follows.
_LOST = f"{ACT}lost:"


def thread_of(poster_id: str) -> str:
    """The subject of a poster's thread, which is where its questions go."""
    return f"{POSTER_THREADS}{poster_id}"


def poster_of(subject: str) -> str:
    """The other way round."""
    return subject.partition("/")[2]


def key_of(question_id: int) -> str:
    return f"{QUESTION_KEYS}{question_id}"


def answer_key_of(answer_id: int) -> str:
    return f"{ANSWER_KEYS}{answer_id}"


def told_of(question_id: int, user_id: int) -> str:
    """The key of the direct message that tells an author of a question."""
    return f"{of_acts(user_id)}question:{question_id}"


def answer_told_of(answer_id: int) -> str:
    """The key of the direct message that tells whoever asked without their name of an answer."""
    return f"{ACT}answered:{answer_id}"


def edit_key_of(row: int) -> str:
    """The key of what makes a row's message say what is true: one, however often it is asked for."""
    return f"{ACT}edit:{row}"


def rename_key_of(row: int) -> str:
    """The key of what lets the thread that a row opened be called as it should be: one, as above."""
    return f"{ACT}rename:{row}"


def question_row(db: Database, guild_id: int, question_id: int) -> int | None:
    """The id of the row that posts a question."""
    return _row_with(db, guild_id, key_of(question_id))


def is_posted(db: Database, guild_id: int, question_id: int) -> bool:
    """Whether a question stands in its poster's thread, as far as is known."""
    query = "SELECT state = 'sent' FROM outbox WHERE guild_id = ? AND dedupe_key = ?"
    found = db.execute(query, [guild_id, key_of(question_id)]).fetchone()
    return found is not None and bool(found[0])


def answer_row(db: Database, guild_id: int, answer_id: int) -> Row | None:
    """The row that posts an answer."""
    row_id = _row_with(db, guild_id, answer_key_of(answer_id))
    return by_ids(db, guild_id, [str(row_id)])[0] if row_id is not None else None


def told_rows(db: Database, guild_id: int, question_id: int, people: Iterable[int]) -> list[int]:
    """The ids of the direct messages that told ``people`` of a question, or may be doing so just now."""
    return _being_told(db, guild_id, [told_of(question_id, user_id) for user_id in people])


def answer_told_rows(db: Database, guild_id: int, answer_id: int) -> list[int]:
    """The same of the direct message that tells of an answer."""
    return _being_told(db, guild_id, [answer_told_of(answer_id)])


def _being_told(db: Database, guild_id: int, keys: Sequence[str]) -> list[int]:
    query = (
        "SELECT id FROM outbox WHERE guild_id = ?"
        " AND (state IN ('leased', 'sent') OR (state = 'queued' AND claimed_at IS NOT NULL))"
        f" AND dedupe_key IN ({', '.join('?' * len(keys))})"
    )
    return [row for (row,) in db.execute(query, [guild_id, *keys])]


def post_again(db: Database, guild_id: int, subject: str, now: datetime, *, question_id: int | None = None) -> bool:
    """A poster's thread was deleted and is opened anew: queue the questions again that everybody may see and that stood
    in another thread than the present one, each with its answers behind it; or only the one question. Whether there
    was anything.

    One a second, so that they come in this order; what waits to be said there comes behind them. Nobody is notified of
    an answer again. ``now`` is in UTC, on the programme's clock. Call inside a transaction.
    """
    rows = db.execute(
        "SELECT question.id, answer.id FROM question"
        " LEFT JOIN answer ON answer.question = question.id AND NOT hidden AND NOT taken_back"
        " WHERE question.guild_id = ? AND poster_id = ? AND state IN ('open', 'answered')"
        f" {'AND question.id = ?' if question_id is not None else ''} ORDER BY question.id, answer.id",
        [guild_id, poster_of(subject), *([question_id] if question_id is not None else [])],
    ).fetchall()
    again: dict[str, str | None] = {}
    for one, answer_id in rows:
        again[key_of(one)] = None
        if answer_id is not None:
            facts = Facts(NoticeKind.ANSWER, (str(one), str(answer_id), PINGED))
            again[answer_key_of(answer_id)] = encoded(facts)
    waiting = db.execute(
        "SELECT id FROM outbox WHERE guild_id = ? AND op = 'message' AND place = ? AND state IN ('queued', 'leased')"
        " ORDER BY due_at, id",
        [guild_id, subject],
    ).fetchall()
    due = now
    for key, facts_again in again.items():
        if _say_again(db, guild_id, key, facts_again, due):
            due += _APART
    if due > now:
        for (row_id,) in waiting:
            db.execute("UPDATE outbox SET due_at = max(due_at, ?) WHERE id = ?", [millis(due), row_id])
            due += _APART
    return due > now


def _say_again(db: Database, guild_id: int, key: str, facts: str | None, due: datetime) -> bool:
    """Queue what was sent as another row in its place: Discord would take the same one for a repeated request. Whether
    it was sent, and not into the present thread; what waits goes into that by itself. ``facts`` take the place of what
    it told, if given.
    """
    sent = db.execute(
        f"UPDATE outbox SET dedupe_key = '{_LOST}' || id, channel_id = NULL, message_id = NULL"
        " WHERE guild_id = ? AND dedupe_key = ? AND state = 'sent' AND NOT EXISTS (SELECT 1 FROM thread"
        " WHERE thread.guild_id = outbox.guild_id AND subject = place AND thread_id = channel_id) RETURNING id",
        [guild_id, key],
    ).fetchall()
    for (row_id,) in sent:
        db.execute(
            "INSERT INTO outbox(guild_id, dedupe_key, op, place, audience, facts, priority, due_at, expires_at)"
            " SELECT guild_id, ?, op, place, audience, coalesce(?, facts), priority, ?, ? FROM outbox WHERE id = ?",
            [key, facts, millis(due), millis(due + USEFUL), row_id],
        )
    return bool(sent)


def _row_with(db: Database, guild_id: int, key: str) -> int | None:
    query = "SELECT id FROM outbox WHERE guild_id = ? AND dedupe_key = ?"
    found = db.execute(query, [guild_id, key]).fetchone()
    return found[0] if found else None
