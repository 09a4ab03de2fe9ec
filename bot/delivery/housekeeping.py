"""What is done by the machine's clock, whatever the programme says: a backup of the database each day."""

import logging
from datetime import datetime, timedelta

from bot.delivery.alarm import Alarm
from bot.domain.times import Clock
from bot.storage import backup
from bot.storage.conduct import retention
from bot.storage.database import Database

log = logging.getLogger(__name__)

_EVERY = timedelta(days=1)


def keep_house(db: Database, clock: Clock, alarm: Alarm) -> datetime:
    """Back the database up each day while ``alarm`` lives: at once where the last backup is older, or of no known age.

    The UTC instant of the first one on the machine's clock.
    """

    async def back_up() -> None:
        try:
            # Before the backup: nobody is to learn from it who reported a case that was closed long enough ago.
            await db.write(lambda tables: retention.let_go(tables, clock.now()))
        except Exception:
            log.exception("who reported what was closed long ago is still known")
        try:
            await db.back_up(clock.wall())
        except Exception:
            # A full disk, a damaged file: the bot goes on, and the last backup is kept.
            log.exception("no backup was made")

    now, last = clock.wall(), _last_backup(db)
    # One that is dated ahead was made while the clock was wrong: nobody knows how old it is.
    first = now if last is None or last > now else last + _EVERY
    alarm.daily(back_up, first)
    return first


def _last_backup(db: Database) -> datetime | None:
    try:
        return backup.made_at(db.path)
    except OSError:
        log.exception("the last backup cannot be looked at")
        return None
