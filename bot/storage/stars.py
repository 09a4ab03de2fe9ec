"""What people starred in each guild."""

from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from bot.domain.agenda import Star, StarKind

#: Stars looked for in one query: SQLite takes 999 parameters at least, and each star is two.
_AT_ONCE = 400


class FullError(Exception):
    """A person holds as many stars as they may."""


def add(db: Database, guild_id: int, user_id: int, star: Star, at: datetime, *, most: int) -> bool:
    """Whether it is new. ``at`` is a UTC instant. Call inside a transaction.

    Raises FullError for a new one where the person holds ``most`` already.
    """
    known = of_person(db, guild_id, user_id)
    if star in known:
        return False
    if len(known) >= most:
        raise FullError
    db.execute(
        "INSERT INTO star(guild_id, user_id, kind, record_id, starred_at) VALUES (?, ?, ?, ?, ?)",
        [guild_id, user_id, star.kind, star.record_id, at.isoformat()],
    )
    return True


def remove(db: Database, guild_id: int, user_id: int, star: Star) -> bool:
    """Whether it was there. Call inside a transaction."""
    done = db.execute(
        "DELETE FROM star WHERE guild_id = ? AND user_id = ? AND kind = ? AND record_id = ?",
        [guild_id, user_id, star.kind, star.record_id],
    )
    return bool(done.rowcount)


def of_person(db: Database, guild_id: int, user_id: int) -> list[Star]:
    """A person's stars, the oldest first."""
    rows = db.execute(
        "SELECT kind, record_id FROM star WHERE guild_id = ? AND user_id = ? ORDER BY starred_at, kind, record_id",
        [guild_id, user_id],
    )
    return [Star(StarKind(kind), record_id) for kind, record_id in rows]


def people_with(db: Database, guild_id: int, stars: Iterable[Star]) -> list[int]:
    """The ids of everybody in a guild who holds at least one of ``stars``, in rising order."""
    wanted = list(dict.fromkeys(stars))
    found: set[int] = set()
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        # CROSS keeps SQLite from reading all stars of the guild: each wanted one is looked up by its index.
        rows = db.execute(
            f"WITH wanted(kind, record_id) AS (VALUES {', '.join(['(?, ?)'] * len(part))})"
            " SELECT DISTINCT user_id FROM wanted CROSS JOIN star USING (kind, record_id) WHERE guild_id = ?",
            [*(text for star in part for text in (star.kind, star.record_id)), guild_id],
        )
        found.update(user_id for (user_id,) in rows)
    return sorted(found)
