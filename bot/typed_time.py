"""Times as people type them on the command line."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.errors import UsherError
from bot.domain.times import UnreadableTimeError, localize

#: A snowflake counts milliseconds from 2015 in 42 bits, and SQLite keeps it in 63 (Discord: Snowflakes).
_FIRST_YEAR, _LAST_YEAR = 2016, 2080
_WITH_ZONE = "2025-04-28T16:20Z"
TIME_EXAMPLES = f"2025-04-28T09:20 (venue time) or {_WITH_ZONE}"


def instant_of(text: str, zone: ZoneInfo, otherwise: str) -> datetime:
    """The instant that an ISO time names, in ``zone`` where it names none.

    Raises UsherError, also for a time that the zone skips or has twice; its text is ``otherwise`` for what is no time.
    """
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise UsherError(otherwise) from None
    if not _FIRST_YEAR <= instant.year <= _LAST_YEAR:
        raise UsherError(f"{text} is too far away: message ids hold the years {_FIRST_YEAR} to {_LAST_YEAR}.")
    if instant.tzinfo:
        return instant.astimezone(UTC)
    try:
        return localize(instant.date(), instant.time(), zone)
    except UnreadableTimeError as error:
        raise UsherError(f"{error}. Write another time, or one with its zone, such as {_WITH_ZONE}.") from None
