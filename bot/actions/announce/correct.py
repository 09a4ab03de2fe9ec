"""Correct an announcement that was confirmed, and send it again to those it failed for."""

from datetime import timedelta

from msgspec.structs import replace

from bot.actions.announce.drafts import standing
from bot.actions.announce.record import record
from bot.domain.announce.announcement import Announcement, Content, Stage
from bot.domain.announce.faults import faults
from bot.domain.audit import ActKind, By
from bot.domain.errors import UsherError
from bot.domain.event import Server
from bot.domain.program import Program
from bot.storage.announce import announcements, posted
from bot.storage.database import Database, Tables

#: How long a correction, or another attempt, is of use.
_USEFUL = timedelta(hours=12)


async def correct(
    db: Database, before: Announcement, content: Content, program: Program, *, by: By
) -> tuple[Announcement, int]:
    """Title, text and link of ``content`` in place of what was said, and how many messages are edited for that.

    What has not gone out takes them by itself. The caller then wakes the delivery. Raises ChangedSinceError, and
    UsherError for what is no draft and was not confirmed, or says something that cannot be sent.
    """

    def write(tables: Tables) -> tuple[Announcement, int]:
        found = standing(tables, before)
        if found.stage not in (Stage.CONFIRMED, Stage.PAUSED, Stage.CANCELLED):
            raise UsherError(f"That cannot be done: the announcement is {found.stage} by now. Nothing was changed.")
        wanted = replace(found.content, title=content.title, body=content.body, link=content.link)
        # Its time may have passed, and that is no fault of the text.
        if wrong := faults(replace(wanted, when=type(wanted.when)()), program, by.at):
            raise UsherError(" ".join(["Nothing was changed.", *wrong]))
        changed = announcements.put(tables, found, by=by.user, at=by.at, content=wanted)
        assert changed is not None
        detail = f"{found.content.title} → {wanted.title}" if wanted.title != found.content.title else ""
        record(tables, changed, program.server, ActKind.CORRECT, by, detail)
        return changed, posted.correct(tables, changed, by.at, by.at + _USEFUL)

    return await db.write(write)


async def resend(db: Database, before: Announcement, server: Server, *, by: By) -> tuple[Announcement, int]:
    """Try what failed once more, and how many messages that are. The caller then wakes the delivery.

    Raises ChangedSinceError, and UsherError where nothing failed.
    """

    def write(tables: Tables) -> tuple[Announcement, int]:
        found = standing(tables, before)
        if found.stage is not Stage.CONFIRMED:
            raise UsherError(f"The announcement is {found.stage} by now. Nothing was sent.")
        number = posted.retry(tables, found, by.at, by.at + _USEFUL)
        if not number:
            raise UsherError(
                "Nothing can be sent again: it is on its way already, or those it failed for take no direct messages. "
                "They can switch them on in /settings."
            )
        changed = announcements.put(tables, found, by=by.user, at=by.at)
        assert changed is not None
        record(tables, changed, server, ActKind.RESEND, by, f"{number} {'message' if number == 1 else 'messages'}")
        return changed, number

    return await db.write(write)
