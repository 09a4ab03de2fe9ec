"""What organizers see of the outbox: what is coming, what became of the rest, and another attempt for what failed.

What goes to a person directly is only counted: who asked to be reminded of what is nobody else's business. What is
said of cases is in no list, number or reason: an organizer may be involved in one that is kept from them.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct
from sqlite_utils import Database

from bot.storage.delivery.claims import BACK
from bot.storage.delivery.outbox import Op, Row, State, millis, rows_of

#: What is sent so long after its time is late: a busy minute is no delay.
LATE_AFTER = timedelta(minutes=2)


class Listed(StrEnum):
    """The lists. SENT holds those of today, LATE is the part of all that were sent which came late."""

    COMING = "coming"
    SENT = "sent"
    LATE = "late"
    FAILED = "failed"
    EXPIRED = "expired"


_LATE_MS = LATE_AFTER // timedelta(milliseconds=1)
#: Each as a condition on the rows of a guild, in the very words of its index: a parameter would not match them.
_WHERE = {
    Listed.COMING: "state IN ('queued', 'leased')",
    Listed.SENT: "state = 'sent' AND done_at >= :since",
    Listed.LATE: f"state = 'sent' AND done_at IS NOT NULL AND done_at - due_at > {_LATE_MS}",
    Listed.FAILED: "state = 'failed' AND done_at IS NOT NULL",
    Listed.EXPIRED: "state = 'expired' AND done_at IS NOT NULL",
}
#: The table, for each list. SQLite would not choose the index of what is late by itself.
_FROM = {listed: "outbox INDEXED BY outbox_late" if listed is Listed.LATE else "outbox" for listed in Listed}
_MESSAGES = (Op.MESSAGE, Op.EDIT)
#: What is of no single person, for each list. An announcement comes as one, whatever it becomes; handing a message on
#: is worth a line only where it failed.
_OPS: dict[Listed, tuple[Op, ...]] = {
    Listed.COMING: (*_MESSAGES, Op.SPREAD),
    Listed.SENT: _MESSAGES,
    Listed.LATE: _MESSAGES,
    Listed.FAILED: (*_MESSAGES, Op.SPREAD, Op.PUBLISH, Op.MEMBER, Op.ROLE, Op.RENAME),
    Listed.EXPIRED: (*_MESSAGES, Op.SPREAD, Op.PUBLISH, Op.MEMBER, Op.ROLE, Op.RENAME),
}
_IN_CHANNELS = {listed: f"guild_id = :guild AND op IN {tuple(map(str, ops))}" for listed, ops in _OPS.items()}
_PERSONAL = "guild_id = :guild AND op IN ('dm', 'dm_edit')"
#: Whether a row is of a kind in ``CASES``, in the very words of its index. They are few among the others, and counting
#: them apart lets all counts be made from indexes alone.
_OF_CASES = """substr(facts, 1, 13) = '{"kind":"case'"""
_FROM_CASES = "outbox INDEXED BY outbox_of_cases"
#: Whether a row belongs to an announcement of which nothing more is to go out.
_CALLED_OFF = "coalesce((SELECT stage FROM announcement WHERE id = outbox.announcement), '') = 'cancelled'"


def counts(db: Database, guild_id: int, *, since: datetime) -> dict[Listed, int]:
    """How many rows for channels each list holds. ``since`` is the UTC instant at which today began."""
    return {listed: _count(db, _IN_CHANNELS[listed], listed, guild_id, since) for listed in Listed}


def personal_counts(db: Database, guild_id: int, *, since: datetime) -> dict[Listed, int]:
    """The same of what goes to people directly."""
    return {listed: _count(db, _PERSONAL, listed, guild_id, since) for listed in Listed}


def personal_reasons(db: Database, guild_id: int) -> list[tuple[str, int]]:
    """Why direct messages failed, and how many for each reason, the commonest first."""
    rows = db.execute(
        "SELECT coalesce(last_error, ''), sum(number) FROM (SELECT last_error, count(*) AS number"
        f" FROM outbox WHERE {_PERSONAL} AND state = 'failed' GROUP BY last_error"
        f" UNION ALL SELECT last_error, -count(*) FROM {_FROM_CASES}"
        f" WHERE {_PERSONAL} AND state = 'failed' AND {_OF_CASES} GROUP BY last_error)"
        " GROUP BY last_error HAVING sum(number) > 0 ORDER BY 2 DESC, 1",
        {"guild": guild_id},
    )
    return [(why, number) for why, number in rows]


def page(db: Database, guild_id: int, listed: Listed, *, since: datetime, skip: int, most: int) -> list[Row]:
    """Rows for channels: what is coming in the order it is due, else the newest first."""
    order = "due_at, priority, id" if listed is Listed.COMING else "done_at DESC, id DESC"
    return rows_of(
        db,
        f"SELECT * FROM {_FROM[listed]} WHERE {_IN_CHANNELS[listed]} AND {_WHERE[listed]} AND NOT {_OF_CASES}"
        f" ORDER BY {order} LIMIT :most OFFSET :skip",
        {**_values(guild_id, since), "most": most, "skip": skip},
    )


class Retried(Struct, frozen=True):
    """``queued`` rows go out again, ``held`` ones once their announcement goes on. ``too_late`` ones stay as they are,
    and those that were ``called_off`` with their announcement.
    """

    queued: int
    too_late: int
    held: int = 0
    called_off: int = 0

    @property
    def number(self) -> int:
        """Of those that something was done about."""
        return self.queued + self.held


def retry(db: Database, guild_id: int, row_ids: Collection[int] | None, *, now: datetime) -> Retried:
    """Queue again what failed in a guild: those of ``row_ids``, or all for channels. Call inside a transaction.

    An attempt of which nothing was heard may have left its message: with a claim older than any and an attempt behind
    it, the row's message is looked for first. What was to become messages has left none.
    """
    chosen = f"{_IN_CHANNELS[Listed.FAILED]} AND {_WHERE[Listed.FAILED]} AND NOT {_OF_CASES}"
    if row_ids is not None:
        chosen += f" AND id IN ({', '.join(str(int(row_id)) for row_id in row_ids)})"
    values = {"guild": guild_id, "now": millis(now)}
    late, off = db.execute(
        "SELECT count(*) FILTER (WHERE expires_at <= :now),"
        f" count(*) FILTER (WHERE expires_at > :now AND {_CALLED_OFF}) FROM outbox WHERE {chosen}",
        values,
    ).fetchone()
    done = db.execute(
        f"UPDATE outbox SET state = {BACK}, attempts = 1, attempts_before = 0, retry_at = 0,"
        f" claimed_at = iif(op = '{Op.SPREAD}', NULL, 0), done_at = NULL"
        f" WHERE {chosen} AND expires_at > :now AND NOT {_CALLED_OFF} RETURNING state",
        values,
    ).fetchall()
    held = sum(state == State.PAUSED for (state,) in done)
    return Retried(len(done) - held, int(late), held, int(off))


def _count(db: Database, whose: str, listed: Listed, guild_id: int, since: datetime) -> int:
    every = f"SELECT count(*) FROM {_FROM[listed]} WHERE {whose} AND {_WHERE[listed]}"
    of_cases = f"SELECT count(*) FROM {_FROM_CASES} WHERE {whose} AND {_WHERE[listed]} AND {_OF_CASES}"
    (found,) = db.execute(f"SELECT ({every}) - ({of_cases})", _values(guild_id, since)).fetchone()
    return int(found)


def _values(guild_id: int, since: datetime) -> dict[str, int]:
    return {"guild": guild_id, "since": millis(since)}
