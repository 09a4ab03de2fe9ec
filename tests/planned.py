"""A guild that follows a programme, for tests and figures that need no more than that."""

from datetime import datetime

from bot.actions.programme.follow_program import follow_program
from bot.chat.organizing.following import Following
from bot.domain.program import Program
from bot.storage.database import Database
from bot.storage.programme.programmes import Version


async def plan_guild(db: Database, guild_id: int, program: Program, *, now: datetime) -> None:
    """Plan the notices and personal reminders of a guild as at a start of the bot; ``now`` is in UTC."""
    await follow_program(db, guild_id, Version(1, program), now=now, shown=Following(now, ()))
