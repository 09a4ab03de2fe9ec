"""The sandbox's clock: the bot lives by it, people move it on, and both can wait until what was due has been said."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.clock import RehearsalClock, SystemClock


class StageClock:
    """A clock for the bot (see ``Clock``) and for the sandbox's page (see its ``ClockControl``).

    It shows the machine's time until ``start``: when a rehearsal begins may depend on the programme, and reading that
    takes a clock. ``wake`` is called when something may be due that was not.
    """

    def __init__(self) -> None:
        self._rehearsal = RehearsalClock(SystemClock().now())
        self._wake: Callable[[], None] = lambda: None
        self._looked = asyncio.Event()
        #: The next instant at which something is due, as of the last look into the queue.
        self.next_at: datetime | None = None
        self.goal: datetime | None = None
        self.zone = ZoneInfo("UTC")
        #: Called after every change and every look: time may have jumped, or the next instant be another.
        self.listeners: list[Callable[[], None]] = []

    def start(self, at: datetime, speed: float, zone: ZoneInfo, wake: Callable[[], None]) -> None:
        self._rehearsal = RehearsalClock(at, speed)
        self.zone = zone
        self._wake = wake

    # For the bot

    def now(self) -> datetime:
        return self._rehearsal.now()

    def wall(self) -> datetime:
        return self._rehearsal.wall()

    def seconds_until(self, instant: datetime) -> float:
        return self._rehearsal.seconds_until(instant)

    def hold_at(self, instant: datetime | None) -> None:
        """The worker has said everything before ``instant``, and now waits."""
        self._rehearsal.hold_at(instant)
        self.next_at = instant
        if self.goal and self.now() >= self.goal:
            self.goal = None
        self._looked.set()
        self._looked = asyncio.Event()
        self._tell()

    # For people

    @property
    def speed(self) -> float:
        """Programme seconds in a real second."""
        return self._rehearsal.speed

    def run_at(self, speed: float) -> None:
        self._rehearsal.run_at(speed)
        self._wake()
        self._tell()

    def move_to(self, instant: datetime) -> None:
        """Go forward to ``instant``, living through what lies between; an earlier one changes nothing."""
        self._rehearsal.move_to(instant)
        self.goal = max(instant, self.now())
        self._wake()
        self._tell()

    async def live_through(self, instant: datetime) -> None:
        """Go forward to ``instant``, and return once everything has been said that is due until then.

        Takes real time where the server limits how fast messages may be sent.
        """
        # An act that has just been done may have queued what is due before that: a look into the queue holds there.
        self._wake()
        await self._looked.wait()
        self.move_to(instant)
        await self._looked.wait()
        while self.now() < instant or (self.next_at is not None and self.next_at <= instant):
            await self._looked.wait()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()
