"""Planned notices as rows of the outbox: made, moved and taken back as the plan says."""

from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from bot.domain.reminders.notice import Notice
from bot.storage.delivery.outbox import Op, Priority, encoded, millis

#: The keys of what answers an act of a person; all others are planned.
ACT = "act:"


def keys_beginning(with_: str) -> tuple[str, str]:
    """The first key that begins so, and the first behind all of them: a range can use the index, a pattern cannot."""
    return with_, f"{with_[:-1]}{chr(ord(with_[-1]) + 1)}"


#: What else there may be in a guild: what acts caused, and what agendas ask for (see ``personal``), a hundred thousand.
_OTHERS = (ACT, "dm:", "mention:")
_BOUNDS = [bound for beginning in _OTHERS for bound in keys_beginning(beginning)]
#: The keys before, between and behind those: each a range, so that none of the others is looked at.
_RANGES = list(zip(["", *_BOUNDS[1::2]], [*_BOUNDS[::2], "\U0010ffff"], strict=True))


def sync(db: Database, guild_id: int, notices: Iterable[Notice], *, now: datetime) -> None:
    """Make a guild's planned rows those of ``notices``. Call inside a transaction. Doing it twice changes nothing.

    What was sent stays. What is new but due before ``now`` (UTC) is left out: its moment has passed.
    """
    wanted = {notice.key: notice for notice in notices}
    query = (
        "SELECT id, dedupe_key, state, due_at, expires_at, facts, place, audience FROM outbox"
        " WHERE guild_id = ? AND dedupe_key >= ? AND dedupe_key < ? AND op = 'message'"
    )
    known = {row["dedupe_key"]: row for keys in _RANGES for row in db.query(query, [guild_id, *keys])}
    for key, notice in wanted.items():
        row = known.get(key)
        if row is None:
            if notice.due_at >= now:
                _insert(db, guild_id, notice)
        elif row["state"] == "queued" or (row["state"] == "cancelled" and notice.due_at >= now):
            _update(db, row, notice)
    gone = [row["id"] for key, row in known.items() if key not in wanted and row["state"] == "queued"]
    for row_id in gone:
        db.execute("UPDATE outbox SET state = 'cancelled', done_at = ? WHERE id = ?", [millis(now), row_id])


def _insert(db: Database, guild_id: int, notice: Notice) -> None:
    db.execute(
        "INSERT INTO outbox(guild_id, dedupe_key, op, place, audience, facts, priority, due_at, expires_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [guild_id, notice.key, Op.MESSAGE.value, *_values(notice)],
    )


def _update(db: Database, row: dict[str, object], notice: Notice) -> None:
    values = _values(notice)
    same = [row[name] for name in ("place", "audience", "facts", "due_at", "expires_at")]
    if row["state"] == "queued" and same == [*values[:3], *values[4:]]:
        return
    db.execute(
        "UPDATE outbox SET state = 'queued', done_at = NULL, place = ?, audience = ?, facts = ?, priority = ?,"
        " due_at = ?, expires_at = ?, retry_at = 0 WHERE id = ?",
        [*values, row["id"]],
    )


def _values(notice: Notice) -> list[object]:
    return [
        notice.place,
        notice.audience.value,
        encoded(notice.facts),
        Priority.REMINDER,
        millis(notice.due_at),
        millis(notice.expires_at),
    ]
