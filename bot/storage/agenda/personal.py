"""Personal reminders as rows of the outbox: made, moved and taken back as agendas, choices and the programme say.

Their keys start with ``dm:`` and the person's id, or with ``mention:``.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from bot.domain.agenda import Star, StarKind
from bot.domain.reminders.choice import Where
from bot.domain.reminders.notice import Facts, Notice
from bot.storage.agenda import snoozed
from bot.storage.delivery.outbox import Op, Priority, encoded, millis

DIRECT, MENTION = "dm:", "mention:"
#: Keys looked for in one query: SQLite takes 999 parameters at least.
_AT_ONCE = 900

#: A notice and the direct channel it goes to, where that is known.
Direct = tuple[Notice, int | None]


def sync_person(db: Database, guild_id: int, user_id: int, wanted: Iterable[Direct], *, now: datetime) -> None:
    """Make one person's direct reminders those of ``wanted``. Call inside a transaction; twice changes nothing."""
    _sync(db, guild_id, Op.DM, f"{DIRECT}{user_id}:", wanted, now)


def sync_people(db: Database, guild_id: int, wanted: Iterable[Direct], *, now: datetime) -> None:
    """The same for everybody in a guild."""
    _sync(db, guild_id, Op.DM, DIRECT, wanted, now)


def sync_keys(db: Database, guild_id: int, op: Op, keys: str, wanted: Iterable[Direct], *, now: datetime) -> None:
    """Make the rows those of ``wanted`` whose keys begin with ``keys``, which ends with a colon. As above."""
    _sync(db, guild_id, op, keys, wanted, now)


def sync_mentions(db: Database, guild_id: int, wanted: Iterable[Notice], *, now: datetime) -> None:
    """Make a guild's reminders in a channel those of ``wanted``."""
    _sync(db, guild_id, Op.MESSAGE, MENTION, ((notice, None) for notice in wanted), now)


def ensure_mentions(db: Database, guild_id: int, wanted: Iterable[Notice], *, now: datetime) -> None:
    """See that there are those of ``wanted``, and leave the others: one that names nobody any more is not sent."""
    _sync(db, guild_id, Op.MESSAGE, MENTION, ((notice, None) for notice in wanted), now, keep=True)


def sync_direct_difference(
    db: Database, guild_id: int, gone: Iterable[str], wanted: Iterable[Direct], *, now: datetime
) -> None:
    """Take back the direct reminders with the keys ``gone``, see that there are those of ``wanted``, leave the rest."""
    _sync_difference(db, guild_id, Op.DM, gone, wanted, now)


def sync_mention_difference(
    db: Database, guild_id: int, gone: Iterable[str], wanted: Iterable[Notice], *, now: datetime
) -> None:
    """The same of reminders in a channel."""
    _sync_difference(db, guild_id, Op.MESSAGE, gone, ((notice, None) for notice in wanted), now)


def close(db: Database, guild_id: int, user_id: int, *, now: datetime) -> None:
    """Stop the reminders of somebody who takes no direct messages any more. Call inside a transaction.

    Each would be refused, and Discord bans a bot for refused requests.
    """
    db.execute(
        "UPDATE reminder_choice SET switched_off = 1, closed = 1 WHERE guild_id = ? AND user_id = ? AND place = ?",
        [guild_id, user_id, Where.DM],
    )
    sync_person(db, guild_id, user_id, (), now=now)
    snoozed.keep(db, guild_id, user_id, (), now=now)


def starred(db: Database, guild_id: int) -> list[Star]:
    """Everything that somebody in a guild starred, each once."""
    rows = db.execute("SELECT DISTINCT kind, record_id FROM star WHERE guild_id = ? ORDER BY 1, 2", [guild_id])
    return [Star(StarKind(kind), record_id) for kind, record_id in rows]


def starred_by_the_reminded(db: Database, guild_id: int) -> dict[int, list[Star]]:
    """User id -> stars, of everybody in a guild who wants to be reminded."""
    found: dict[int, list[Star]] = {}
    known: dict[tuple[str, str], Star] = {}
    rows = db.execute(
        "SELECT user_id, kind, record_id FROM reminder_choice JOIN star USING (guild_id, user_id)"
        " WHERE guild_id = ? AND NOT switched_off ORDER BY user_id, starred_at, kind, record_id",
        [guild_id],
    )
    for user_id, kind, record_id in rows:
        star = known.get((kind, record_id)) or known.setdefault((kind, record_id), Star(StarKind(kind), record_id))
        found.setdefault(user_id, []).append(star)
    return found


def mentioned(db: Database, guild_id: int, wanted: Iterable[Star], lead: timedelta) -> list[int]:
    """Who holds one of ``wanted`` and wants to be mentioned so long before, in rising order of their ids."""
    found: set[int] = set()
    for star in dict.fromkeys(wanted):
        # CROSS: first who holds the star, by its index, then what each of them chose.
        rows = db.execute(
            "SELECT user_id FROM star CROSS JOIN reminder_choice USING (guild_id, user_id)"
            " WHERE guild_id = ? AND kind = ? AND record_id = ?"
            " AND place = ? AND NOT switched_off AND lead_minutes = ?",
            [guild_id, star.kind, star.record_id, Where.CHANNEL, lead // timedelta(minutes=1)],
        )
        found.update(user_id for (user_id,) in rows)
    return sorted(found)


#: What is compared of a row that is known.
_KNOWN = "SELECT id, dedupe_key, state, place, audience, facts, due_at, expires_at, channel_id FROM outbox"


def _sync(
    db: Database, guild_id: int, op: Op, start: str, wanted: Iterable[Direct], now: datetime, *, keep: bool = False
) -> None:
    """Make the rows whose keys begin with ``start`` those of ``wanted``; where ``keep``, leave the others."""
    # By the index: ";" follows ":".
    query = f"{_KNOWN} WHERE guild_id = ? AND dedupe_key >= ? AND dedupe_key < ?"
    _write(db, guild_id, op, _rows(wanted), db.execute(query, [guild_id, start, start[:-1] + ";"]), now, keep=keep)


def _sync_difference(
    db: Database, guild_id: int, op: Op, gone: Iterable[str], wanted: Iterable[Direct], now: datetime
) -> None:
    rows = [*_rows(wanted)]
    keys = [*gone, *(notice.key for notice, _ in rows)]
    known: list[tuple[Any, ...]] = []
    for first in range(0, len(keys), _AT_ONCE):
        part = keys[first : first + _AT_ONCE]
        query = f"{_KNOWN} WHERE guild_id = ? AND dedupe_key IN ({', '.join('?' * len(part))})"
        known += db.execute(query, [guild_id, *part])
    _write(db, guild_id, op, rows, known, now)


def _write(
    db: Database,
    guild_id: int,
    op: Op,
    wanted: Iterable[tuple[Notice, list[Any]]],
    present: Iterable[tuple[Any, ...]],
    now: datetime,
    *,
    keep: bool = False,
) -> None:
    """What was sent stays. What is new but due before ``now`` is left out: its moment has passed."""
    values = {notice.key: row for notice, row in wanted}
    known = {key: (row_id, state, rest) for row_id, key, state, *rest in present}
    at = millis(now)
    new, again = [], []
    for key, row in values.items():
        found = known.get(key)
        if found is None:
            if row[3] >= at:
                new.append([guild_id, key, op.value, Priority.REMINDER, *row])
            continue
        row_id, state, before = found
        if (state == "queued" and before != row) or (state == "cancelled" and row[3] >= at):
            again.append([*row, row_id])
    db.conn.executemany(
        "INSERT INTO outbox(guild_id, dedupe_key, op, priority, place, audience, facts, due_at, expires_at, channel_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        new,
    )
    db.conn.executemany(
        "UPDATE outbox SET state = 'queued', done_at = NULL, place = ?, audience = ?, facts = ?, due_at = ?,"
        " expires_at = ?, channel_id = ? WHERE id = ?",
        again,
    )
    if not keep:
        gone = [[at, found[0]] for key, found in known.items() if key not in values and found[1] == "queued"]
        db.conn.executemany("UPDATE outbox SET state = 'cancelled', done_at = ? WHERE id = ?", gone)


def _rows(wanted: Iterable[Direct]) -> Iterable[tuple[Notice, list[Any]]]:
    """Each notice with its columns. Facts repeat: thousands are reminded of one session."""
    texts: dict[Facts, str] = {}
    for notice, channel_id in wanted:
        text = texts.get(notice.facts) or texts.setdefault(notice.facts, encoded(notice.facts))
        yield (
            notice,
            [
                notice.place,
                notice.audience.value,
                text,
                millis(notice.due_at),
                millis(notice.expires_at),
                channel_id,
            ],
        )
