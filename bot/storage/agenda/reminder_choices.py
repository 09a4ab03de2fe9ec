"""How people want to be reminded, in each guild."""

from datetime import timedelta

from sqlite_utils import Database

from bot.domain.reminders.choice import ReminderChoice, Where

_COLUMNS = "lead_minutes, place, digest, switched_off, dm_channel_id, closed"


def of_person(db: Database, guild_id: int, user_id: int) -> ReminderChoice:
    """What a person chose; the defaults, which are silent, where they never did."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM reminder_choice WHERE guild_id = ? AND user_id = ?", [guild_id, user_id])
    for row in rows:
        return _choice(*row)
    return ReminderChoice()


def is_known(db: Database, guild_id: int, user_id: int) -> bool:
    """Whether this person has ever chosen."""
    query = "SELECT 1 FROM reminder_choice WHERE guild_id = ? AND user_id = ?"
    return db.execute(query, [guild_id, user_id]).fetchone() is not None


def in_force(db: Database, guild_id: int) -> dict[int, ReminderChoice]:
    """User id -> choice, for everybody in a guild who wants to be reminded."""
    rows = db.execute(
        f"SELECT user_id, {_COLUMNS} FROM reminder_choice WHERE guild_id = ? AND NOT switched_off", [guild_id]
    )
    return {user_id: _choice(*rest) for user_id, *rest in rows}


def put(db: Database, guild_id: int, user_id: int, choice: ReminderChoice) -> None:
    """Call inside a transaction."""
    db.execute(
        f"INSERT OR REPLACE INTO reminder_choice(guild_id, user_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            guild_id,
            user_id,
            choice.lead // timedelta(minutes=1),
            choice.where,
            choice.digest,
            choice.switched_off,
            choice.dm_channel_id,
            choice.closed,
        ],
    )


def _choice(
    lead: int, place: str, digest: int, switched_off: int, dm_channel_id: int | None, closed: int
) -> ReminderChoice:
    off = bool(switched_off)
    return ReminderChoice(timedelta(minutes=lead), Where(place), bool(digest), off, dm_channel_id, bool(closed))
