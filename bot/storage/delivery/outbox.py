"""The outbox: what is to be said, and what became of it.

``due_at`` and ``expires_at`` are on the programme's clock, which a rehearsal may run fast; claims, leases and retries
are on the machine's. All are aware UTC instants here and milliseconds in the table.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from operator import itemgetter
from typing import Any

import msgspec
from msgspec import Struct
from sqlite_utils import Database

from bot.domain.people import Group
from bot.domain.reminders.notice import Facts


class State(StrEnum):
    """QUEUED and LEASED are under way, PAUSED is held back until somebody says otherwise; the others are final."""

    QUEUED = "queued"
    LEASED = "leased"
    PAUSED = "paused"
    SENT = "sent"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class Op(StrEnum):
    """What is asked of Discord. MESSAGE, DM and THREAD make something new; the first two take a nonce.

    DM_EDIT edits a direct message: whose it is, and what it says, is nobody else's business. PUBLISH hands a message of
    an announcement channel on to the channels that follow it. SPREAD asks for nothing: when it is due, it becomes the
    messages of an announcement, one for each of those who are to be told by then. THREAD opens the thread of what its
    place names (see ``storage.threads``), with a first message; MEMBER lets somebody into a case's thread, or out. ROLE
    gives somebody the role of authors, or takes it back. RENAME calls a thread as what it is for is called by now.
    PLAN asks for nothing: what thousands of authors are told is planned anew, a portion at a time.
    """

    MESSAGE = "message"
    EDIT = "edit"
    DM = "dm"
    DM_EDIT = "dm_edit"
    PUBLISH = "publish"
    SPREAD = "spread"
    THREAD = "thread"
    MEMBER = "member"
    ROLE = "role"
    RENAME = "rename"
    PLAN = "plan"


#: What concerns one person alone. And what changes something that was said, which may be done twice.
PERSONAL = frozenset({Op.DM, Op.DM_EDIT})
EDITS = frozenset({Op.EDIT, Op.DM_EDIT})
#: What is queued anew by the same row when something changes, also while that is under way.
ANEW = EDITS | {Op.ROLE, Op.RENAME, Op.PLAN}
#: What makes a new message, which an attempt that nobody recorded may have left.
NEW = frozenset({Op.MESSAGE, Op.DM, Op.THREAD})
#: What of it takes a nonce, by which Discord itself knows a second attempt.
WITH_NONCE = frozenset({Op.MESSAGE, Op.DM})


class Priority:
    """Lower goes first."""

    CHANGE = 0
    REMINDER = 1
    #: What people ask and answer, and stand waiting to see.
    QUESTION = 2
    #: What follows a change one by one to many people.
    PERSONAL = 3
    BULK = 5


class Row(Struct, frozen=True):
    """One thing to say. ``place`` is a channel's purpose, what a thread is for (poster/p17), for a DM the person's id,
    or the case that they reported (reporter/3), where no row may say who they are; for a ROLE the record of who is to
    hold it.

    ``claimed_at`` is when the first attempt began whose outcome nobody knows; on a row that was just claimed, of those
    before the present one. ``channel_id`` and ``message_id`` are the receipt, or for an EDIT the message to edit.
    ``announcement`` is the id of the one that it is part of.
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
    announcement: int | None = None
    attempts_before: int = 0

    @property
    def tries(self) -> int:
        """The attempts since it ended last: a row may be used anew."""
        return self.attempts - self.attempts_before

    @property
    def name(self) -> str:
        """For the log, where a key that tells of a person's agenda has no business."""
        return f"row {self.id} ({self.op if self.op in PERSONAL else self.key})"


_FACTS = msgspec.json.Decoder(Facts)


def encoded(facts: Facts) -> str:
    return msgspec.json.encode(facts).decode()


def decoded(stored: str) -> Facts:
    return _FACTS.decode(stored)


def millis(instant: datetime) -> int:
    """Milliseconds since 1970, in whole numbers: a float would lose some."""
    return (instant - _EPOCH) // MILLISECOND


_EPOCH, MILLISECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(milliseconds=1)


def instant(value: int) -> datetime:
    return _EPOCH + value * MILLISECOND


def token(db: Database) -> str:
    """This database's name for itself, six characters. Call inside a transaction."""
    db.execute("INSERT INTO instance SELECT lower(hex(randomblob(3))) WHERE NOT EXISTS (SELECT 1 FROM instance)")
    (found,) = db.execute("SELECT token FROM instance").fetchone()
    return str(found)


def of_guild(db: Database, guild_id: int, *, most: int = 100_000) -> list[Row]:
    """A guild's rows in the order they are due."""
    query = "SELECT * FROM outbox WHERE guild_id = ? ORDER BY due_at, priority, id LIMIT ?"
    return rows_of(db, query, [guild_id, most])


def by_ids(db: Database, guild_id: int, ids: Iterable[str]) -> list[Row]:
    """Those of a guild's rows that have these ids, as a REPORT names them."""
    wanted = [int(row_id) for row_id in ids]
    # The plus keeps off the index of guilds: one may have a hundred thousand rows.
    query = f"SELECT * FROM outbox WHERE id IN ({', '.join('?' * len(wanted))}) AND +guild_id = ? ORDER BY due_at, id"
    return rows_of(db, query, [*wanted, guild_id])


def original_of(db: Database, row: Row) -> Row | None:
    """The row whose message ``row`` changes or hands on; None once that is kept no longer."""
    return next(iter(by_ids(db, row.guild_id, [row.place])), None)


def direct_to(db: Database, user_id: int, row_id: int) -> Row | None:
    """The direct message of this id, if it is to this person: where they read it, no guild is known."""
    query = "SELECT * FROM outbox WHERE id = ? AND op = ? AND place = ?"
    return next(iter(rows_of(db, query, [row_id, Op.DM.value, str(user_id)])), None)


#: The columns, in the order in which Row has them.
_COLUMNS = (
    *("id", "guild_id", "dedupe_key", "op", "place", "audience", "facts", "priority", "due_at", "expires_at", "state"),
    *("claimed_at", "attempts", "channel_id", "message_id", "done_at", "last_error", "announcement"),
    "attempts_before",
)
#: As they are stored. To ask the class is several times as long, and a thousand rows may be due at one instant.
_OPS = {one.value: one for one in Op}
_STATES = {one.value: one for one in State}
_GROUPS = {one.value: one for one in Group}


def rows_of(db: Database, query: str, values: Any) -> list[Row]:
    """What a query gives that asks for whole rows."""
    cursor = db.execute(query, values)
    # Of two columns with one name the later counts.
    places = {column[0]: place for place, column in enumerate(cursor.description)}
    in_order = itemgetter(*(places[name] for name in _COLUMNS))
    # Many are told the same: their facts are read once.
    known: dict[str, Facts] = {}
    return [_row(known, *in_order(found)) for found in cursor.fetchall()]


def _row(
    known: dict[str, Facts],
    row_id: int,
    guild_id: int,
    key: str,
    op: str,
    place: str,
    audience: str,
    facts: str,
    priority: int,
    due_at: int,
    expires_at: int,
    state: str,
    claimed_at: int | None,
    attempts: int,
    channel_id: int | None,
    message_id: int | None,
    done_at: int | None,
    last_error: str | None,
    announcement: int | None,
    attempts_before: int,
) -> Row:
    return Row(
        row_id,
        guild_id,
        key,
        _OPS[op],
        place,
        _GROUPS[audience],
        known.get(facts) or known.setdefault(facts, decoded(facts)),
        priority,
        instant(due_at),
        instant(expires_at),
        _STATES[state],
        None if claimed_at is None else instant(claimed_at),
        attempts,
        channel_id,
        message_id,
        None if done_at is None else instant(done_at),
        last_error,
        announcement,
        attempts_before,
    )
