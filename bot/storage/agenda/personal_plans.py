"""By what each guild's personal reminders were planned, and whose agenda or choice changed since.

The tables of stars and choices note whom they concern (see the migration), so nobody's change is passed over.
"""

from datetime import datetime

from sqlite_utils import Database

from bot.storage.delivery.outbox import millis


def stands(db: Database, guild_id: int, basis: str, *, now: datetime) -> bool:
    """Whether a guild was planned by this ``basis``, and not later than ``now``.

    With a clock that was set back, what was left out as past would be planned again.
    """
    query = "SELECT 1 FROM personal_plan WHERE guild_id = ? AND basis = ? AND planned_at <= ?"
    return db.execute(query, [guild_id, basis, millis(now)]).fetchone() is not None


def unplanned(db: Database, guild_id: int) -> list[int]:
    """Whose reminders are yet to be planned, in rising order of their ids."""
    return [row[0] for row in db.execute("SELECT user_id FROM unplanned WHERE guild_id = ? ORDER BY 1", [guild_id])]


def planned(db: Database, guild_id: int, basis: str, *, now: datetime) -> None:
    """Everybody in a guild was planned. Call inside the transaction that did it."""
    db.execute("INSERT OR REPLACE INTO personal_plan VALUES (?, ?, ?)", [guild_id, basis, millis(now)])
    db.execute("DELETE FROM unplanned WHERE guild_id = ?", [guild_id])


def planned_one(db: Database, guild_id: int, user_id: int, basis: str, *, now: datetime) -> None:
    """One person was planned. They stay noted where the guild was planned by another ``basis``. As above."""
    done = db.execute(
        "UPDATE personal_plan SET planned_at = max(planned_at, ?) WHERE guild_id = ? AND basis = ?",
        [millis(now), guild_id, basis],
    )
    if done.rowcount:
        db.execute("DELETE FROM unplanned WHERE guild_id = ? AND user_id = ?", [guild_id, user_id])


def followed(db: Database, guild_id: int, basis: str, *, now: datetime) -> None:
    """What differs by another ``basis`` was planned; those who are noted still are. As above."""
    db.execute(
        "UPDATE personal_plan SET basis = ?, planned_at = max(planned_at, ?) WHERE guild_id = ?",
        [basis, millis(now), guild_id],
    )
