"""Instants, zones and the two clocks people at conferences live by.

Every instant in Usher is an aware ``datetime`` in UTC. A zone appears only where text is read or
written: the venue's IANA zone, and AoE ("anywhere on Earth", UTC-12), in which most calls for
papers give their deadlines.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Protocol
from zoneinfo import ZoneInfo

AOE = timezone(timedelta(hours=-12), "AoE")


class Clock(Protocol):
    """Where the present comes from. Only the composition root makes one.

    There are two presents: the programme's, which a rehearsal starts where it likes and runs fast, and the machine's,
    on which leases, retries and Discord's own limits run.
    """

    def now(self) -> datetime:
        """The programme's present instant, aware, in UTC."""
        ...

    def wall(self) -> datetime:
        """The machine's present instant, aware, in UTC."""
        ...

    def seconds_until(self, instant: datetime) -> float:
        """Real seconds until ``now`` will show ``instant``; 0 where it is past."""
        ...

    def hold_at(self, instant: datetime | None) -> None:
        """A rehearsal's clock does not pass ``instant`` until it is told another: what is due then is said first."""
        ...


class UnreadableTimeError(ValueError):
    """A wall-clock time that its zone does not have, or has twice."""


def localize(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The UTC instant at which a clock on the wall in ``zone`` shows ``wall`` on ``day``.

    Raises UnreadableTimeError for a time skipped or repeated by a daylight-saving change: guessing
    would be an hour wrong half of the time.
    """
    early = datetime.combine(day, wall, tzinfo=zone)
    late = early.replace(fold=1)
    if early.utcoffset() != late.utcoffset():
        back = early.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
        if back != early.replace(tzinfo=None):
            raise UnreadableTimeError(f"{wall:%H:%M} on {day} does not exist in {zone.key}: the clock skips it")
        raise UnreadableTimeError(f"{wall:%H:%M} on {day} happens twice in {zone.key}: the clock is set back")
    return early.astimezone(UTC)


def on_the_wall(instant: datetime, zone: ZoneInfo) -> str:
    """What a clock on the wall in ``zone`` shows at ``instant``: 09:10.

    In the hour that comes twice, when clocks are set back, with the offset that tells which one it is: 02:30 UTC+2.
    """
    local = instant.astimezone(zone)
    clock = f"{local.hour:02}:{local.minute:02}"
    offset = local.utcoffset()
    if offset is None or local.replace(fold=1 - local.fold).utcoffset() == offset:
        return clock
    minutes = offset // timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    return f"{clock} UTC{'-' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"


def day_before(instant: datetime, zone: ZoneInfo) -> datetime:
    """The UTC instant at which clocks in ``zone`` showed the same time on the day before ``instant``."""
    return (instant.astimezone(zone) - timedelta(days=1)).astimezone(UTC)


def aoe(day: date, wall: time = time(23, 59)) -> datetime:
    """The UTC instant of a wall-clock time anywhere on Earth: 23:59 AoE is 11:59 UTC the next day."""
    return datetime.combine(day, wall, tzinfo=AOE).astimezone(UTC)
