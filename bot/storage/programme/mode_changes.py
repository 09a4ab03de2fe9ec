"""Changes of how people attend: drafts that a preview shows, and what was done."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec import Struct
from sqlite_utils import Database

from bot.domain.changes.mode import ModeRequest, Replaced
from bot.domain.reminders.repeats import Repeat
from bot.storage.delivery.outbox import instant, millis

#: A preview that nobody decided on is forgotten after so long.
_DRAFTS_LAST = timedelta(days=1)


class Stage(StrEnum):
    """UNDONE ones were taken back by another change."""

    DRAFT = "draft"
    DONE = "done"
    UNDONE = "undone"


class ModeChange(Struct, frozen=True):
    """``without`` are repetitions that were switched off; ``mark`` tells what the preview was made over.

    ``undoes`` is the id of the change that this one takes back. ``before`` is known once it is done.
    """

    id: int
    stage: Stage
    request: ModeRequest
    without: tuple[Repeat, ...] = ()
    mark: str = ""
    undoes: int | None = None
    before: tuple[Replaced, ...] = ()


_COLUMNS = "id, state, request, without, mark, undoes, before"


def draft(
    db: Database,
    guild_id: int,
    event_id: str,
    request: ModeRequest,
    *,
    mark: str,
    by: str,
    at: datetime,
    undoes: int | None = None,
) -> int:
    """Keep what a preview shows; its id. ``at`` is in UTC. Call inside a transaction."""
    db.execute(
        "DELETE FROM mode_change WHERE guild_id = ? AND state = 'draft' AND made_at < ?",
        [guild_id, millis(at - _DRAFTS_LAST)],
    )
    done = db.execute(
        "INSERT INTO mode_change(guild_id, event_id, request, mark, undoes, made_by, made_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [guild_id, event_id, _text(request), mark, undoes, by, millis(at)],
    )
    return done.lastrowid or 0


def of_id(db: Database, guild_id: int, change_id: int) -> ModeChange | None:
    """A guild's change; None where it was forgotten, or is another guild's."""
    query = f"SELECT {_COLUMNS} FROM mode_change WHERE guild_id = ? AND id = ?"
    row = db.execute(query, [guild_id, change_id]).fetchone()
    return _change(*row) if row else None


def redraft(db: Database, change_id: int, *, without: Collection[Repeat], mark: str) -> None:
    """Other repetitions, or a newer look at what it is made over. Call inside a transaction."""
    db.execute(
        "UPDATE mode_change SET without = ?, mark = ? WHERE id = ? AND state = 'draft'",
        [_text(sorted(without)), mark, change_id],
    )


def drop(db: Database, change_id: int) -> None:
    """Forget a draft. Call inside a transaction."""
    db.execute("DELETE FROM mode_change WHERE id = ? AND state = 'draft'", [change_id])


def finish(
    db: Database, change: ModeChange, *, before: Sequence[Replaced], sessions: Sequence[str], by: str, at: datetime
) -> bool:
    """A draft is done, and what it takes back is undone. False where it was done already. Call inside a transaction."""
    done = db.execute(
        "UPDATE mode_change SET state = 'done', before = ?, sessions = ?, made_by = ?, made_at = ?"
        " WHERE id = ? AND state = 'draft'",
        [_text(before), _text(sessions), by, millis(at), change.id],
    )
    if done.rowcount and change.undoes is not None:
        db.execute("UPDATE mode_change SET state = 'undone' WHERE id = ?", [change.undoes])
    return bool(done.rowcount)


def to_take_back(db: Database, guild_id: int, event_id: str) -> list[ModeChange]:
    """The changes that are in force, and take nothing back themselves; the newest first."""
    query = (
        f"SELECT {_COLUMNS} FROM mode_change WHERE guild_id = ? AND event_id = ? AND state = 'done'"
        " AND undoes IS NULL ORDER BY id DESC"
    )
    return [_change(*row) for row in db.execute(query, [guild_id, event_id])]


def done(db: Database, guild_id: int, event_id: str) -> list[tuple[ModeChange, datetime]]:
    """The changes in force, those that take others back too, each with the UTC instant at which it was made."""
    query = f"SELECT {_COLUMNS}, made_at FROM mode_change WHERE guild_id = ? AND event_id = ? AND state = 'done'"
    return [(_change(*row[:-1]), instant(row[-1])) for row in db.execute(query, [guild_id, event_id])]


def taken_over(db: Database, guild_id: int, event_id: str) -> dict[int, frozenset[str]]:
    """For the id of each change that was done, undone ones included, the sessions that later ones told of."""
    rows = db.execute(
        "SELECT id, sessions FROM mode_change WHERE guild_id = ? AND event_id = ? AND state IN ('done', 'undone')"
        " ORDER BY made_at DESC, id DESC",
        [guild_id, event_id],
    )
    found, later = {}, frozenset[str]()
    for change_id, told in rows:
        found[change_id] = later
        later |= frozenset(msgspec.json.decode(told, type=list[str]))
    return found


def telling_of(db: Database, guild_id: int, sessions: Collection[str], *, but: int) -> list[ModeChange]:
    """The changes, save ``but``, that told of one of ``sessions``."""
    rows = db.execute(
        f"SELECT {_COLUMNS}, sessions FROM mode_change WHERE guild_id = ? AND state IN ('done', 'undone') AND id != ?",
        [guild_id, but],
    )
    return [_change(*row[:-1]) for row in rows if not set(sessions).isdisjoint(msgspec.json.decode(row[-1]))]


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _change(
    change_id: int, stage: str, request: str, without: str, mark: str, undoes: int | None, before: str | None
) -> ModeChange:
    return ModeChange(
        change_id,
        Stage(stage),
        msgspec.json.decode(request, type=ModeRequest),
        msgspec.json.decode(without, type=tuple[Repeat, ...]),
        mark,
        undoes,
        msgspec.json.decode(before, type=tuple[Replaced, ...]) if before else (),
    )
