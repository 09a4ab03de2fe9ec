"""What people starred in each guild."""

from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from bot.domain.agenda import Star, StarKind


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


def holders(db: Database, guild_id: int, wanted: Iterable[Star]) -> dict[int, list[Star]]:
    """User id -> those of ``wanted`` that they starred, for everybody in a guild who did."""
    found: dict[int, list[Star]] = {}
    for star in dict.fromkeys(wanted):
        # One step into the index for each: joined with a list of stars, SQLite reads all stars of the guild instead.
        rows = db.execute(
            "SELECT user_id FROM star WHERE guild_id = ? AND kind = ? AND record_id = ?",
            [guild_id, star.kind, star.record_id],
        )
        for (user_id,) in rows:
            found.setdefault(user_id, []).append(star)
    return found


def people_with(db: Database, guild_id: int, wanted: Iterable[Star]) -> list[int]:
    """The ids of everybody in a guild who holds at least one of ``wanted``, in rising order."""
    return sorted(holders(db, guild_id, wanted))
