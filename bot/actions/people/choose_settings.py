"""Keep how a person takes part."""

from collections.abc import Callable

from bot.domain.attendance import Settings
from bot.storage import people
from bot.storage.database import Database


async def choose_settings(db: Database, guild_id: int, user_id: int, to: Callable[[Settings], Settings]) -> Settings:
    """Change what a person chose, in one transaction: of two presses at once, neither undoes the other."""
    return await db.write(lambda tables: people.change(tables, guild_id, user_id, to))
