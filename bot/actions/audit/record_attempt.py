"""Write down what did not happen: somebody had no right to it, or the bot failed."""

from datetime import timedelta

from bot.actions.audit.record_act import LINE, tell_entry
from bot.domain.audit import Entry
from bot.domain.event import Server
from bot.storage import audit
from bot.storage.database import Database, Tables
from bot.storage.delivery import told
from bot.storage.delivery.outbox import millis

#: Somebody who tries again and again is told of once in this time, for each kind of act.
_APART = timedelta(minutes=10)


async def record_attempt(db: Database, guild_id: int, server: Server, entry: Entry, *, mark: str) -> None:
    """Every attempt is kept; organizers are told of the first of each person and kind of act in ten minutes.

    ``mark`` as in ``record_act``. The caller then wakes the delivery.
    """

    def write(tables: Tables) -> None:
        entry_id = audit.add(tables, guild_id, entry, mark=mark)
        keys = f"{LINE}{entry.outcome}:{entry.actor}:{entry.act}:"
        if entry_id is not None and not told.since(tables, guild_id, keys, entry.at - _APART, entry.at):
            tell_entry(tables, guild_id, server, entry, entry_id, key=f"{keys}{millis(entry.at)}")

    await db.write(write)
