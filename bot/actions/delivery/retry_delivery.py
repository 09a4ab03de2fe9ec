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
        if done.queued:
            entry = Entry(now, by, ActKind.RETRY, about, detail=_detail(done))
            record_act(tables, guild_id, server, entry, mark=str(act))
        return done

    done = await db.write(write)
    if done.queued:
        return done
    if done.too_late:
        raise UsherError(
            "It is too late for that message: what it tells of has passed. Nothing was changed."
            if row_id is not None
            else "It is too late for everything that failed: what it tells of has passed. Nothing was changed."
        )
    raise UsherError(
        "Nothing is left to try again: it was done already. Nothing was changed. /deliveries has the rest."
    )


def _detail(done: Retried) -> str:
    queued = f"{done.queued} message{'' if done.queued == 1 else 's'}"
    return f"{queued}, {done.too_late} too late" if done.too_late else queued
