"""How long before something it is told of: as a name inside a key, and as the instants that follow from it."""

from collections.abc import Iterable, Mapping
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.reminders.policy import Policy
from bot.domain.reminders.quiet import allowed

_UNITS = ((timedelta(days=1), "d"), (timedelta(hours=1), "h"), (timedelta(minutes=1), "m"))


def stamp(instant: datetime) -> str:
    """An instant as it stands in a key, to the minute: 2025-02-02T11:59Z."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="minutes") + "Z"


def lead_name(lead: timedelta) -> str:
    """T-14d, T-6h, T-15m; T-0 for the moment itself. In the largest unit that leaves no rest."""
    if not lead:
        return "T-0"
    unit, letter = next((unit, letter) for unit, letter in _UNITS if not lead % unit or letter == "m")
    return f"T-{lead // unit}{letter}"


def can_be_told(instant: datetime) -> bool:
    """False at the two ends of the calendar, where the time before or after cannot be reckoned."""
    return MINYEAR < instant.year < MAXYEAR


def moments(policy: Policy, zone: ZoneInfo, leads: Iterable[timedelta], at: datetime) -> Mapping[datetime, timedelta]:
    """When to tell of what happens at ``at``, each with the lead that it stands for. All in UTC.

    Where quiet hours bring two together, the nearer one is told: nobody needs both in the same minute.
    """
    return {allowed(policy, zone, at - lead, at): lead for lead in sorted(leads, reverse=True)}
