"""Keep the message that somebody is about to report, as it is now: it may be edited before the form comes back."""

from collections.abc import Mapping
from datetime import datetime

from bot.storage.conduct import cases, drafts, files
from bot.storage.conduct.drafts import Draft
from bot.storage.conduct.saying import show_anew
from bot.storage.database import Database, Tables


async def keep_message(db: Database, form: int, draft: Draft, now: datetime) -> None:
    """``form`` is the interaction that opens the form; ``now`` in UTC."""
    await db.write(lambda tables: drafts.keep(tables, form, draft, now))


async def keep_files(db: Database, form: int, found: Mapping[int, tuple[str, bytes]], now: datetime) -> None:
    """Its files, by their places in it: they may come after the form came back. ``now`` in UTC."""

    def write(tables: Tables) -> None:
        files.keep(tables, form, found)
        for case in cases.of_act(tables, form):
            show_anew(tables, files.attach(tables, case, form), now)

    await db.write(write)
