"""Try again what could not be delivered: an organizer has removed the reason."""

from datetime import datetime

from bot.domain.errors import UsherError
from bot.storage.database import Database
from bot.storage.delivery import deliveries
from bot.storage.delivery.deliveries import Retried


async def retry_delivery(db: Database, guild_id: int, row_id: int | None, *, now: datetime) -> Retried:
    """Queue one failed message of a guild again, or all of them where ``row_id`` is None. ``now`` is in UTC.

    The caller then wakes the delivery. Raises UsherError where nothing can be tried again, and says why.
    """
    wanted = None if row_id is None else [row_id]
    done = await db.write(lambda tables: deliveries.retry(tables, guild_id, wanted, now=now))
    if done.queued:
        return done
    if done.too_late:
        raise UsherError(
            "It is too late for that message: what it tells of has passed. Nothing was changed."
            if row_id is not None
            else "It is too late for everything that failed: what it tells of has passed. Nothing was changed."
        )
    raise UsherError(
        "Nothing is left to try again: it was done already. Nothing was changed. /deliveries has the rest."
    )
