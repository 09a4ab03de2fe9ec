"""The outbox: what is to be said, and what became of it.

``due_at`` and ``expires_at`` are on the programme's clock, which a rehearsal may run fast; claims, leases and retries
are on the machine's. All are aware UTC instants here and milliseconds in the table.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
from sqlite_utils import Database

from bot.domain.people import Group
from bot.domain.reminders.notice import Facts


class State(StrEnum):
    """QUEUED and LEASED are under way; the others are final."""

    QUEUED = "queued"
    LEASED = "leased"
    SENT = "sent"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class Op(StrEnum):
    """What is asked of Discord. Only MESSAGE and DM make something new, and so need a nonce.

    DM_EDIT edits a direct message: whose it is, and what it says, is nobody else's business.
    """

    MESSAGE = "message"
    EDIT = "edit"
    DM = "dm"
    DM_EDIT = "dm_edit"


#: What concerns one person alone. And what changes something that was said, which may be done twice.
PERSONAL = frozenset({Op.DM, Op.DM_EDIT})
EDITS = frozenset({Op.EDIT, Op.DM_EDIT})


class Priority:
    """Lower goes first."""

    CHANGE = 0
    REMINDER = 1
    #: What follows a change one by one to many people.
    PERSONAL = 3
    BULK = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to say. ``place`` is a channel's purpose, for a DM the person's id.

    ``claimed_at`` is when the first attempt began whose outcome nobody knows. ``channel_id`` and ``message_id`` are the
    receipt, or for an EDIT the message to edit.
    """

    id: int
    guild_id: int
    key: str
    op: Op
    place: str
    audience: Group
    facts: Facts
    priority: int
    due_at: datetime
    expires_at: datetime
    state: State = State.QUEUED
    claimed_at: datetime | None = None
    attempts: int = 0
    channel_id: int | None = None
    message_id: int | None = None
    done_at: datetime | None = None
    last_error: str | None = None


_FACTS = msgspec.json.Decoder(Facts)


def encoded(facts: Facts) -> str:
    return msgspec.json.encode(facts).decode()


def decoded(stored: str) -> Facts:
    return _FACTS.decode(stored)


def millis(instant: datetime) -> int:
    """Milliseconds since 1970, in whole numbers: a float would lose some."""
    return (instant - _EPOCH) // _MILLISECOND


#: Between two attempts; whatever says that it is longer was written by another clock.
LONGEST_WAIT = timedelta(minutes=5)
#: What stands on a row whose moment passed.
TOO_LATE = "too late to be useful"
_EPOCH, _MILLISECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(milliseconds=1)


def instant(value: int) -> datetime:
    return _EPOCH + value * _MILLISECOND


def row_of(found: dict[str, Any], facts: Facts | None = None) -> Row:
    """``facts`` where they were read already."""
    return Row(
        id=found["id"],
        guild_id=found["guild_id"],
        key=found["dedupe_key"],
        op=Op(found["op"]),
        place=found["place"],
        audience=Group(found["audience"]),
        facts=facts or decoded(found["facts"]),
        priority=found["priority"],
        due_at=instant(found["due_at"]),
        expires_at=instant(found["expires_at"]),
        state=State(found["state"]),
        claimed_at=None if found["claimed_at"] is None else instant(found["claimed_at"]),
        attempts=found["attempts"],
        channel_id=found["channel_id"],
        message_id=found["message_id"],
        done_at=None if found["done_at"] is None else instant(found["done_at"]),
        last_error=found["last_error"],
    )


def token(db: Database) -> str:
    """This database's name for itself, six characters. Call inside a transaction."""
    db.execute("INSERT INTO instance SELECT lower(hex(randomblob(3))) WHERE NOT EXISTS (SELECT 1 FROM instance)")
    (found,) = db.execute("SELECT token FROM instance").fetchone()
    return str(found)


def take_over(db: Database) -> int:
    """Queue again what a process that is no more had claimed; how many. Only for who holds the process lock."""
    done = db.execute("UPDATE outbox SET state = 'queued', lease_until = NULL, retry_at = 0 WHERE state = 'leased'")
    return done.rowcount


def expire(db: Database, now: datetime) -> list[Row]:
    """End the rows that are of no use to anybody any more. Call inside a transaction.

    Those that may have been sent are left to be looked for.
    """
    return _rows(
        db,
        "UPDATE outbox SET state = 'expired', done_at = :now, last_error = coalesce(last_error, :why)"
        " WHERE state = 'queued' AND due_at <= :now AND expires_at <= :now AND claimed_at IS NULL RETURNING *",
        {"now": millis(now), "why": TOO_LATE},
    )


def claim(db: Database, *, now: datetime, wall: datetime, lease: timedelta, most: int) -> list[Row]:
    """Lease the due rows that come first, at most ``most``. Call inside a transaction.

    ``now`` is on the programme's clock, ``wall`` on the machine's: where that was set back, a retry that would come too
    far ahead comes now.
    """
    at = millis(wall)
    found = _rows(
        db,
        "UPDATE outbox SET state = 'leased', claimed_at = coalesce(claimed_at, :wall), lease_until = :until,"
        " attempts = attempts + 1 WHERE id IN (SELECT id FROM outbox WHERE state = 'queued' AND due_at <= :now"
        " AND (retry_at <= :wall OR retry_at > :far) ORDER BY priority, due_at, id LIMIT :most) RETURNING *",
        {
            "now": millis(now),
            "wall": at,
            "far": at + LONGEST_WAIT // _MILLISECOND,
            "until": at + lease // _MILLISECOND,
            "most": most,
        },
    )
    return sorted(found, key=lambda row: (row.priority, row.due_at, row.id))


def release_stale(db: Database, wall: datetime, *, lease: timedelta) -> None:
    """Queue again what was leased too long ago: the second barrier, should a worker have lost a row.

    Also what is leased for longer than ``lease`` from now: the machine's clock was set back since.
    """
    db.execute(
        "UPDATE outbox SET state = 'queued' WHERE state = 'leased' AND (lease_until <= ? OR lease_until > ?)",
        [millis(wall), millis(wall + lease)],
    )


def finish(
    db: Database,
    row: Row,
    state: State,
    *,
    now: datetime,
    channel_id: int | None = None,
    message_id: int | None = None,
    error: str | None = None,
) -> None:
    """Record what became of a leased row, with the receipt or the reason. Call inside a transaction."""
    db.execute(
        "UPDATE outbox SET state = ?, done_at = ?, channel_id = coalesce(?, channel_id),"
        " message_id = coalesce(?, message_id), last_error = ?, lease_until = NULL, claimed_at = NULL"
        " WHERE id = ? AND state = 'leased'",
        [state.value, millis(now), channel_id, message_id, error, row.id],
    )


def put_back(db: Database, row: Row, *, retry_at: datetime, error: str, certain: bool, lease: timedelta) -> None:
    """Queue a leased row for another attempt. ``certain``: Discord surely did not take it this time.

    An earlier attempt may have been taken all the same: when it began is kept, so that it is looked for.
    """
    db.execute(
        "UPDATE outbox SET state = 'queued', retry_at = ?, last_error = ?, lease_until = NULL,"
        " claimed_at = CASE WHEN ? AND claimed_at >= lease_until - ? THEN NULL ELSE claimed_at END"
        " WHERE id = ? AND state = 'leased'",
        [millis(retry_at), error, certain, lease // _MILLISECOND, row.id],
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the queue waits for: ``first_due`` of all rows, ``next_due`` of those that need not wait for a retry
    (both on the programme's clock), ``next_retry`` of those that are due (on the machine's).
    """

    first_due: datetime | None
    next_due: datetime | None
    next_retry: datetime | None


def waiting(db: Database, *, now: datetime, wall: datetime) -> Waiting:
    """See Waiting. Each is one step into an index."""
    first = "SELECT due_at FROM outbox WHERE state = 'queued' ORDER BY due_at LIMIT 1"
    ready = "SELECT due_at FROM outbox WHERE state = 'queued' AND retry_at <= ? ORDER BY due_at LIMIT 1"
    retry = "SELECT min(retry_at) FROM outbox WHERE state = 'queued' AND due_at <= ? AND retry_at > ?"
    found = [
        db.execute(first).fetchone(),
        db.execute(ready, [millis(wall)]).fetchone(),
        db.execute(retry, [millis(now), millis(wall)]).fetchone(),
    ]
    return Waiting(*(instant(row[0]) if row and row[0] is not None else None for row in found))


def of_guild(db: Database, guild_id: int, *, most: int = 100_000) -> list[Row]:
    """A guild's rows in the order they are due."""
    query = "SELECT * FROM outbox WHERE guild_id = ? ORDER BY due_at, priority, id LIMIT ?"
    return _rows(db, query, [guild_id, most])


def by_ids(db: Database, ids: Iterable[str]) -> list[Row]:
    """Rows by their ids, as a REPORT names them."""
    wanted = [int(row_id) for row_id in ids]
    return _rows(db, f"SELECT * FROM outbox WHERE id IN ({', '.join('?' * len(wanted))}) ORDER BY due_at, id", wanted)


def _rows(db: Database, query: str, values: Any) -> list[Row]:
    cursor = db.execute(query, values)
    names = [column[0] for column in cursor.description]
    # Many are told the same: their facts are read once.
    known: dict[str, Facts] = {}
    rows = []
    for values_found in cursor.fetchall():
        found = dict(zip(names, values_found, strict=True))
        text = found["facts"]
        facts = known.get(text) or known.setdefault(text, decoded(text))
        rows.append(row_of(found, facts))
    return rows
