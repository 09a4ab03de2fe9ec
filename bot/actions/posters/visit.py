"""Somebody was at a poster."""

from bot.storage.database import Database, Tables
from bot.storage.posters import visits


async def visit(db: Database, guild_id: int, user_id: int, poster_id: str, *, back: bool = False) -> bool:
    """Note that somebody was there, or (``back``) that they were not; whether that is new."""

    def write(tables: Tables) -> bool:
        return (visits.remove if back else visits.add)(tables, guild_id, user_id, poster_id)

    return await db.write(write)
