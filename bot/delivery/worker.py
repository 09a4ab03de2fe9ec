"""The only unprompted voice: takes due rows from the outbox, hands them over, and records what came of it."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from bot.delivery.alarm import Alarm
from bot.delivery.outcome import Later, Outcome, Pointless, Refused, Sender, Sent, TooLate
from bot.delivery.pacing import Pacing
from bot.domain.times import Clock
from bot.storage import outbox, reports
from bot.storage.database import Database, Tables
from bot.storage.outbox import Row, State

log = logging.getLogger(__name__)

#: Never more is claimed than pacing sends in so many seconds, so that no lease runs out in the queue.
CLAIM_AHEAD = 5.0
LEASE = timedelta(seconds=60)
#: Longer than any request takes with the library's own retries, shorter than the lease.
_GIVE_UP_AFTER = 45.0
#: How long Discord surely remembers a nonce ("a few minutes"): older attempts are looked for in the channel instead.
NONCE_TRUSTED = timedelta(minutes=2)
#: An organizer hears of what cannot be delivered after so many attempts, not after ever more.
_ATTEMPTS_MOST = 12
_LONGEST_WAIT = 300.0


class Worker:
    """One for each process, which holds the database's lock."""

    def __init__(
        self, db: Database, sender: Sender, clock: Clock, alarm: Alarm, *, pacing: Pacing | None = None
    ) -> None:
        self._db = db
        self._sender = sender
        self._clock = clock
        self._alarm = alarm
        self._pacing = pacing or Pacing()
        self._stopping = False
        self._ended = asyncio.Event()

    async def run(self) -> None:
        """Deliver what is due, then sleep until more is; until ``stop``. What fails is logged and tried again."""
        await self._db.write(outbox.take_over)
        while not self._stopping:
            try:
                await self._sender.ready()
                await self.deliver_due()
                wait = self._until_next()
            except Exception:
                # A full disk, a busy database: nothing is lost, since rows are leased before they are sent.
                log.exception("delivery stumbled, and goes on in a moment")
                wait = 5.0
            if not self._stopping:
                await self._alarm.wait(wait)
        self._ended.set()

    async def finish(self, within: float) -> None:
        """Take up nothing new, and wait at most ``within`` seconds for what is on its way."""
        self._stopping = True
        self._alarm.ring()
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._ended.wait()

    def wake(self) -> None:
        """Something new may be due."""
        self._alarm.ring()

    async def deliver_due(self) -> None:
        """Everything that is due now, in the order of its priority."""
        while not self._stopping:
            rows = await self._db.write(self._claim)
            if not rows:
                return
            await self._hand_over(rows)

    def _claim(self, tables: Tables) -> list[Row]:
        now, wall = self._clock.now(), self._clock.wall()
        outbox.release_stale(tables, wall)
        reports.tell(tables, outbox.expire(tables, now), now)
        return outbox.claim(tables, now=now, wall=wall, lease=LEASE, most=self._pacing.turns_in(CLAIM_AHEAD))

    def _until_next(self) -> float | None:
        """Seconds of real time until the next row may be sent; None if none waits."""
        wall = self._clock.wall()
        waiting = outbox.waiting(self._db.reader, now=self._clock.now(), wall=wall)
        self._clock.hold_at(waiting.first_due)
        waits = [self._clock.seconds_until(waiting.next_due)] if waiting.next_due else []
        if waiting.next_retry:
            waits.append((waiting.next_retry - wall).total_seconds())
        return min(waits, default=None)

    async def _hand_over(self, rows: Sequence[Row]) -> None:
        """All of ``rows``. Receipts are written as they come, as many in one transaction as came meanwhile."""
        finished: asyncio.Queue[tuple[Row, Outcome]] = asyncio.Queue()
        recording = asyncio.create_task(self._record_all(finished, len(rows)))
        async with asyncio.TaskGroup() as group:
            for row in rows:
                group.create_task(self._one(row, finished))
            await recording

    async def _record_all(self, finished: "asyncio.Queue[tuple[Row, Outcome]]", number: int) -> None:
        while number:
            done = [await finished.get()]
            while not finished.empty():
                done.append(finished.get_nowait())
            number -= len(done)
            await self._db.write(partial(self._record, done))

    async def _one(self, row: Row, finished: "asyncio.Queue[tuple[Row, Outcome]]") -> None:
        outcome: Outcome = Later("the bot is being stopped", 0.0, certain=row.attempts == 1)
        try:
            async with self._pacing:
                if not self._stopping:
                    outcome = await self._attempt(row)
        except TimeoutError:
            outcome = Later("Discord did not answer in time", 5.0)
        except Exception as error:
            log.exception("row %d (%s) could not be handed over", row.id, row.key)
            outcome = Later(f"a fault of the bot: {error!r}", 60.0)
        finished.put_nowait((row, outcome))

    async def _attempt(self, row: Row) -> Outcome:
        async with asyncio.timeout(_GIVE_UP_AFTER):
            if self._may_have_been_sent(row) and (found := await self._sender.find(row)) is not None:
                return found
            if row.expires_at <= self._clock.now():
                return TooLate()
            return await self._sender.deliver(row)

    def _may_have_been_sent(self, row: Row) -> bool:
        """Whether an earlier attempt has an unknown outcome, and is too old for its nonce to prevent a double."""
        return row.claimed_at is not None and self._clock.wall() - row.claimed_at > NONCE_TRUSTED

    def _record(self, done: Sequence[tuple[Row, Outcome]], tables: Tables) -> None:
        now = self._clock.now()
        ended = [row for row, outcome in done if self._record_one(tables, row, outcome, now)]
        reports.tell(tables, ended, now)

    def _record_one(self, tables: Tables, row: Row, outcome: Outcome, now: datetime) -> bool:
        """Store one outcome. Whether it is a failure that organizers should hear of."""
        match outcome:
            case Sent(channel_id, message_id):
                outbox.finish(tables, row, State.SENT, now=now, channel_id=channel_id, message_id=message_id)
                return False
            case Refused(why):
                log.warning("%s was not delivered: %s", row.key, why)
                outbox.finish(tables, row, State.FAILED, now=now, error=why)
                return True
            case Pointless(why):
                outbox.finish(tables, row, State.CANCELLED, now=now, error=why)
                return False
            case TooLate():
                outbox.finish(tables, row, State.EXPIRED, now=now, error=outbox.TOO_LATE)
                return True
            case Later(why, _) if row.attempts >= _ATTEMPTS_MOST:
                outbox.finish(tables, row, State.FAILED, now=now, error=f"tried {row.attempts} times: {why}")
                return True
            case Later(why, seconds, certain):
                wait = timedelta(seconds=min(_LONGEST_WAIT, seconds * 2 ** (row.attempts - 1)))
                outbox.put_back(
                    tables, row, retry_at=self._clock.wall() + wait, error=why, certain=certain, lease=LEASE
                )
                return False
