"""The only unprompted voice: takes due rows from the outbox, hands them over, and has recorded what came of it."""

import asyncio
import logging
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from msgspec import Struct

from bot.delivery.alarm import Alarm
from bot.delivery.outcome import Homeless, Later, Outcome, Sender, TooLate, Unseen, Untried
from bot.delivery.pacing import Pacing
from bot.delivery.recorder import LEASE, Done, Recorder
from bot.domain.times import Clock
from bot.storage.announce.turns import spread
from bot.storage.database import Database, Tables
from bot.storage.delivery import claims, reports
from bot.storage.delivery.outbox import ANEW, WITH_NONCE, Op, Row

log = logging.getLogger(__name__)

#: Never more is under way than pacing lets through in so many seconds: no lease runs out in the queue, and what is due
#: and comes first waits for no more than that.
CLAIM_AHEAD = 5.0
#: Longer than any request takes with the library's own retries, shorter than the lease.
_GIVE_UP_AFTER = 45.0
#: How long Discord surely remembers a nonce ("a few minutes"): older attempts are looked for in the channel instead.
NONCE_TRUSTED = timedelta(minutes=2)
#: Seconds until work that failed as a whole is taken up again.
_AFTER_A_FAULT = 5.0
#: What leaves something to be tried again, or brings something new.
_AGAIN = Later | Unseen | Untried | Homeless


class _UnderWay(Struct, frozen=True):
    """What was claimed and of which nothing is recorded yet: when it was due, and how many turns it may take."""

    due_at: datetime
    turns: int


class Worker:
    """One for each process, which holds the database's lock. A request that takes long holds nothing else up."""

    def __init__(
        self, db: Database, sender: Sender, clock: Clock, alarm: Alarm, *, pacing: Pacing | None = None
    ) -> None:
        self._db = db
        self._sender = sender
        self._clock = clock
        self._alarm = alarm
        self._pacing = pacing or Pacing()
        self._most = self._pacing.turns_in(CLAIM_AHEAD)
        self._recorder = Recorder(db, clock, self._recorded)
        #: By the row's id.
        self._under_way: dict[int, _UnderWay] = {}
        #: What is under way and waits for one of the hands, of which there are never more than may be in flight.
        self._waiting: deque[Row] = deque()
        self._hands = 0
        #: The present of the last claim, on the programme's clock and on the machine's.
        self._looked_at = clock.now(), clock.wall()
        #: Whether to look again as soon as there is room: more were due than that, or something is to be tried again.
        self._more = False
        self._stopping = False
        self._ended = asyncio.Event()

    async def run(self) -> None:
        """Deliver what is due, then sleep until more is; until ``finish``. What fails is logged and tried again."""
        try:
            async with asyncio.TaskGroup() as group:
                recording = group.create_task(self._recorder.run())
                await self._work(group)
                recording.cancel()
        finally:
            self._ended.set()

    async def finish(self, within: float) -> None:
        """Take up nothing new, and wait at most ``within`` seconds for what is on its way."""
        self._stopping = True
        self._alarm.ring()
        with suppress(TimeoutError):  # what is not finished by then stays leased, and is taken up by the next start
            async with asyncio.timeout(within):
                await self._ended.wait()

    def wake(self) -> None:
        """Something new may be due."""
        self._alarm.ring()

    async def _work(self, group: asyncio.TaskGroup) -> None:
        taken_over = False
        while not self._stopping or self._under_way:
            wait = None
            try:
                if not taken_over:
                    await self._db.write(claims.take_over)
                    taken_over = True
                if not self._stopping:
                    there = await self._sender.ready()
                    await self._start_what_is_due(group, there)
                    wait = self._until_next()
            except Exception:
                # A full disk, a busy database: nothing is lost, since rows are leased before they are sent.
                log.exception("delivery stumbled, and goes on in a moment")
                wait = _AFTER_A_FAULT
            if not self._stopping or self._under_way:
                await self._sleep(wait)

    async def _sleep(self, seconds: float | None) -> None:
        try:
            await self._alarm.wait(seconds)
        except Exception:
            log.exception("the alarm does not ring; delivery goes on without it")
            await asyncio.sleep(_AFTER_A_FAULT)

    async def _start_what_is_due(self, group: asyncio.TaskGroup, there: frozenset[int]) -> None:
        """Claim what there is room for, in the order of its priority, and start to hand it over."""
        while not self._stopping and self._has_room():
            room = self._most - _turns_of(self._under_way)
            rows = await self._db.write(partial(self._claim, room, there))
            taken = {row.id: _UnderWay(row.due_at, self._turns(row)) for row in rows}
            self._under_way |= taken
            self._more = _turns_of(taken) >= room
            self._take_up(group, rows)
            if not self._more:
                return

    def _take_up(self, group: asyncio.TaskGroup, rows: Sequence[Row]) -> None:
        self._waiting.extend(rows)
        for _ in range(min(self._pacing.in_flight - self._hands, len(rows))):
            self._hands += 1
            group.create_task(self._hand())

    async def _hand(self) -> None:
        """Hand over one row after another, for as long as some wait."""
        try:
            while self._waiting:
                await self._one(self._waiting.popleft())
        finally:
            self._hands -= 1

    def _has_room(self) -> bool:
        """By halves: a claim for every single row would be a transaction for every single row."""
        return _turns_of(self._under_way) <= self._most // 2

    def _turns(self, row: Row) -> int:
        return self._sender.requests(row, sought=self._may_have_been_sent(row))

    def _claim(self, room: int, there: frozenset[int], tables: Tables) -> list[Row]:
        now, wall = self._looked_at = self._clock.now(), self._clock.wall()
        if not self._under_way:
            claims.release_stale(tables, wall, lease=LEASE)
        reports.tell(tables, claims.expire(tables, now, there=there), now)
        claim = partial(claims.claim, tables, now=now, wall=wall, lease=LEASE, there=there, turns=self._turns)
        claim = partial(claim, under_way=self._under_way)
        rows = claim(room=room)
        if not (due := [row for row in rows if row.op is Op.SPREAD]):
            return rows
        # What they become is due now, and in the order of its priority.
        spread(tables, due, now)
        kept = [row for row in rows if row.op is not Op.SPREAD]
        made = claim(room=max(0, room - sum(map(self._turns, kept))))
        return sorted([*kept, *made], key=claims.IN_ORDER)

    def _recorded(self, done: Done) -> None:
        for row, _ in done:
            self._under_way.pop(row.id, None)
        # A thread that was opened lets go what waited for it.
        self._more |= any(isinstance(outcome, _AGAIN) or row.op is Op.THREAD for row, outcome in done)
        # What was changed while it was under way waits for the end of that.
        self._more = self._more or claims.waits_again(self._db.reader, [row.id for row, _ in done if row.op in ANEW])
        if not self._under_way or (self._more and self._has_room()):
            self._alarm.ring()

    def _until_next(self) -> float | None:
        """Seconds of real time until the next row may be sent; None if none waits, or there is no room for it yet."""
        now, wall = self._looked_at
        waiting = claims.waiting(self._db.reader, now=now, wall=wall)
        # A rehearsal passes no instant before what is due by then has been said.
        self._clock.hold_at(min((row.due_at for row in self._under_way.values()), default=waiting.first_due))
        if not self._has_room():
            return None
        waits = [self._clock.seconds_until(waiting.next_due)] if waiting.next_due else []
        if waiting.next_retry:
            waits.append((waiting.next_retry - self._clock.wall()).total_seconds())
        return min(waits, default=None)

    async def _one(self, row: Row) -> None:
        outcome: Outcome = Untried("the bot is being stopped")
        try:
            if not self._stopping:
                await self._pacing.turn()
            if not self._stopping:
                outcome = await self._attempt(row)
        except asyncio.CancelledError:
            if (hand := asyncio.current_task()) is None or hand.cancelling():
                raise
            # Nobody cancelled the hand: a session that is closed cancels what its requests wait for.
            outcome = Later("the connection to Discord was closed", 5.0)
        except TimeoutError:
            outcome = Later("Discord did not answer in time", 5.0)
        except Exception as error:
            log.exception("%s could not be handed over", row.name)
            outcome = Later(f"a fault of the bot: {error!r}", 60.0)
        self._recorder.put(row, outcome)

    async def _attempt(self, row: Row) -> Outcome:
        async with asyncio.timeout(_GIVE_UP_AFTER):
            if self._may_have_been_sent(row) and (found := await self._sender.find(row)) is not None:
                return found
            if row.expires_at <= self._clock.now():
                return TooLate()
            return await self._sender.deliver(row)

    def _may_have_been_sent(self, row: Row) -> bool:
        """Whether an earlier attempt has an unknown outcome, and no nonce prevents a double, or is too old for that.

        Where the machine's clock was set back, nobody knows how old it is.
        """
        if row.claimed_at is None:
            return False
        if row.op not in WITH_NONCE:
            return True
        age = self._clock.wall() - row.claimed_at
        return age > NONCE_TRUSTED or age < timedelta(0)


def _turns_of(rows: Mapping[int, _UnderWay]) -> int:
    return sum(row.turns for row in rows.values())
