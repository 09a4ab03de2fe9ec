"""Keep how a person wants to be reminded."""

from bot.domain.reminders.choice import ReminderChoice
from bot.storage import reminder_choices
from bot.storage.database import Database


async def choose_reminders(db: Database, guild_id: int, user_id: int, choice: ReminderChoice) -> None:
    """Store ``choice`` in place of what they chose before."""
    await db.write(lambda tables: reminder_choices.put(tables, guild_id, user_id, choice))
