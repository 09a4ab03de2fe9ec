"""What tells everybody how they attend by now, at once and again: rows of one act, by channel and person.

Their keys hold the act, then who is told ("all" or a person's id), then which repetition it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.domain.people import Group
from bot.domain.reminders.notice import Facts
from bot.storage.delivery.outbox import Op, Priority, Row, encoded, millis
from bot.storage.delivery.planned import ACT, keys_beginning

_MODE = f"{ACT}mode:"
#: Who is told, in the key of what stands in a channel.
ALL = "all"


#: Which repetition, when it is due, and until when it is of use.
Time = tuple[str, datetime, datetime]


def add(
    db: Database,
    guild_id: int,
    act: int,
    facts: Facts,
    times: Sequence[Time],
    *,
    place: str,
    people: Mapping[int, int | None],
) -> None:
    """Queue what tells of an act, at each of its times: in the channel, then to ``people``. Call inside a transaction.

    ``people`` are ids with the direct channels that are known. All at once: thousands may want copies.
    """
    text = encoded(facts)
    told: list[tuple[str, Op, str, int, int | None]] = [(ALL, Op.MESSAGE, place, Priority.CHANGE, None)]
    told += [(str(user), Op.DM, str(user), Priority.PERSONAL, channel) for user, channel in people.items()]
    db.conn.executemany(
        "INSERT OR IGNORE INTO outbox(guild_id, dedupe_key, op, place, audience, facts, priority, due_at, expires_at,"
        " channel_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            [
                guild_id,
                f"{_MODE}{act}:{who}:{repeat}",
                op.value,
                where,
                Group.PUBLIC.value,
                text,
                priority,
                millis(due),
                millis(until),
                channel,
            ]
            for repeat, due, until in times
            for who, op, where, priority, channel in told
        ),
    )


def supersede(db: Database, guild_id: int, acts: Iterable[int], *, now: datetime) -> int:
    """Take back what is still queued of earlier acts; how much. Call inside a transaction."""
    number = 0
    for act in acts:
        done = db.execute(
            "UPDATE outbox SET state = 'cancelled', done_at = ?, last_error = 'superseded by a later change'"
            " WHERE guild_id = ? AND dedupe_key >= ? AND dedupe_key < ? AND state = 'queued'",
            [millis(now), guild_id, *keys_beginning(f"{_MODE}{act}:")],
        )
        number += done.rowcount
    return number


def said_again(db: Database, row: Row, now: datetime) -> bool:
    """Whether a later repetition of the same is due as well: after an outage, people need only the last."""
    start = row.key.rpartition(":")[0] + ":"
    query = (
        "SELECT 1 FROM outbox WHERE guild_id = ? AND dedupe_key >= ? AND dedupe_key < ? AND due_at > ? AND due_at <= ?"
        " AND state IN ('queued', 'leased')"
    )
    values = [row.guild_id, *keys_beginning(start), millis(row.due_at), millis(now)]
    return db.execute(query, values).fetchone() is not None
