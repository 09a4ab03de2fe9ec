"""How fast the bot speaks unasked: below Discord's global limit of 50 requests a second, so that answers never wait."""

import asyncio
import math
from collections.abc import Awaitable, Callable

#: Requests a second, and at once (see the measurements in the benchmarks).
PER_SECOND = 45.0
IN_FLIGHT = 64
#: Turns that are given at once after a pause: with those of a second, fewer than Discord lets through, or a network
#: that hands some over late would have them refused.
AT_ONCE = 2
#: Taken at once where nothing is paced.
_UNPACED = 1000


class Pacing:
    """A turn every 1/``per_second`` s; None paces nothing (for measuring). ``in_flight`` is how many rows whoever hands
    over may have on their way at once.

    ``let_through`` is waited for before each turn: Discord may ask everybody to wait, and what is given a turn
    meanwhile would all go at once afterwards.
    """

    def __init__(
        self,
        per_second: float | None = PER_SECOND,
        in_flight: int = IN_FLIGHT,
        *,
        let_through: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._gap = 1 / per_second if per_second else 0.0
        self._per_second = per_second
        self.in_flight = in_flight
        self._gate = asyncio.Lock()
        self._let_through = let_through
        # The loop's clock may begin at the machine's start, a moment ago.
        self._next = -math.inf

    def turns_in(self, seconds: float) -> int:
        """How many it lets through in so many seconds."""
        return int(self._per_second * seconds) if self._per_second else _UNPACED

    async def turn(self) -> None:
        """Wait for the turn of one more request."""
        if not self._gap:
            return
        now = asyncio.get_running_loop().time
        # One after another: with a time promised to each, all would go at once after the machine stood still.
        async with self._gate:
            if (wait := self._next - now()) > 0:
                await asyncio.sleep(wait)
            if self._let_through is not None:
                await self._let_through()
            # A little is made up for: timers ring late, and an announcement and its copies need not queue.
            self._next = max(self._next, now() - AT_ONCE * self._gap) + self._gap
