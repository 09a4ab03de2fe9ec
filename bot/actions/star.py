"""Put something into a person's agenda, or take it out."""

from datetime import datetime

from bot.domain.agenda import Star
from bot.domain.errors import UsherError
from bot.storage import stars
from bot.storage.database import Database

#: Entries in one person's agenda: more than anybody attends, and what a reminder has to look through.
STARS_MOST = 200


async def star(db: Database, guild_id: int, user_id: int, wanted: Star, at: datetime) -> bool:
    """Whether it is new in the agenda. ``at`` is the UTC instant. Raises UsherError where the agenda is full."""
    try:
        return await db.write(lambda tables: stars.add(tables, guild_id, user_id, wanted, at, most=STARS_MOST))
    except stars.FullError:
        raise UsherError(
            f"Your agenda is full: it holds {STARS_MOST} entries. Remove some with /agenda show, then try again."
        ) from None


async def unstar(db: Database, guild_id: int, user_id: int, unwanted: Star) -> bool:
    """Whether it was in the agenda."""
    return await db.write(lambda tables: stars.remove(tables, guild_id, user_id, unwanted))
