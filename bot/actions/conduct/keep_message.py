"""Keep the message that somebody is about to report, as it is now: it may be edited before the form comes back."""

from datetime import datetime

from bot.storage.conduct import drafts
from bot.storage.conduct.drafts import Draft
from bot.storage.database import Database


async def keep_message(db: Database, form: int, draft: Draft, now: datetime) -> None:
    """``form`` is the interaction that opens the form; ``now`` in UTC."""
    await db.write(lambda tables: drafts.keep(tables, form, draft, now))
