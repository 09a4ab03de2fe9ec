"""What is done each day by the machine's clock: what is kept no longer is removed, then the database is backed up."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.delivery.alarm import Alarm
from bot.domain.times import Clock
from bot.storage import backup
from bot.storage.database import Database

log = logging.getLogger(__name__)

_EVERY = timedelta(days=1)


async def _nothing() -> None:
    pass


def keep_house(db: Database, clock: Clock, alarm: Alarm, purge: Callable[[], Awaitable[None]] = _nothing) -> datetime:
    """Back the database up each day while ``alarm`` lives: at once where the last backup is older, or of no known age.

    ``purge`` comes before, so that what is removed leaves the backup, too; one that was interrupted, with its backup
    not made, comes again at the next start. The UTC instant of the first backup on the machine's clock.
    """

    async def back_up() -> None:
        try:
            await purge()
        except Exception:
            # What was removed stays removed, and the next day goes on with the rest.
            log.exception("what is kept no longer could not be removed")
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
