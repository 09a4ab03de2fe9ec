"""Remind somebody once more of the same thing, a little later."""

from datetime import datetime, timedelta

from bot.domain.errors import UsherError
from bot.storage.agenda import snoozed
from bot.storage.database import Database
from bot.storage.delivery.outbox import Row

SNOOZED_FOR = timedelta(minutes=5)


async def snooze(db: Database, row: Row, *, now: datetime) -> datetime:
    """Queue the direct reminder ``row`` again; when it comes, in UTC. Pressed again before that, it still comes once.

    Raises UsherError where it would come too late to be of use.
    """
    again = now + SNOOZED_FOR
    if again >= row.expires_at:
        raise UsherError("In five minutes it would be too late, so there is no other reminder. /now has what is on.")
    return await db.write(lambda tables: snoozed.add(tables, row, again))
