"""The one place that reads the machine's clock. Everything else is handed a Clock."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class SystemClock:
    """The machine's own clock: the programme's present is the machine's."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def wall(self) -> datetime:
        return datetime.now(UTC)

    def seconds_until(self, instant: datetime) -> float:
        return max(0.0, (instant - self.now()).total_seconds())

    def hold_at(self, instant: datetime | None) -> None:
        """The machine's clock cannot be held."""


class RehearsalClock:
    """A clock that starts where it is told, runs at ``speed``, and can be moved forward.

    It passes no instant at which something is due before that has been said (see ``hold_at``): so whatever the speed,
    and however far it is moved, everything happens in its order at its minute. ``real`` is the machine's clock.
    """

    def __init__(self, start: datetime, speed: float = 1.0, real: Callable[[], datetime] | None = None) -> None:
        self._real = real or SystemClock().now
        self._speed = speed
        self._from, self._since = start.astimezone(UTC), self._real()
        #: Until the queue was looked at for the first time, nothing is known of what is due.
        self._held: datetime | None = self._from
        self._target: datetime | None = None

    def now(self) -> datetime:
        running = self._from + (self._real() - self._since) * self._speed
        wanted = max(running, self._target) if self._target else running
        return max(self._from, min(wanted, self._held)) if self._held else wanted

    def wall(self) -> datetime:
        return self._real()

    @property
    def speed(self) -> float:
        """Programme seconds in a real second."""
        return self._speed

    def seconds_until(self, instant: datetime) -> float:
        now = self.now()
        if instant <= max(now, self._target or now):
            return 0.0
        return (instant - now) / timedelta(seconds=1) / self._speed

    def hold_at(self, instant: datetime | None) -> None:
        self._start_from_here()
        self._held = instant
        if self._target and self.now() >= self._target:
            self._start_from_here()
            self._target = None

    def move_to(self, instant: datetime) -> None:
        """Go forward to ``instant``, living through what lies between; an earlier one changes nothing."""
        self._target = max(instant.astimezone(UTC), self.now())

    def run_at(self, speed: float) -> None:
        """From now on at ``speed`` (programme seconds in a real second)."""
        self._start_from_here()
        self._speed = speed

    def _start_from_here(self) -> None:
        self._from, self._since = self.now(), self._real()
