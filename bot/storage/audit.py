"""The audit trail: entries are added, and never changed or taken away."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.audit import CASE_ACTS, ActKind, Entry, Outcome
from bot.storage.delivery.outbox import instant, millis

#: Entries among which an attempt is looked for that was made a moment ago.
_LOOKED_AT = 500


def add(db: Database, guild_id: int, entry: Entry, *, mark: str) -> int | None:
    """The new entry's id; None where the act with this ``mark`` is there already. Call inside a transaction."""
    done = db.execute(
        "INSERT OR IGNORE INTO audit(guild_id, at, actor_id, act, about, outcome, detail, mark)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            guild_id,
            millis(entry.at),
            entry.actor,
            entry.act.value,
            entry.about,
            entry.outcome.value,
            entry.detail,
            mark,
        ],
    )
    return done.lastrowid if done.rowcount else None


def known(db: Database, guild_id: int, mark: str) -> bool:
    """Whether the act with this ``mark`` is there already."""
    found = db.execute("SELECT 1 FROM audit WHERE guild_id = ? AND mark = ?", [guild_id, mark]).fetchone()
    return found is not None


def of_mark(db: Database, guild_id: int, mark: str) -> Entry | None:
    """What was written down of the act with this ``mark``."""
    found = db.query("SELECT * FROM audit WHERE guild_id = ? AND mark = ?", [guild_id, mark])
    return next((_entry(row) for row in found), None)


def attempted(db: Database, guild_id: int, entry: Entry, after: datetime) -> bool:
    """Whether the same person tried the same kind of act, with the same outcome, ``after`` then (UTC) up to ``entry``.

    Only what was written last is looked at: it is there, where somebody tries again and again.
    """
    found = db.execute(
        "SELECT 1 FROM (SELECT * FROM audit WHERE guild_id = ? ORDER BY id DESC LIMIT ?)"
        " WHERE actor_id IS ? AND act = ? AND outcome = ? AND at > ? AND at <= ?",
        [
            *(guild_id, _LOOKED_AT, entry.actor, entry.act.value, entry.outcome.value),
            *(millis(after), millis(entry.at)),
        ],
    )
    return found.fetchone() is not None


def of_id(db: Database, guild_id: int, entry_id: int) -> Entry | None:
    """None for one of another guild, too."""
    found = db.query("SELECT * FROM audit WHERE id = ? AND guild_id = ?", [entry_id, guild_id])
    return next((_entry(row) for row in found), None)


def count(db: Database, guild_id: int, *, about_cases: Collection[str] | None = None) -> int:
    """How many entries a guild has. ``about_cases`` as in ``newest``."""
    where, values = _shown(about_cases)
    (number,) = db.execute(f"SELECT count(*) FROM audit WHERE guild_id = ?{where}", [guild_id, *values]).fetchone()
    return int(number)


def newest(
    db: Database, guild_id: int, *, skip: int = 0, most: int, about_cases: Collection[str] | None = None
) -> list[Entry]:
    """A guild's entries, what was written last first. Of acts on cases only those ``about_cases``; None: all."""
    where, values = _shown(about_cases)
    query = f"SELECT * FROM audit WHERE guild_id = ?{where} ORDER BY id DESC LIMIT ? OFFSET ?"
    return [_entry(row) for row in db.query(query, [guild_id, *values, most, skip])]


def _shown(about_cases: Collection[str] | None) -> tuple[str, list[str]]:
    if about_cases is None:
        return "", []
    acts, cases = ", ".join("?" * len(CASE_ACTS)), ", ".join("?" * len(about_cases))
    return f" AND (act NOT IN ({acts}) OR about IN ({cases}))", [*(act.value for act in CASE_ACTS), *about_cases]


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(
        at=instant(row["at"]),
        actor=row["actor_id"],
        act=ActKind(row["act"]),
        about=row["about"],
        outcome=Outcome(row["outcome"]),
        detail=row["detail"],
    )
