"""Keep how a person wants to be reminded."""

from datetime import datetime

from bot.actions.agenda.plan_personal import plan_person
from bot.domain.program import Program
from bot.domain.reminders.choice import ReminderChoice
from bot.storage.agenda import reminder_choices
from bot.storage.database import Database, Tables


async def choose_reminders(
    db: Database, guild_id: int, user_id: int, choice: ReminderChoice, imported: Program, at: datetime
) -> None:
    """Store ``choice`` in place of what they chose before, and plan their reminders by it, in one transaction.

    ``imported`` is the guild's programme without its live edits, ``at`` the UTC instant.
    """

    def write(tables: Tables) -> None:
        reminder_choices.put(tables, guild_id, user_id, choice)
        plan_person(tables, guild_id, user_id, imported, now=at)

    await db.write(write)
