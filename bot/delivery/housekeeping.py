"""What is done by the machine's clock, whatever the programme says: a backup of the database each day."""

import logging
from datetime import timedelta

from bot.delivery.alarm import Alarm
from bot.domain.times import Clock
from bot.storage import backup
from bot.storage.database import Database

log = logging.getLogger(__name__)

_EVERY = timedelta(days=1)


def keep_house(db: Database, clock: Clock, alarm: Alarm) -> None:
    """Back the database up each day while ``alarm`` lives: at once where the last backup is older than that."""

    async def back_up() -> None:
        try:
            await db.back_up(clock.wall())
        except Exception:
            # A full disk, a damaged file: the bot goes on, and the last backup is kept.
            log.exception("no backup was made")

    last = backup.made_at(db.path)
    alarm.daily(back_up, clock.wall() if last is None else last + _EVERY)
