"""The clock of ``usher run --clock``: another day, in a process of its own."""

from collections.abc import Callable
from functools import partial
from zoneinfo import ZoneInfo

from bot.domain.errors import UsherError
from bot.sandbox_clock import StageClock
from bot.typed_time import TIME_EXAMPLES, instant_of

_FASTEST = 3600.0

#: Starts the clock; the argument wakes the delivery.
Begin = Callable[[Callable[[], None]], None]


def rehearsing(typed: str, zone: ZoneInfo) -> tuple[StageClock, Begin]:
    """A clock, and what starts it as ``typed``: an ISO time at the venue, and x60 behind it for 60 seconds in a second.

    Raises UsherError for what is no time, and for a speed that cannot be.
    """
    time, _, speed = typed.partition("x")
    wrong = f"--clock {typed} is not a time. Write {TIME_EXAMPLES}, with x60 behind it for 60 seconds in a second."
    try:
        factor = float(speed or 1)
    except ValueError:
        raise UsherError(wrong) from None
    if not 0 < factor <= _FASTEST:
        raise UsherError(f"--clock {typed}: the speed must be above 0 and at most {_FASTEST:.0f}.")
    clock = StageClock()
    return clock, partial(clock.start, instant_of(time, zone, wrong), factor, zone)
