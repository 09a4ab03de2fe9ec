"""Hold an announcement back, let it go on, or end it."""

from collections.abc import Callable
from datetime import datetime

from bot.actions.announce.drafts import standing
from bot.domain.announce.announcement import Announcement, Stage
from bot.domain.errors import UsherError
from bot.storage.announce import announcements, posted
from bot.storage.database import Database, Tables


async def pause(db: Database, before: Announcement, *, by: int, at: datetime) -> tuple[Announcement, int]:
    """Keep back what has not gone out, and how much that is. What is on its way this moment arrives.

    This and the others raise ChangedSinceError, and UsherError where it is at another stage.
    """
    return await _to(db, before, {Stage.CONFIRMED}, Stage.PAUSED, posted.hold, by, at)


async def resume(db: Database, before: Announcement, *, by: int, at: datetime) -> tuple[Announcement, int]:
    """Let it go on where it was. The caller then wakes the delivery."""
    return await _to(db, before, {Stage.PAUSED}, Stage.CONFIRMED, posted.release, by, at)


async def cancel(db: Database, before: Announcement, *, by: int, at: datetime) -> tuple[Announcement, int]:
    """Nothing more of it goes out. What was sent stays."""

    def end(tables: Tables, announcement: Announcement) -> int:
        return posted.cancel(tables, announcement, at)

    return await _to(db, before, {Stage.CONFIRMED, Stage.PAUSED}, Stage.CANCELLED, end, by, at)


async def _to(
    db: Database,
    before: Announcement,
    from_: set[Stage],
    to: Stage,
    change: Callable[[Tables, Announcement], int],
    by: int,
    at: datetime,
) -> tuple[Announcement, int]:
    def write(tables: Tables) -> tuple[Announcement, int]:
        found = standing(tables, before)
        if found.stage not in from_:
            raise UsherError(f"That cannot be done: the announcement is {found.stage} by now. Nothing was changed.")
        changed = announcements.put(tables, found, by=by, at=at, stage=to)
        assert changed is not None
        return changed, change(tables, changed)

    return await db.write(write)
