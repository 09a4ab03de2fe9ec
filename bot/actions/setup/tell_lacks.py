"""Tell the organizers that their server lacks something."""

from datetime import date, datetime, timedelta

from bot.domain.people import Group
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.database import Database, Tables
from bot.storage.delivery import told
from bot.storage.delivery.outbox import Op, Priority
from bot.storage.delivery.planned import ACT

_USEFUL = timedelta(days=2)


async def tell_lacks(db: Database, guild_id: int, mark: str, *, now: datetime, day: date) -> None:
    """Once a day for each ``mark``, which tells what is lacking from everything else: it may be mended and come back.

    ``now`` is in UTC, ``day`` the venue's date. What it is stands in the message as it is true when that is sent. The
    caller then wakes the delivery.
    """

    def write(tables: Tables) -> None:
        told.add(
            tables,
            guild_id,
            f"{ACT}setup:{mark}:{day}",
            Op.MESSAGE,
            Facts(NoticeKind.SETUP),
            place="organizers",
            priority=Priority.BULK,
            due_at=now,
            expires_at=now + _USEFUL,
            audience=Group.ORGANIZERS,
        )

    await db.write(write)
