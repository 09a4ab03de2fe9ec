"""Discord's ids: 64-bit numbers that hold the instant they were made at.

https://discord.com/developers/docs/reference#snowflakes
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

DISCORD_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
#: A world's own furniture (guilds, channels, roles, people) dates from here, so that its ids are the same in every run.
WORLD_BEGAN = datetime(2020, 1, 1, tzinfo=UTC)

_MILLISECOND = timedelta(milliseconds=1)


def snowflake_at(instant: datetime) -> int:
    """The smallest id of an instant."""
    return ((instant - DISCORD_EPOCH) // _MILLISECOND) << 22


def snowflake_time(snowflake: int) -> datetime:
    """The instant (UTC) an id was made at."""
    return DISCORD_EPOCH + timedelta(milliseconds=snowflake >> 22)


class Snowflakes:
    """Hands out ids in growing order, even when the clock stands still or is set back."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self._last = 0

    def next(self) -> int:
        self._last = max(snowflake_at(self.now()), self._last + 1)
        return self._last
