"""Try again what could not be delivered: an organizer has removed the reason."""

from datetime import datetime

from bot.actions.audit.record_act import record_act
from bot.domain.audit import ActKind, Entry
from bot.domain.errors import UsherError
from bot.domain.event import Server
from bot.storage.database import Database, Tables
from bot.storage.delivery import deliveries
from bot.storage.delivery.deliveries import Retried


async def retry_delivery(
    db: Database, guild_id: int, row_id: int | None, *, server: Server, now: datetime, act: int, by: int, about: str
) -> Retried:
    """Queue one failed message of a guild again, or all of them where ``row_id`` is None. ``now`` is in UTC.

    In the same transaction it goes into the audit trail: ``by`` whom (a person's id), ``about`` which messages; ``act``
    is the id of the interaction. The caller then wakes the delivery. Raises UsherError where nothing can be tried
    again, and says why.
    """
    wanted = None if row_id is None else [row_id]

    def write(tables: Tables) -> Retried:
        done = deliveries.retry(tables, guild_id, wanted, now=now)
        if done.number:
            entry = Entry(now, by, ActKind.RETRY, about, detail=_detail(done))
            record_act(tables, guild_id, server, entry, mark=str(act))
        return done

    done = await db.write(write)
    if not done.number:
        raise UsherError(_why_not(done, one=row_id is not None))
    return done


def _why_not(done: Retried, *, one: bool) -> str:
    kept = "Nothing was changed."
    if done.called_off and one:
        return f"That announcement was cancelled: nothing more of it is sent. {kept}"
    if done.called_off:
        return f"What failed is too late, or belongs to an announcement that was cancelled. {kept}"
    if done.too_late:
        what = "that message" if one else "everything that failed"
        return f"It is too late for {what}: what it tells of has passed. {kept}"
    return f"Nothing is left to try again: it was done already. {kept} /deliveries has the rest."


def _detail(done: Retried) -> str:
    told = [f"{done.number} message{'' if done.number == 1 else 's'}"]
    numbers = {"too late": done.too_late, "held back": done.held, "cancelled": done.called_off}
    return ", ".join([*told, *(f"{number} {what}" for what, number in numbers.items() if number)])
