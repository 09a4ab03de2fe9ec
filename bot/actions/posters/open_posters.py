"""An organizer has the threads of all posters opened at once, for a small event."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from bot.actions.audit.record_act import record_act
from bot.actions.posters.say import thread_of, want_thread
from bot.domain.audit import ActKind, By, Entry
from bot.domain.errors import UsherError
from bot.domain.event import Server
from bot.domain.program import Program
from bot.storage import threads
from bot.storage.database import Database, Tables

#: Discord: 1,000 active threads in a server. Some are left for others.
MOST = 900
#: Observed at Discord: 50 threads are opened in five minutes. Some are left for posters that somebody asks about.
_AT_ONCE, _EACH = 40, timedelta(minutes=5)


class Opening(Struct, frozen=True):
    """What it comes to: ``missing`` are the ids of the posters without a thread, ``there`` how many have one, and
    ``to_come`` how many get theirs without that, the last one at ``last`` (UTC).
    """

    missing: Sequence[str]
    there: int
    to_come: int = 0
    last: datetime | None = None

    @property
    def takes(self) -> timedelta:
        """At Discord's pace."""
        return (len(self.missing) - 1) // _AT_ONCE * _EACH if self.missing else timedelta(0)


def too_many(program: Program) -> bool:
    """Whether each thread is only opened when somebody asks the first question."""
    return len(program.posters) > MOST


def foresee_opening(tables: Tables, guild_id: int, program: Program) -> Opening:
    """What ``open_posters`` would do now. Nothing is changed."""
    kept = threads.of_kind(tables, guild_id, most=5 * MOST, kind="poster")
    known = {thread.subject for thread in kept}
    subjects = {thread_of(poster.id): poster.id for poster in program.posters}
    to_come = threads.to_come(tables, guild_id, kind="poster")
    due = {subject: at for subject, at in to_come.items() if subject in subjects}
    missing = [poster_id for subject, poster_id in subjects.items() if subject not in known and subject not in due]
    there = len(subjects) - len(missing) - len(due)
    return Opening(missing, there, len(due), max(due.values(), default=None))


async def open_posters(db: Database, guild_id: int, program: Program, *, by: By) -> int:
    """Queue them all; how many. In one transaction with the entry of the audit trail, once for each ``by.act``.

    Raises UsherError where there are more posters than a server may have threads.
    """
    if too_many(program):
        raise UsherError(
            f"Discord allows a server 1,000 active threads, and there are {len(program.posters):,} posters. "
            "Each thread is opened when somebody asks the first question."
        )

    def write(tables: Tables) -> int:
        wanted = foresee_opening(tables, guild_id, program).missing
        number = sum(
            want_thread(tables, guild_id, poster_id, by.at + place // _AT_ONCE * _EACH, many=True)
            for place, poster_id in enumerate(wanted)
        )
        if number:
            _record(tables, guild_id, program.server, number, by)
        return number

    return await db.write(write)


def _record(tables: Tables, guild_id: int, server: Server, number: int, by: By) -> None:
    entry = Entry(by.at, by.user, ActKind.OPEN_POSTERS, f"the threads of {number} posters")
    record_act(tables, guild_id, server, entry, mark=f"posters:{by.act}")
