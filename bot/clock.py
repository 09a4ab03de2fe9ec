"""The one place that reads the machine's clock. Everything else is handed a Clock."""

from datetime import UTC, datetime

from bot.domain.times import Clock, RunningClock


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def clock_from(start: datetime | None) -> Clock:
    """The machine's clock, or one that starts at ``start`` (aware) now and runs at the same speed."""
    real = SystemClock()
    return real if start is None else RunningClock(start.astimezone(UTC), real.now(), real.now)
