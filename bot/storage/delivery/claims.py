"""What the delivery does with the outbox: rows are claimed under a lease, and end or are put back.

Claims, leases and retries are on the machine's clock, and only the process that holds the lock makes them.
"""

import json
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from operator import attrgetter

from msgspec import Struct
from sqlite_utils import Database

from bot.storage.delivery.outbox import Row, State, instant, millis, rows_of

#: Between two attempts; whatever says that it is longer was written by another clock.
LONGEST_WAIT = timedelta(minutes=5)
#: What stands on a row whose moment passed.
TOO_LATE = "too late to be useful"
_AWAY = "the server was not there before it was too late"
#: How long after its moment a message is waited for that may stand in a server which is not there.
_UNSEEN_LONGEST = timedelta(days=1)
#: Whether a row's server is one of the list ``there``. The plus keeps off the index of servers: of all that one ever
#: had, little is due.
_THERE = "+guild_id IN (SELECT value FROM json_each(:there))"
#: What comes first of what is due.
IN_ORDER = attrgetter("priority", "due_at", "id")
#: Where a row goes that is let go: what belongs to a paused announcement is kept back like the rest of it.
BACK = "iif((SELECT stage FROM announcement WHERE id = outbox.announcement) = 'paused', 'paused', 'queued')"

#: The row as that attempt holds it: it may have been changed since, and be claimed by another one.
_OWN = "id = ? AND state = 'leased' AND attempts = ?"


def take_over(db: Database) -> int:
    """Queue again what a process that is no more had claimed; how many. Only for who holds the process lock.

    Nothing waits for its next attempt any longer: a new start is often what mends the fault.
    """
    db.execute("UPDATE outbox SET retry_at = 0 WHERE state = 'queued' AND retry_at > 0")
    done = db.execute(f"UPDATE outbox SET state = {BACK}, lease_until = NULL, retry_at = 0 WHERE state = 'leased'")
    return done.rowcount


def expire(db: Database, now: datetime, *, there: Collection[int]) -> list[Row]:
    """End the rows that are of no use to anybody any more. Call inside a transaction.

    Those that may have been sent are left to be looked for; where the server is not ``there``, for a day: it may have
    removed the bot.
    """
    return rows_of(
        db,
        "UPDATE outbox SET state = 'expired', done_at = :now, attempts_before = attempts,"
        f" last_error = coalesce(last_error, iif({_THERE}, :late, :away))"
        " WHERE state = 'queued' AND due_at <= :now AND expires_at <= :now"
        f" AND (claimed_at IS NULL OR (expires_at <= :given_up AND NOT {_THERE})) RETURNING *",
        {
            "now": millis(now),
            "given_up": millis(now - _UNSEEN_LONGEST),
            "there": json.dumps(list(there)),
            "late": TOO_LATE,
            "away": _AWAY,
        },
    )


def claim(
    db: Database,
    *,
    now: datetime,
    wall: datetime,
    lease: timedelta,
    there: Collection[int],
    room: int,
    turns: Callable[[Row], int],
    under_way: Collection[int] = (),
) -> list[Row]:
    """Lease the due rows that come first, until they take ``room`` turns. Call inside a transaction.

    ``turns`` says how many a row takes; the last one may take more than is left, or it would never go. What is for a
    server that is not ``there`` is not touched, however much it is. ``now`` is on the programme's clock,
    ``wall`` on the machine's: where that was set back, a retry that would come too far ahead comes now. What is
    ``under_way`` (ids) and was changed meanwhile waits until that attempt has ended: the older one could arrive last.
    """
    if room <= 0:  # SQLite takes a limit below nothing for none at all
        return []
    taken = []
    for row in _ready(db, now=now, wall=wall, there=there, most=room, under_way=under_way):
        if room <= 0:
            break
        room -= turns(row)
        taken.append(row)
    db.execute(
        "UPDATE outbox SET state = 'leased', claimed_at = coalesce(claimed_at, ?), lease_until = ?,"
        " attempts = attempts + 1 WHERE id IN (SELECT value FROM json_each(?))",
        [millis(wall), millis(wall + lease), json.dumps([row.id for row in taken])],
    )
    return taken


def _ready(
    db: Database, *, now: datetime, wall: datetime, there: Collection[int], most: int, under_way: Collection[int]
) -> list[Row]:
    """The due rows that come first, as they are once claimed; ``claimed_at`` is that of earlier attempts."""
    rows = rows_of(
        db,
        "SELECT *, 'leased' AS state, attempts + 1 AS attempts FROM outbox WHERE id IN ("
        "SELECT id FROM outbox WHERE state = 'queued' AND due_at <= :now"
        f" AND (retry_at <= :wall OR retry_at > :far) AND {_THERE}"
        " AND id NOT IN (SELECT value FROM json_each(:under_way)) ORDER BY priority, due_at, id LIMIT :most)",
        {
            "now": millis(now),
            "wall": millis(wall),
            "far": millis(wall + LONGEST_WAIT),
            "there": json.dumps(list(there)),
            "most": most,
            "under_way": json.dumps(list(under_way)),
        },
    )
    # Not by SQLite, which copies whole rows to sort them.
    return sorted(rows, key=IN_ORDER)


def release_stale(db: Database, wall: datetime, *, lease: timedelta) -> None:
    """Queue again what was leased too long ago: the second barrier, should a worker have lost a row.

    Also what is leased for longer than ``lease`` from now: the machine's clock was set back since.
    """
    db.execute(
        f"UPDATE outbox SET state = {BACK} WHERE state = 'leased' AND (lease_until <= ? OR lease_until > ?)",
        [millis(wall), millis(wall + lease)],
    )


def waits_again(db: Database, ids: Collection[int]) -> bool:
    """Whether one of these rows, whose attempt has ended, is queued."""
    query = "SELECT 1 FROM outbox WHERE id IN (SELECT value FROM json_each(?)) AND state = 'queued' LIMIT 1"
    return db.execute(query, [json.dumps(list(ids))]).fetchone() is not None


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
    done = db.execute(
        "UPDATE outbox SET state = ?, done_at = ?, channel_id = coalesce(?, channel_id),"
        " message_id = coalesce(?, message_id), last_error = ?, lease_until = NULL, claimed_at = NULL,"
        f" attempts_before = attempts WHERE {_OWN}",
        [state.value, millis(now), channel_id, message_id, error, row.id, row.attempts],
    )
    if not done.rowcount:
        # It is to be done anew already: what fails of that is counted from here.
        anew = "UPDATE outbox SET attempts_before = ?2 WHERE id = ?1 AND attempts >= ?2 AND attempts_before < ?2"
        db.execute(anew, [row.id, row.attempts])


def put_back(db: Database, row: Row, *, retry_at: datetime, error: str, certain: bool) -> None:
    """Queue a leased row for another attempt. ``certain``: Discord surely did not take it this time.

    An earlier attempt may have been taken all the same: when that began is kept, so that it is looked for.
    """
    db.execute(
        f"UPDATE outbox SET state = {BACK}, retry_at = ?, last_error = ?, lease_until = NULL,"
        f" claimed_at = iif(?, ?, claimed_at) WHERE {_OWN}",
        [millis(retry_at), error, certain, _claimed_before(row), row.id, row.attempts],
    )


def give_back(db: Database, row: Row, *, why: str) -> None:
    """Queue a leased row that was not tried after all, as if it had not been claimed."""
    db.execute(
        f"UPDATE outbox SET state = {BACK}, attempts = attempts - 1, last_error = ?, lease_until = NULL,"
        f" claimed_at = ? WHERE {_OWN}",
        [why, _claimed_before(row), row.id, row.attempts],
    )


def _claimed_before(row: Row) -> int | None:
    return None if row.claimed_at is None else millis(row.claimed_at)


class Waiting(Struct, frozen=True):
    """What the queue waits for: ``first_due`` of all rows, ``next_due`` of those that were not due yet (both on the
    programme's clock), ``next_retry`` of those that were and wait for another attempt (on the machine's).
    """

    first_due: datetime | None
    next_due: datetime | None
    next_retry: datetime | None


def waiting(db: Database, *, now: datetime, wall: datetime) -> Waiting:
    """See Waiting. ``now`` and ``wall`` are those of the last claim: what it left behind is not waited for, since that
    lacks room or its server, and whoever brings those wakes the delivery.

    Read from indices alone, on the loop: also where thousands wait for their server or their next attempt.
    """
    first = "SELECT due_at FROM outbox WHERE state = 'queued' ORDER BY due_at LIMIT 1"
    due = "SELECT due_at FROM outbox WHERE state = 'queued' AND due_at > ? ORDER BY due_at LIMIT 1"
    retry = (
        "SELECT retry_at FROM outbox WHERE state = 'queued' AND retry_at > 0 AND +due_at <= ? AND retry_at > ?"
        " ORDER BY retry_at LIMIT 1"
    )
    found = [
        db.execute(first).fetchone(),
        db.execute(due, [millis(now)]).fetchone(),
        db.execute(retry, [millis(now), millis(wall)]).fetchone(),
    ]
    return Waiting(*(instant(row[0]) if row and row[0] is not None else None for row in found))
