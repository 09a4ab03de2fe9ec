"""Make what a server will be told fit the programme it follows."""

import asyncio
from datetime import datetime

from bot.domain.program import Program
from bot.domain.reminders.plan import plan
from bot.storage import planned
from bot.storage.database import Database


async def plan_guild(db: Database, guild_id: int, program: Program, *, now: datetime) -> None:
    """Plan the notices of ``program`` for a guild. Doing it twice changes nothing; ``now`` is a UTC instant."""
    notices = await asyncio.to_thread(plan, program)
    await db.write(lambda tables: planned.sync(tables, guild_id, notices, now=now))
