"""Make what a server will be told fit the programme it follows."""

from datetime import datetime

from bot.actions.plan_personal import plan_people
from bot.domain.changes.apply import apply_edits
from bot.domain.program import Program
from bot.domain.reminders.plan import plan
from bot.storage import live_edits, planned
from bot.storage.database import Database, Tables


async def plan_guild(db: Database, guild_id: int, imported: Program, *, now: datetime) -> None:
    """Plan the notices and personal reminders of ``imported`` with the guild's live edits; ``now`` is in UTC.

    Doing it twice changes nothing. The edits are read in the same transaction: one that is made meanwhile is not
    planned away.
    """

    def write(tables: Tables) -> None:
        program = apply_edits(imported, live_edits.of_guild(tables, guild_id, imported.event.id)).program
        planned.sync(tables, guild_id, plan(program), now=now)
        plan_people(tables, guild_id, program, now=now)

    await db.write(write)
