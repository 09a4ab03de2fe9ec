"""What came of each row is written down: the receipt, the reason, or when it is tried again."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.delivery.outcome import Homeless, Later, Outcome, Pointless, Refused, Sent, TooLate, Unseen, Untried
from bot.domain.times import Clock
from bot.storage import people, threads
from bot.storage.agenda import personal
from bot.storage.conduct.reaching import came_to_nothing
from bot.storage.conduct.saying import case_of, go_direct, say_again
from bot.storage.database import Database, Tables
from bot.storage.delivery import claims, reports
from bot.storage.delivery.outbox import EDITS, Op, Row, State
from bot.storage.posters import author_roles, direct_channels
from bot.storage.posters.said import post_again

log = logging.getLogger(__name__)

Done = Sequence[tuple[Row, Outcome]]
LEASE = timedelta(seconds=60)
#: An organizer hears of what could not be delivered after so many attempts in a row. It is tried on while it is of use.
_TOLD_AFTER = 12
#: How often, and how many seconds apart, a full disk or a busy database is asked again: less than a lease in all.
_TRIES, _APART = 5, 1.0


class Recorder:
    """As many outcomes in one transaction as came while the last one was written."""

    def __init__(self, db: Database, clock: Clock, recorded: Callable[[Done], None]) -> None:
        """``recorded`` is told which rows are no longer under way, and why."""
        self._db = db
        self._clock = clock
        self._recorded = recorded
        self._finished: asyncio.Queue[tuple[Row, Outcome]] = asyncio.Queue()

    def put(self, row: Row, outcome: Outcome) -> None:
        self._finished.put_nowait((row, outcome))

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            done = [await self._finished.get()]
            while not self._finished.empty():
                done.append(self._finished.get_nowait())
            await self._write(done)
            self._recorded(done)

    async def _write(self, done: Done) -> None:
        for left in reversed(range(_TRIES)):
            try:
                await self._db.write(partial(self._record, done))
                return
            except Exception:
                # Nothing is lost: with its lease a row is claimed again, and then first looked for.
                log.exception("what came of %d messages could not be written; %d more tries", len(done), left)
                await asyncio.sleep(_APART if left else 0.0)

    def _record(self, done: Done, tables: Tables) -> None:
        now = self._clock.now()
        ended = [row for row, outcome in done if self._record_one(tables, row, outcome, now)]
        for row, outcome in done:
            if isinstance(outcome, Refused | Pointless | TooLate):
                came_to_nothing(tables, row, now, refused=isinstance(outcome, Refused))
        reports.tell(tables, ended, now)

    def _record_one(self, tables: Tables, row: Row, outcome: Outcome, now: datetime) -> bool:
        """Store one outcome. Whether it is something that organizers should hear of."""
        match outcome:
            case Sent(channel_id, message_id):
                claims.finish(tables, row, State.SENT, now=now, channel_id=channel_id, message_id=message_id)
                if row.op is Op.THREAD:
                    threads.opened(tables, row, channel_id, self._clock.wall())
                elif row.op is Op.MESSAGE and threads.is_subject(row.place):
                    threads.used(tables, row.guild_id, row.place, self._clock.wall())
                elif row.op is Op.ROLE:
                    author_roles.settled(tables, row)
                return False
            case Refused(why, closed):
                log.warning("%s was not delivered: %s", row.name, why)
                claims.finish(tables, row, State.FAILED, now=now, error=why)
                if row.op in (Op.THREAD, Op.MESSAGE) and case_of(row.place) is not None:
                    go_direct(tables, row.guild_id, row.place, now)
                if closed and row.op is Op.DM and row.place.isdecimal():
                    personal.close(tables, row.guild_id, int(row.place), now=now)
                    people.close(tables, row.guild_id, int(row.place))
                    direct_channels.close(tables, row.guild_id, int(row.place), now=now)
                return True
            case Pointless(why):
                claims.finish(tables, row, State.CANCELLED, now=now, error=why)
                if row.op is Op.ROLE:
                    author_roles.settled(tables, row)
                return False
            case Homeless(thread_id):
                _open_anew(tables, row.guild_id, thread_id, now)
                if row.op in EDITS:
                    claims.finish(tables, row, State.CANCELLED, now=now, error="its thread was deleted")
                    return False
                return self._put_back(tables, row, "its thread was deleted, and is opened anew", 1.0, certain=True)
            case TooLate():
                claims.finish(tables, row, State.EXPIRED, now=now, error=claims.TOO_LATE)
                return True
            case Untried(why):
                claims.give_back(tables, row, why=why)
                return False
            case Later(why, seconds, certain):
                return self._put_back(tables, row, why, seconds, certain=certain)
            case Unseen(why, seconds):
                return self._put_back(tables, row, why, seconds, certain=False)

    def _put_back(self, tables: Tables, row: Row, why: str, seconds: float, *, certain: bool) -> bool:
        """Try again after ``seconds``, and after twice as long each time. Whether organizers should hear of it."""
        doubling = min(row.tries - 1, 16)
        wait = min(claims.LONGEST_WAIT, timedelta(seconds=seconds * 2**doubling))
        claims.put_back(tables, row, retry_at=self._clock.wall() + wait, error=why, certain=certain)
        return row.tries == _TOLD_AFTER


def _open_anew(tables: Tables, guild_id: int, thread_id: int, now: datetime) -> None:
    """Queue a thread that was deleted, and what belongs there; nothing where that was done already."""
    subject = threads.lost(tables, guild_id, thread_id, now=now)
    if subject is None:
        return
    if case_of(subject) is not None:
        say_again(tables, guild_id, subject, now)
    else:
        post_again(tables, guild_id, subject, now)
