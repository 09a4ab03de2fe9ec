"""When the bot speaks by itself: an organizer's choice, with defaults that suit a workshop."""

from datetime import time, timedelta

from msgspec import Struct


class Policy(Struct, frozen=True):
    """``deadlines`` and ``sessions`` say how long before; wall-clock times are the venue's.

    ``sessions`` before a slot starts; ``talks`` whether each talk is also told at its start. ``digest`` is when the
    day's overview goes out, ``overview`` when the day before the event is summed up; None switches either off.
    Between ``quiet_from`` and ``quiet_until`` nothing goes out that is ``quiet_ahead`` or more before what it tells of.
    """

    deadlines: tuple[timedelta, ...] = (
        timedelta(days=14),
        timedelta(days=7),
        timedelta(days=3),
        timedelta(days=1),
        timedelta(hours=6),
        timedelta(hours=1),
    )
    sessions: tuple[timedelta, ...] = (timedelta(minutes=15),)
    talks: bool = True
    digest: time | None = time(8, 0)
    overview: time | None = time(18, 0)
    quiet_from: time = time(22, 0)
    quiet_until: time = time(8, 0)
    quiet_ahead: timedelta = timedelta(hours=24)
