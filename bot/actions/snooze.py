"""Remind somebody once more of the same thing, a little later."""

from datetime import datetime, timedelta

from bot.domain.errors import UsherError
from bot.storage import told
from bot.storage.database import Database, Tables
from bot.storage.outbox import Op, Priority, Row
from bot.storage.planned import ACT

SNOOZED_FOR = timedelta(minutes=5)


async def snooze(db: Database, row: Row, *, now: datetime) -> datetime:
    """Queue the direct reminder ``row`` again; when it comes, in UTC. Pressed again before that, it still comes once.

    Raises UsherError where it would come too late to be of use.
    """
    again = now + SNOOZED_FOR
    if again >= row.expires_at:
        raise UsherError("In five minutes it would be too late, so there is no other reminder. /now has what is on.")

    def write(tables: Tables) -> None:
        key = f"{ACT}snooze:{row.id}"
        told.add(
            tables,
            row.guild_id,
            key,
            Op.DM,
            row.facts,
            place=row.place,
            priority=Priority.REMINDER,
            due_at=again,
            expires_at=row.expires_at,
            audience=row.audience,
            message=(row.channel_id, None),
        )

    await db.write(write)
    return again
