"""The wake-up: one APScheduler job, at the next due instant and at least every 30 s.

A job for every reminder was measured and rejected: it takes 5 s and 100 MB for 100,000 of them, and the library's
defaults drop what is overdue. It reads the machine's clock, which may be set back while it sleeps: hence the 30 s.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

LONGEST = timedelta(seconds=30)
_JOB = "wake"
#: APScheduler drops a job that is due while it has not seen the last one end, and then nothing would ring any more.
_AT_ONCE = 1000


class Alarm:
    """``wall`` reads the machine's clock."""

    def __init__(self, wall: Callable[[], datetime]) -> None:
        self._wall = wall
        self._rings = asyncio.Event()
        self._scheduler: AsyncIOScheduler | None = None

    def stop(self) -> None:
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None

    def ring(self) -> None:
        """Wake whoever waits, now."""
        self._rings.set()

    async def _ring(self) -> None:
        """On the loop: what is no coroutine APScheduler runs in a thread, from which an event must not be set."""
        self.ring()

    async def wait(self, seconds: float | None) -> None:
        """Until it rings: after ``seconds`` (at most 30 s; None means just that), or when ``ring`` is called."""
        delay = LONGEST if seconds is None else min(LONGEST, timedelta(seconds=max(0.0, seconds)))
        if not self._rings.is_set():
            self._started().add_job(
                self._ring,
                "date",
                run_date=self._wall() + delay,
                id=_JOB,
                replace_existing=True,
                misfire_grace_time=None,
                coalesce=True,
                max_instances=_AT_ONCE,
            )
        await self._rings.wait()
        self._rings.clear()

    def daily(self, act: Callable[[], Awaitable[None]], first: datetime) -> None:
        """Call ``act`` at ``first`` on the machine's clock, or at once where that is past; then every 24 hours."""
        self._started().add_job(
            act, "interval", days=1, next_run_time=max(first, self._wall()), misfire_grace_time=None, coalesce=True
        )

    def _started(self) -> "AsyncIOScheduler":
        """The scheduler, running. It is made when it is first needed, since a bot that starts has people waiting."""
        if self._scheduler is None:
            from apscheduler.schedulers.asyncio import AsyncIOScheduler

            self._scheduler = AsyncIOScheduler(timezone="UTC")
            self._scheduler.start()
        return self._scheduler
