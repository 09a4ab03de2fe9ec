"""Write down what did not happen: somebody had no right to it, or the bot failed."""

from datetime import timedelta

from bot.actions.audit.record_act import LINE, tell_entry
from bot.domain.audit import Entry, Outcome
from bot.domain.event import Server
from bot.storage import audit
from bot.storage.database import Database, Tables
from bot.storage.delivery import told
from bot.storage.delivery.outbox import millis

#: Somebody who tries again and again is told of once in this time, for each kind of act.
_APART = timedelta(minutes=10)
#: And stands in the trail once in this time: nobody can fill it up, or push out of sight what was done.
_KEPT_APART = timedelta(minutes=1)


async def record_attempt(db: Database, guild_id: int, server: Server, entry: Entry, *, mark: str) -> None:
    """The first of each person and kind of act in a minute is kept; organizers are told of the first in ten minutes.

    A fault of the bot is kept each time: it has a number that somebody may ask for. ``mark`` as in ``record_act``. The
    caller then wakes the delivery.
    """

    def write(tables: Tables) -> None:
        refused = entry.outcome is Outcome.REFUSED
        if refused and audit.attempted(tables, guild_id, entry, entry.at - _KEPT_APART):
            return
        entry_id = audit.add(tables, guild_id, entry, mark=mark)
        keys = f"{LINE}{entry.outcome}:{entry.actor}:{entry.act}:"
        if entry_id is not None and not told.since(tables, guild_id, keys, entry.at - _APART, entry.at):
            tell_entry(tables, guild_id, server, entry, entry_id, key=f"{keys}{millis(entry.at)}")

    await db.write(write)
