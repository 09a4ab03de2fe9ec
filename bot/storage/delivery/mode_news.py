"""What tells everybody how they attend by now, at once and again: rows of one act, by channel and person.

Their keys hold the act, then who is told ("all" or a person's id), then which repetition it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.people import Group
from bot.domain.reminders.notice import Facts
from bot.storage.delivery.outbox import Op, Priority, Row, encoded, millis
from bot.storage.delivery.planned import ACT, keys_beginning

_MODE = f"{ACT}mode:"
#: Who is told, in the key of what stands in a channel.
ALL = "all"
#: What stands on a row whose moment is no more as things stand. Another change of the programme may bring it back.
_NO_MOMENT = "what it is about was moved or cancelled"
#: Of one act, what is still to be told, or may be again.
_OF_ACT = "guild_id = :guild AND dedupe_key >= :first AND dedupe_key < :behind"
_TAKEN_BACK = f"(state = 'cancelled' AND last_error = '{_NO_MOMENT}')"


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
            "UPDATE outbox SET state = 'cancelled', done_at = :now, last_error = 'superseded by a later change'"
            f" WHERE {_OF_ACT} AND (state = 'queued' OR {_TAKEN_BACK})",
            {**_of_act(guild_id, act), "now": millis(now)},
        )
        number += done.rowcount
    return number


def move(db: Database, guild_id: int, act: int, times: Sequence[Time], *, now: datetime) -> None:
    """Let what an act has still to tell after ``now`` (UTC) be at ``times``. Call inside a transaction.

    Each repetition that has no time, or one that has passed, is taken back; it is there again once it has one.
    """
    values = {**_of_act(guild_id, act), "now": millis(now)}
    to_come = f"{_OF_ACT} AND ((state = 'queued' AND due_at > :now) OR {_TAKEN_BACK})"
    wanted = {repeat: (millis(due), millis(until)) for repeat, due, until in times if due > now}
    for repeat, (due, until) in wanted.items():
        db.execute(
            "UPDATE outbox SET state = 'queued', done_at = NULL, last_error = NULL, due_at = :due, expires_at = :until"
            f" WHERE {to_come} AND substr(dedupe_key, -length(:ending)) = :ending",
            {**values, "due": due, "until": until, "ending": f":{repeat}"},
        )
    marks = {f"ending{at}": f":{repeat}" for at, repeat in enumerate(wanted)}
    others = "".join(f" AND substr(dedupe_key, -length(:{mark})) != :{mark}" for mark in marks)
    db.execute(
        f"UPDATE outbox SET state = 'cancelled', done_at = :now, last_error = '{_NO_MOMENT}' WHERE {to_come}{others}",
        {**values, **marks},
    )


def _of_act(guild_id: int, act: int) -> dict[str, Any]:
    first, behind = keys_beginning(f"{_MODE}{act}:")
    return {"guild": guild_id, "first": first, "behind": behind}


def said_again(db: Database, row: Row, now: datetime) -> bool:
    """Whether a later repetition of the same is due as well: after an outage, people need only the last."""
    start = row.key.rpartition(":")[0] + ":"
    query = (
        "SELECT 1 FROM outbox WHERE guild_id = ? AND dedupe_key >= ? AND dedupe_key < ? AND due_at > ? AND due_at <= ?"
        " AND state IN ('queued', 'leased')"
    )
    values = [row.guild_id, *keys_beginning(start), millis(row.due_at), millis(now)]
    return db.execute(query, values).fetchone() is not None
