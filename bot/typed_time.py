"""Times as people type them on the command line."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.errors import UsherError

#: A snowflake counts milliseconds from 2015 in 42 bits, and SQLite keeps it in 63 (Discord: Snowflakes).
_FIRST_YEAR, _LAST_YEAR = 2016, 2080
TIME_EXAMPLES = "2025-04-28T09:20 (venue time) or 2025-04-28T16:20Z"


def instant_of(text: str, zone: ZoneInfo, otherwise: str) -> datetime:
    """The instant that an ISO time names, in ``zone`` where it names none.

    Raises UsherError; its text is ``otherwise`` for what is no time.
    """
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise UsherError(otherwise) from None
    if not _FIRST_YEAR <= instant.year <= _LAST_YEAR:
        raise UsherError(f"{text} is too far away: message ids hold the years {_FIRST_YEAR} to {_LAST_YEAR}.")
    return (instant if instant.tzinfo else instant.replace(tzinfo=zone)).astimezone(UTC)
