"""Hold an announcement back, let it go on, or end it."""

from collections.abc import Callable

from bot.actions.announce.drafts import standing
from bot.actions.announce.record import record
from bot.domain.announce.announcement import Announcement, Stage
from bot.domain.audit import ActKind, By
from bot.domain.errors import UsherError
from bot.domain.event import Server
from bot.storage.announce import announcements, posted
from bot.storage.database import Database, Tables


async def pause(db: Database, before: Announcement, server: Server, *, by: By) -> Announcement:
    """Keep back what has not gone out: what was claimed and waits for its turn joins it.

    This and the others raise ChangedSinceError, and UsherError where it is at another stage.
    """
    return await _to(db, before, {Stage.CONFIRMED}, Stage.PAUSED, posted.hold, server, ActKind.PAUSE, by)


async def resume(db: Database, before: Announcement, server: Server, *, by: By) -> Announcement:
    """Let it go on where it was. The caller then wakes the delivery."""
    return await _to(db, before, {Stage.PAUSED}, Stage.CONFIRMED, posted.release, server, ActKind.RESUME, by)


async def cancel(db: Database, before: Announcement, server: Server, *, by: By) -> Announcement:
    """Nothing more of it goes out. What was sent stays."""

    def end(tables: Tables, announcement: Announcement) -> None:
        posted.cancel(tables, announcement, by.at)

    return await _to(db, before, {Stage.CONFIRMED, Stage.PAUSED}, Stage.CANCELLED, end, server, ActKind.CALL_OFF, by)


async def _to(
    db: Database,
    before: Announcement,
    from_: set[Stage],
    to: Stage,
    change: Callable[[Tables, Announcement], None],
    server: Server,
    act: ActKind,
    by: By,
) -> Announcement:
    def write(tables: Tables) -> Announcement:
        found = standing(tables, before)
        if found.stage not in from_:
            raise UsherError(f"That cannot be done: the announcement is {found.stage} by now. Nothing was changed.")
        changed = announcements.put(tables, found, by=by.user, at=by.at, stage=to)
        assert changed is not None
        change(tables, changed)
        record(tables, changed, server, act, by)
        return changed

    return await db.write(write)
