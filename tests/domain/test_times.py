from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.times import AOE, UnreadableTimeError, aoe, day_before, localize, on_the_wall

SKIPPED = "does not exist in {}: the clock skips it"
REPEATED = "happens twice in {}: the clock is set back"


def utc(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "wall", "instant"),
    [
        ("America/Vancouver", date(2025, 4, 28), time(9, 10), utc(2025, 4, 28, 16, 10)),
        ("America/Vancouver", date(2025, 2, 1), time(9, 10), utc(2025, 2, 1, 17, 10)),
        ("Asia/Singapore", date(2025, 4, 28), time(7, 40), utc(2025, 4, 27, 23, 40)),
        ("Asia/Kathmandu", date(2025, 4, 28), time(12, 0), utc(2025, 4, 28, 6, 15)),
        ("Pacific/Kiritimati", date(2025, 1, 1), time(0, 0), utc(2024, 12, 31, 10)),
        # The last minute before, and the first after, each change of the clock.
        ("America/Vancouver", date(2025, 3, 9), time(1, 59), utc(2025, 3, 9, 9, 59)),
        ("America/Vancouver", date(2025, 3, 9), time(3, 0), utc(2025, 3, 9, 10, 0)),
        ("America/Vancouver", date(2025, 11, 2), time(0, 59), utc(2025, 11, 2, 7, 59)),
        ("America/Vancouver", date(2025, 11, 2), time(2, 0), utc(2025, 11, 2, 10, 0)),
        ("Australia/Lord_Howe", date(2025, 10, 5), time(2, 30), utc(2025, 10, 4, 15, 30)),
    ],
)
def test_localize_is_the_instant_of_the_wall_clock(zone: str, day: date, wall: time, instant: datetime) -> None:
    found = localize(day, wall, ZoneInfo(zone))
    assert (found, found.tzinfo) == (instant, UTC)


@pytest.mark.parametrize(
    ("zone", "day", "wall", "fault"),
    [
        ("America/Vancouver", date(2025, 3, 9), time(2, 0), SKIPPED),
        ("America/Vancouver", date(2025, 3, 9), time(2, 59), SKIPPED),
        ("America/Vancouver", date(2025, 11, 2), time(1, 0), REPEATED),
        ("Australia/Lord_Howe", date(2025, 10, 5), time(2, 15), SKIPPED),
        ("Europe/Lisbon", date(2025, 10, 26), time(1, 30), REPEATED),
    ],
)
def test_localize_refuses_a_time_that_is_not_there_once(zone: str, day: date, wall: time, fault: str) -> None:
    with pytest.raises(UnreadableTimeError) as caught:
        localize(day, wall, ZoneInfo(zone))
    assert str(caught.value) == f"{wall:%H:%M} on {day} {fault.format(zone)}"


@pytest.mark.parametrize(
    ("day", "wall", "instant"),
    [
        (date(2025, 2, 1), time(23, 59), utc(2025, 2, 2, 11, 59)),
        (date(2024, 12, 31), time(23, 59), utc(2025, 1, 1, 11, 59)),
        (date(2025, 2, 1), time(0, 0), utc(2025, 2, 1, 12, 0)),
    ],
)
def test_aoe_is_twelve_hours_behind_utc(day: date, wall: time, instant: datetime) -> None:
    assert aoe(day, wall) == instant


def test_aoe_is_the_end_of_the_day_by_default() -> None:
    assert aoe(date(2025, 2, 1)) == aoe(date(2025, 2, 1), time(23, 59))
    assert AOE.utcoffset(None) == timedelta(hours=-12)


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (utc(2025, 4, 28, 15), utc(2025, 4, 27, 15)),
        # The clock was set forward in the night: that day had 23 hours. And back: it had 25.
        (utc(2025, 3, 9, 15), utc(2025, 3, 8, 16)),
        (utc(2025, 11, 2, 16), utc(2025, 11, 1, 15)),
    ],
)
def test_the_day_before_is_told_by_the_clock_at_the_venue(now: datetime, before: datetime) -> None:
    assert day_before(now, ZoneInfo("America/Vancouver")) == before


@pytest.mark.parametrize(
    ("zone", "instant", "shown"),
    [
        ("America/Vancouver", utc(2025, 4, 28, 16, 10), "09:10"),
        ("America/Vancouver", utc(2025, 11, 2, 7, 59), "00:59"),
        ("America/Vancouver", utc(2025, 11, 2, 8, 30), "01:30 UTC-7"),
        ("America/Vancouver", utc(2025, 11, 2, 9, 30), "01:30 UTC-8"),
        ("America/Vancouver", utc(2025, 11, 2, 10, 0), "02:00"),
        ("America/Vancouver", utc(2025, 3, 9, 10, 30), "03:30"),
        ("Australia/Lord_Howe", utc(2025, 4, 5, 15, 15), "01:45 UTC+10:30"),
        ("Europe/Lisbon", utc(2025, 10, 26, 1, 30), "01:30 UTC+0"),
    ],
)
def test_a_clock_on_the_wall_that_comes_twice_says_which(zone: str, instant: datetime, shown: str) -> None:
    assert on_the_wall(instant, ZoneInfo(zone)) == shown
