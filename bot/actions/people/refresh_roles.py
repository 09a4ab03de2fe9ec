"""Note the roles that somebody holds whose settings are kept."""

from bot.storage import people
from bot.storage.database import Database


async def refresh_roles(db: Database, guild_id: int, user_id: int, roles: tuple[int, ...]) -> None:
    """``roles`` are ids, in rising order. Written only where they differ from what is known."""
    if people.holds_other_roles(db.reader, guild_id, user_id, roles):
        await db.write(lambda tables: people.refresh_roles(tables, guild_id, user_id, roles))
