"""What was told already and must follow a change, and what an act of a person adds to the outbox."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlite_utils import Database

from bot.domain.changes.change import Change
from bot.domain.people import Group
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.delivery.outbox import Op, Row, decoded, encoded, millis, rows_of
from bot.storage.delivery.planned import ACT, keys_beginning

#: The keys of what tells everybody of a change.
CHANGED = f"{ACT}changed:"
#: Messages that show what the programme says. What was reported as a change stays as it was said.
_SHOWING = (
    *(NoticeKind.SESSIONS, NoticeKind.TALKS, NoticeKind.DIGEST, NoticeKind.OVERVIEW),
    *(NoticeKind.DEADLINE, NoticeKind.PERSONAL),
)

#: What was said, or may have been: each found by an index of its own, beside a hundred thousand rows that wait. The
#: plus keeps off the index of guilds.
_SAID = (
    "guild_id = ? AND state = 'sent' AND done_at IS NOT NULL",
    "+guild_id = ? AND state = 'leased'",
    "guild_id = ? AND state = 'queued' AND claimed_at IS NOT NULL",
)


def naming(db: Database, guild_id: int, ids: Collection[str], days: Collection[date]) -> list[Row]:
    """A guild's messages that name one of ``ids`` (sessions, talks, dates) or tell of one of ``days``, oldest first.

    Besides those that were sent also those that may just be on their way, made of what was true before.
    """
    said = " UNION ALL ".join(f"SELECT id FROM outbox WHERE {where} AND op IN ('message', 'dm')" for where in _SAID)
    query = (
        f"SELECT * FROM outbox WHERE id IN ({said})"
        f" AND json_extract(facts, '$.kind') IN ({_marks(_SHOWING)})"
        f" AND (json_extract(facts, '$.day') IN ({_marks(days)})"
        f" OR EXISTS (SELECT 1 FROM json_each(facts, '$.ids') WHERE value IN ({_marks(ids)}))) ORDER BY id"
    )
    guilds = [guild_id] * len(_SAID)
    values = [*guilds, *(kind.value for kind in _SHOWING), *(day.isoformat() for day in days), *ids]
    return rows_of(db, query, values)


def changes_between(db: Database, guild_id: int, after: datetime, until: datetime) -> list[Change]:
    """What everybody in a guild was told to have changed, from ``after`` (not included) to ``until``, in UTC."""
    rows = db.query(
        "SELECT facts FROM outbox WHERE guild_id = ? AND dedupe_key >= ? AND dedupe_key < ?"
        " AND op = 'message' AND due_at > ? AND due_at <= ? ORDER BY due_at, id",
        [guild_id, *keys_beginning(CHANGED), millis(after), millis(until)],
    )
    return [change for row in rows for change in decoded(row["facts"]).changes]


def said_beginning(db: Database, guild_id: int, keys: str) -> list[tuple[int, Facts]]:
    """Row id and facts of what was sent, or may just be on its way, and whose key begins with ``keys``."""
    rows = db.execute(
        "SELECT id, facts FROM outbox WHERE guild_id = ? AND dedupe_key >= ? AND dedupe_key < ?"
        " AND state IN ('sent', 'leased')",
        [guild_id, *keys_beginning(keys)],
    )
    return [(row_id, decoded(facts)) for row_id, facts in rows]


def since(db: Database, guild_id: int, keys: str, after: datetime, until: datetime) -> bool:
    """Whether a row whose key begins with ``keys`` was due ``after`` then (not included), ``until`` then at the latest.

    Both are in UTC.
    """
    found = db.execute(
        "SELECT 1 FROM outbox WHERE guild_id = ? AND dedupe_key >= ? AND dedupe_key < ? AND due_at > ? AND due_at <= ?"
        " LIMIT 1",
        [guild_id, *keys_beginning(keys), millis(after), millis(until)],
    ).fetchone()
    return found is not None


_ADD = (
    "INSERT OR IGNORE INTO outbox(guild_id, dedupe_key, op, place, audience, facts, priority, due_at, expires_at,"
    " channel_id, message_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def add(
    db: Database,
    guild_id: int,
    key: str,
    op: Op,
    facts: Facts,
    *,
    place: str,
    priority: int,
    due_at: datetime,
    expires_at: datetime,
    audience: Group = Group.PUBLIC,
    message: tuple[int | None, int | None] = (None, None),
) -> None:
    """Queue one thing to say or edit; nothing where the key is known. Call inside a transaction.

    ``message`` is the channel and message to edit.
    """
    db.execute(
        _ADD,
        [
            guild_id,
            key,
            op.value,
            place,
            audience.value,
            encoded(facts),
            priority,
            millis(due_at),
            millis(expires_at),
            *message,
        ],
    )


def anew(
    db: Database,
    guild_id: int,
    key: str,
    facts: Facts,
    *,
    of: int,
    op: Op = Op.EDIT,
    priority: int,
    due_at: datetime,
    expires_at: datetime,
) -> None:
    """Queue that the message of row ``of`` is made to say what is true when the edit is sent: once, however often it is
    asked for until then. Call inside a transaction. ``op`` is EDIT, or DM_EDIT for a direct message, or RENAME for a
    thread that the row opened; for a ROLE ``of`` is the record of who is to hold it.

    One that is being sent may have been made of what was true before: it is sent again.
    """
    db.execute(
        "INSERT INTO outbox(guild_id, dedupe_key, op, place, audience, facts, priority, due_at, expires_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(guild_id, dedupe_key) DO UPDATE SET"
        " due_at = iif(state = 'queued', min(due_at, excluded.due_at), excluded.due_at),"
        " retry_at = iif(state = 'queued', retry_at, 0), expires_at = excluded.expires_at,"
        " state = 'queued', lease_until = NULL, done_at = NULL, last_error = NULL",
        [
            guild_id,
            key,
            op.value,
            str(of),
            Group.PUBLIC.value,
            encoded(facts),
            priority,
            millis(due_at),
            millis(expires_at),
        ],
    )


#: A direct message: its key, what is said, whom that is meant for, whose it is, and the direct channel that is known.
Direct = tuple[str, Facts, Group, int, int | None]


def add_direct(
    db: Database, guild_id: int, wanted: Iterable[Direct], *, priority: int, due_at: datetime, expires_at: datetime
) -> None:
    """The same for direct messages to many people, all due at once."""
    due, until = millis(due_at), millis(expires_at)
    db.conn.executemany(
        _ADD,
        (
            [
                guild_id,
                key,
                Op.DM.value,
                str(user_id),
                audience.value,
                encoded(facts),
                priority,
                due,
                until,
                channel_id,
                None,
            ]
            for key, facts, audience, user_id, channel_id in wanted
        ),
    )


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))
