"""Reminders that somebody asked to hear once more, a little later. Their keys start with the person's id."""

from collections.abc import Collection
from datetime import datetime

from sqlite_utils import Database

from bot.storage.delivery import told
from bot.storage.delivery.outbox import Op, Priority, Row, State, decoded, instant, millis
from bot.storage.delivery.planned import ACT

_START = f"{ACT}snooze:"


def add(db: Database, row: Row, due_at: datetime) -> datetime:
    """Queue the direct reminder ``row`` again; when it comes, in UTC. One that waits already is left as it is.

    Call inside a transaction.
    """
    start = f"{_START}{row.place}:{row.id}:"
    known = _with(db, row.guild_id, start)
    waiting = [due for _, state, due, _ in known if state in (State.QUEUED, State.LEASED)]
    if waiting:
        return instant(waiting[0])
    told.add(
        db,
        row.guild_id,
        f"{start}{len(known)}",
        Op.DM,
        row.facts,
        place=row.place,
        priority=Priority.REMINDER,
        due_at=due_at,
        expires_at=row.expires_at,
        audience=row.audience,
        message=(row.channel_id, None),
    )
    return due_at


def keep(db: Database, guild_id: int, user_id: int, ids: Collection[str], *, now: datetime) -> None:
    """Take back a person's, but for those that tell of one of ``ids``. Call inside a transaction."""
    for row_id, state, _, facts in _with(db, guild_id, f"{_START}{user_id}:"):
        if state == State.QUEUED and not set(decoded(facts).ids) <= set(ids):
            db.execute("UPDATE outbox SET state = 'cancelled', done_at = ? WHERE id = ?", [millis(now), row_id])


def _with(db: Database, guild_id: int, start: str) -> list[tuple[int, str, int, str]]:
    """Id, state, due and facts of the rows whose keys begin with ``start``, by the index: ";" follows ":"."""
    rows = db.execute(
        "SELECT id, state, due_at, facts FROM outbox WHERE guild_id = ? AND dedupe_key >= ? AND dedupe_key < ?"
        " ORDER BY id",
        [guild_id, start, start[:-1] + ";"],
    )
    return list(rows)
