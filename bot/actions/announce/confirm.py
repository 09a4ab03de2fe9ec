"""Confirm an announcement: from here on it goes out by itself, at once or when its time comes."""

from datetime import datetime

from bot.actions.announce.drafts import standing
from bot.actions.announce.record import in_words, record
from bot.domain.announce.announcement import Announcement, Stage
from bot.domain.announce.faults import faults
from bot.domain.announce.turns import expires, turns
from bot.domain.audit import ActKind, By
from bot.domain.errors import UsherError
from bot.domain.program import Program
from bot.storage.announce import announcements
from bot.storage.announce import turns as rows
from bot.storage.announce.turns import Turn
from bot.storage.database import Database, Tables


async def confirm(db: Database, before: Announcement, program: Program, *, by: By) -> Announcement:
    """Queue its turns, in one transaction with its new stage; the caller then wakes the delivery.

    Raises ChangedSinceError where somebody else did something with it, so that nothing is sent twice, and UsherError
    where something is wrong with it.
    """

    def write(tables: Tables) -> Announcement:
        found = standing(tables, before)
        if found.stage is not Stage.DRAFT:
            raise UsherError("It was confirmed already. Nothing is sent twice: /announcements shows it.")
        if wrong := faults(found.content, program, by.at):
            raise UsherError(" ".join(["It cannot go out yet.", *wrong]))
        confirmed = announcements.put(tables, found, by=by.user, at=by.at, stage=Stage.CONFIRMED)
        assert confirmed is not None
        rows.queue(tables, confirmed, turns_of(confirmed, program, by.at))
        record(tables, confirmed, program.server, ActKind.ANNOUNCE, by, in_words(confirmed.content, program, by.at))
        return confirmed

    return await db.write(write)


def turns_of(announcement: Announcement, program: Program, now: datetime) -> list[Turn]:
    """Each turn with when it is of no use any more. Raises NotFoundError where its session is no more."""
    content = announcement.content
    return [(due, expires(content, program, due)) for due in turns(content, program, now)]
