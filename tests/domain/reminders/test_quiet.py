"""Quiet hours: what is far ahead goes out in the evening before, also in nights in which the clock is moved."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reminders.policy import Policy
from bot.domain.reminders.quiet import allowed, at_wall

BERLIN, VANCOUVER, SINGAPORE, LORD_HOWE = "Europe/Berlin", "America/Vancouver", "Asia/Singapore", "Australia/Lord_Howe"
ZONES = (BERLIN, VANCOUVER, SINGAPORE, LORD_HOWE)
FIRST = datetime(2020, 1, 1, tzinfo=UTC)


def here(zone: str, text: str) -> datetime:
    """The UTC instant of a wall-clock time; ``+`` at its end means the second of two."""
    return datetime.fromisoformat(text.rstrip("+")).replace(tzinfo=ZoneInfo(zone), fold="+" in text).astimezone(UTC)


def policy(hours: str = "22:00-08:00") -> Policy:
    start, end = (time.fromisoformat(wall) for wall in hours.split("-"))
    return Policy(quiet_from=start, quiet_until=end)


@pytest.mark.parametrize(
    ("due", "sent"),
    [
        ("2025-02-01T21:59", "2025-02-01T21:59"),
        ("2025-02-01T22:00", "2025-02-01T21:59"),
        ("2025-02-01T23:59", "2025-02-01T21:59"),
        ("2025-02-02T00:00", "2025-02-01T21:59"),
        ("2025-02-02T03:59", "2025-02-01T21:59"),
        ("2025-02-02T07:59", "2025-02-01T21:59"),
        ("2025-02-02T08:00", "2025-02-02T08:00"),
        ("2025-02-02T12:00", "2025-02-02T12:00"),
    ],
)
@pytest.mark.parametrize("zone", ZONES)
def test_allowed_moves_the_night_to_the_evening_before(zone: str, due: str, sent: str) -> None:
    instant = here(zone, due)
    assert allowed(policy(), ZoneInfo(zone), instant, instant + timedelta(days=7)) == here(zone, sent)


@pytest.mark.parametrize(
    ("ahead", "sent"),
    [
        (timedelta(hours=1), "2025-02-02T03:59"),
        (timedelta(hours=23, minutes=59), "2025-02-02T03:59"),
        (timedelta(hours=24), "2025-02-01T21:59"),
        (timedelta(days=14), "2025-02-01T21:59"),
    ],
)
@pytest.mark.parametrize("zone", ZONES)
def test_allowed_moves_only_what_is_a_day_ahead(zone: str, ahead: timedelta, sent: str) -> None:
    due = here(zone, "2025-02-02T03:59")
    assert allowed(policy(), ZoneInfo(zone), due, due + ahead) == here(zone, sent)


@pytest.mark.parametrize(
    ("hours", "due", "sent"),
    [
        ("12:00-14:00", "2025-02-02T13:00", "2025-02-02T11:59"),
        ("12:00-14:00", "2025-02-02T14:00", "2025-02-02T14:00"),
        ("00:00-08:00", "2025-02-02T00:00", "2025-02-01T23:59"),
        ("22:00-00:00", "2025-02-02T23:30", "2025-02-02T21:59"),
        ("22:00-00:00", "2025-02-02T00:00", "2025-02-02T00:00"),
        ("00:00-00:00", "2025-02-02T00:00", "2025-02-02T00:00"),
        ("08:00-08:00", "2025-02-02T03:00", "2025-02-02T03:00"),
    ],
)
def test_allowed_follows_the_hours_of_the_policy(hours: str, due: str, sent: str) -> None:
    instant = here(SINGAPORE, due)
    moved = allowed(policy(hours), ZoneInfo(SINGAPORE), instant, instant + timedelta(days=2))
    assert moved == here(SINGAPORE, sent)


@pytest.mark.parametrize(
    ("zone", "hours", "due", "sent"),
    [
        # The clock goes from 02:00 to 03:00, and from 02:00 to 02:30 on Lord Howe Island.
        (BERLIN, "22:00-08:00", "2025-03-30T07:00", "2025-03-29T21:59"),
        (VANCOUVER, "22:00-08:00", "2025-03-09T07:00", "2025-03-08T21:59"),
        (LORD_HOWE, "22:00-08:00", "2025-10-05T07:00", "2025-10-04T21:59"),
        # It goes back from 03:00 or 02:00 by an hour, and from 02:00 to 01:30.
        (BERLIN, "22:00-08:00", "2025-10-26T02:30+", "2025-10-25T21:59"),
        (VANCOUVER, "22:00-08:00", "2025-11-02T01:30+", "2025-11-01T21:59"),
        (LORD_HOWE, "22:00-08:00", "2025-04-06T01:45+", "2025-04-05T21:59"),
        # Quiet hours begin at a time that is skipped: the last minute is the one before the clock is moved.
        (BERLIN, "02:30-06:00", "2025-03-30T05:00", "2025-03-30T01:59"),
        (VANCOUVER, "02:30-06:00", "2025-03-09T05:00", "2025-03-09T01:59"),
        (LORD_HOWE, "02:15-06:00", "2025-10-05T05:00", "2025-10-05T01:59"),
        # They begin at a time that comes twice: between the two, the clock shows a time that is allowed.
        (BERLIN, "02:30-06:00", "2025-10-26T05:00", "2025-10-26T02:29+"),
        (BERLIN, "02:30-06:00", "2025-10-26T02:45", "2025-10-26T02:29"),
        (BERLIN, "02:30-06:00", "2025-10-26T02:15+", "2025-10-26T02:15+"),
        (VANCOUVER, "01:30-06:00", "2025-11-02T05:00", "2025-11-02T01:29+"),
        (LORD_HOWE, "01:45-06:00", "2025-04-06T05:00", "2025-04-06T01:44+"),
    ],
)
def test_allowed_where_the_clock_is_moved(zone: str, hours: str, due: str, sent: str) -> None:
    instant = here(zone, due)
    assert allowed(policy(hours), ZoneInfo(zone), instant, instant + timedelta(days=2)) == here(zone, sent)


@pytest.mark.parametrize(
    ("zone", "wall", "expected"),
    [
        (BERLIN, "2025-03-30T02:30", "2025-03-30T03:30"),
        (LORD_HOWE, "2025-10-05T02:15", "2025-10-05T02:45"),
        (BERLIN, "2025-10-26T02:30", "2025-10-26T02:30"),
        (SINGAPORE, "2025-10-26T02:30", "2025-10-26T02:30"),
    ],
)
def test_at_wall_of_a_time_that_is_skipped_or_repeated(zone: str, wall: str, expected: str) -> None:
    at = datetime.fromisoformat(wall)
    assert at_wall(at.date(), at.time(), ZoneInfo(zone)) == here(zone, expected)


WALLS = st.times().map(lambda wall: wall.replace(second=0, microsecond=0))
INSTANTS = st.integers(0, 10 * 366 * 24 * 60).map(lambda count: FIRST + timedelta(minutes=count))


@given(zone=st.sampled_from(ZONES), start=WALLS, end=WALLS, due=INSTANTS)
def test_allowed_is_never_later_nor_in_the_quiet_hours(zone: str, start: time, end: time, due: datetime) -> None:
    hours, place = Policy(quiet_from=start, quiet_until=end), ZoneInfo(zone)
    sent = allowed(hours, place, due, due + timedelta(days=3))
    assert timedelta(0) <= due - sent <= timedelta(hours=25)
    assert allowed(hours, place, sent, due + timedelta(days=3)) == sent
    if sent != due:
        following = sent + timedelta(minutes=1)
        assert allowed(hours, place, following, due + timedelta(days=3)) == sent
