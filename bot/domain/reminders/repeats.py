"""When something that changed is told again: people do not read the first message."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum


class Repeat(StrEnum):
    """At once, a little later, and before what it is about starts."""

    NOW = "now"
    SOON = "+30m"
    HOUR = "T-60m"
    QUARTER = "T-15m"
    START = "T-0"


_AFTER = {Repeat.NOW: timedelta(0), Repeat.SOON: timedelta(minutes=30)}
_BEFORE = {Repeat.HOUR: timedelta(minutes=60), Repeat.QUARTER: timedelta(minutes=15), Repeat.START: timedelta(0)}


def repeats(now: datetime, start: datetime | None, without: Collection[Repeat] = ()) -> Mapping[datetime, Repeat]:
    """When to tell of something that changed at ``now`` and starts at ``start`` (None: it has started). All in UTC.

    In order. Nothing is told twice in one minute, and nothing once it has started but what is told at once.
    """
    times = {now + after: repeat for repeat, after in _AFTER.items()}
    if start is not None:
        times = {at: repeat for at, repeat in times.items() if at <= start or repeat is Repeat.NOW}
        times |= {start - before: repeat for repeat, before in _BEFORE.items() if start - before > now}
    else:
        times = {now: Repeat.NOW}
    return {at: times[at] for at in sorted(times) if times[at] not in without}
