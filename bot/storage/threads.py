"""The threads that the bot keeps for something: which thread is for what, and what waits for one to be opened.

A ``subject`` names what a thread is for, such as ``poster/p17``. As the place of a row of the outbox it means: in the
thread of that.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct
from sqlite_utils import Database

from bot.domain.reminders.notice import Facts
from bot.storage.delivery import told
from bot.storage.delivery.outbox import Op, Row, State, instant, millis
from bot.storage.delivery.planned import ACT, keys_beginning

#: A thread that was wanted is of use for as long as people come back to an event.
USEFUL = timedelta(days=30)
#: How a row says that it goes into a thread.
_MARK = "/"
#: The states of a row from which the thread may still come.
_TO_COME = frozenset({State.QUEUED.value, State.LEASED.value, State.PAUSED.value})
#: What lets go the rows that waited for a thread: those that failed over it, and those that are to be tried again. Each
#: has an index of its own: a guild may have a hundred thousand rows, and left alone SQLite goes through all of them.
_LET_GO = "SET state = 'queued', retry_at = 0, done_at = NULL, last_error = NULL"
_WAITED = tuple(
    f"UPDATE outbox INDEXED BY {index} {_LET_GO} WHERE {which} AND place = ? AND op IN ('message', 'member')"
    for index, which in (
        ("outbox_failed", "guild_id = ? AND state = 'failed'"),
        ("outbox_retry", "+guild_id = ? AND state = 'queued' AND retry_at > 0"),
    )
)


class Thread(Struct, frozen=True):
    """``row`` is the one of the outbox that opened it."""

    guild_id: int
    subject: str
    row: int
    thread_id: int


def is_subject(place: str) -> bool:
    return _MARK in place


def of_subject(db: Database, guild_id: int, subject: str) -> Thread | None:
    """The thread for a subject; None where none was opened yet."""
    return _one(db, "guild_id = ? AND subject = ?", [guild_id, subject])


def of_id(db: Database, guild_id: int, thread_id: int) -> Thread | None:
    """What one of the bot's threads is for; None for any other thread."""
    return _one(db, "thread_id = ? AND guild_id = ?", [thread_id, guild_id])


def of_kind(db: Database, guild_id: int, *, most: int, kind: str) -> list[Thread]:
    """The threads of a ``kind``, which is what their subjects begin with; what was used least lately comes first."""
    query = (
        "SELECT guild_id, subject, row, thread_id FROM thread"
        " WHERE guild_id = ? AND substr(subject, 1, ?) = ? ORDER BY used_at LIMIT ?"
    )
    return [Thread(*row) for row in db.execute(query, [guild_id, len(kind) + 1, f"{kind}{_MARK}", most])]


def want(db: Database, guild_id: int, subject: str, facts: Facts, *, priority: int, due_at: datetime) -> bool:
    """Queue that the thread for a subject is opened; whether it was needed. Call inside a transaction.

    It is not where the thread is there, or is to be opened already: that is then done by ``due_at`` (UTC, on the
    programme's clock) at the latest.
    """
    if of_subject(db, guild_id, subject) is not None:
        return False
    openings = _openings(db, guild_id, subject)
    if (key := next((key for key, state in openings.items() if state in _TO_COME), None)) is not None:
        hurry = "UPDATE outbox SET priority = min(priority, ?), due_at = min(due_at, ?)"
        where = "WHERE guild_id = ? AND dedupe_key = ? AND state = 'queued'"
        db.execute(f"{hurry} {where}", [priority, millis(due_at), guild_id, key])
        return False
    told.add(
        db,
        guild_id,
        _next_key(subject, openings),
        Op.THREAD,
        facts,
        place=subject,
        priority=priority,
        due_at=due_at,
        expires_at=due_at + USEFUL,
    )
    return True


def to_come(db: Database, guild_id: int, *, kind: str) -> dict[str, datetime]:
    """The subjects of a ``kind`` of which a thread is to be opened, and when (UTC, on the programme's clock)."""
    query = (
        "SELECT place, due_at FROM outbox WHERE guild_id = ? AND dedupe_key >= ? AND dedupe_key < ?"
        f" AND state IN ({', '.join('?' * len(_TO_COME))})"
    )
    rows = db.execute(query, [guild_id, *keys_beginning(_key(f"{kind}{_MARK}", "")), *sorted(_TO_COME)])
    return {subject: instant(due) for subject, due in rows}


def opening_failed(db: Database, guild_id: int, subject: str) -> bool:
    """Whether a thread that is not there will not come by itself either."""
    return not _TO_COME & set(_openings(db, guild_id, subject).values())


def opened(db: Database, row: Row, thread_id: int, wall: datetime) -> None:
    """Note the thread that ``row`` opened, and let go what waited for it. Call inside a transaction.

    ``wall`` is on the machine's clock, in UTC.
    """
    db.execute(
        "INSERT OR REPLACE INTO thread(guild_id, subject, row, thread_id, used_at) VALUES (?, ?, ?, ?, ?)",
        [row.guild_id, row.place, row.id, thread_id, millis(wall)],
    )
    for waited in _WAITED:
        db.execute(waited, [row.guild_id, row.place])


def used(db: Database, guild_id: int, subject: str, wall: datetime) -> None:
    """Note that something was posted there. Call inside a transaction."""
    query = "UPDATE thread SET used_at = ? WHERE guild_id = ? AND subject = ?"
    db.execute(query, [millis(wall), guild_id, subject])


def lost(db: Database, guild_id: int, thread_id: int, *, now: datetime) -> str | None:
    """Somebody deleted the thread: forget it, and queue that it is opened anew. Call inside a transaction.

    What it was for; None where that is known already: there may be another one by now. ``now`` is in UTC, on the
    programme's clock.
    """
    thread = of_id(db, guild_id, thread_id)
    if thread is None:
        return None
    db.execute("DELETE FROM thread WHERE thread_id = ?", [thread_id])
    query = (
        "INSERT INTO outbox(guild_id, dedupe_key, op, place, audience, facts, priority, due_at, expires_at)"
        " SELECT guild_id, ?, op, place, audience, facts, priority, ?, ? FROM outbox WHERE id = ?"
    )
    key = _next_key(thread.subject, _openings(db, guild_id, thread.subject))
    db.execute(query, [key, millis(now), millis(now + USEFUL), thread.row])
    return thread.subject


def _key(subject: str, ending: str = ":") -> str:
    return f"{ACT}thread:{subject}{ending}"


def _next_key(subject: str, openings: Mapping[str, str]) -> str:
    """Behind all that there are: the earlier ones may be gone by now."""
    last = max((int(key.rpartition(":")[2]) for key in openings), default=-1)
    return f"{_key(subject)}{last + 1}"


def _openings(db: Database, guild_id: int, subject: str) -> Mapping[str, str]:
    """Key -> state of all rows that were to open the thread."""
    query = "SELECT dedupe_key, state FROM outbox WHERE guild_id = ? AND dedupe_key >= ? AND dedupe_key < ?"
    return dict(db.execute(query, [guild_id, *keys_beginning(_key(subject))]).fetchall())


def _one(db: Database, where: str, values: list[object]) -> Thread | None:
    found = db.execute(f"SELECT guild_id, subject, row, thread_id FROM thread WHERE {where}", values).fetchone()
    return Thread(*found) if found else None
