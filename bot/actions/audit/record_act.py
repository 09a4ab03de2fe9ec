"""Write down what was done, and tell the organizers in one line: inside the transaction of the act itself."""

from datetime import timedelta

from bot.domain.audit import Entry
from bot.domain.event import Server
from bot.domain.people import Group
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage import audit
from bot.storage.database import Tables
from bot.storage.delivery import told
from bot.storage.delivery.outbox import Op, Priority
from bot.storage.delivery.planned import ACT

#: The keys of the trail's lines.
LINE = f"{ACT}audit:"
_PLACE = "organizers"
_USEFUL = timedelta(days=2)


def record_act(tables: Tables, guild_id: int, server: Server, entry: Entry, *, mark: str) -> None:
    """Call inside the act's own transaction, so that none is lost or stands here twice.

    ``mark`` tells the act from every other in the guild: the id of the interaction, or of what was published. An act
    that was written down before changes nothing.
    """
    entry_id = audit.add(tables, guild_id, entry, mark=mark)
    if entry_id is not None:
        tell_entry(tables, guild_id, server, entry, entry_id, key=f"{LINE}{mark}")


def tell_entry(tables: Tables, guild_id: int, server: Server, entry: Entry, entry_id: int, *, key: str) -> None:
    """Queue the line of an entry, after everything else that is to be said.

    Where the event names no channel for organizers, the entry alone is kept.
    """
    if _PLACE not in server.channels:
        return
    told.add(
        tables,
        guild_id,
        key,
        Op.MESSAGE,
        Facts(NoticeKind.AUDIT, (str(entry_id),)),
        place=_PLACE,
        priority=Priority.BULK,
        due_at=entry.at,
        expires_at=entry.at + _USEFUL,
        audience=Group.ORGANIZERS,
    )
