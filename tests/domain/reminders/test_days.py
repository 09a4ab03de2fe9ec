"""The digest of a day and the overview of the event."""

from datetime import date, time, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.people import Group
from bot.domain.reminders.notice import Facts, Notice, NoticeKind
from bot.domain.reminders.plan import plan
from bot.domain.sessions import Kind
from tests.domain.reminders.samples import SILENT, program, session, utc

DIGEST = replace(SILENT, digest=time(8, 0))
OVERVIEW = replace(SILENT, overview=time(18, 0))


def test_digest_holds_what_its_text_needs() -> None:
    slots = (session("opening", "09:00"), session("party", "19:00", 120), session("awards", "17:00", 30))
    assert plan(program(*slots, policy=DIGEST)) == [
        Notice(
            key="digest:2025-04-28",
            facts=Facts(NoticeKind.DIGEST, day=date(2025, 4, 28)),
            audience=Group.PUBLIC,
            place="announcements",
            due_at=utc("2025-04-28T08:00"),
            expires_at=utc("2025-04-28T21:00"),
        )
    ]


@pytest.mark.parametrize(
    ("first", "due"),
    [
        ("14:00", "2025-04-28T08:00"),
        ("08:30", "2025-04-28T08:00"),
        ("08:29", "2025-04-28T07:59"),
        ("07:40", "2025-04-28T07:10"),
        ("00:10", "2025-04-27T23:40"),
    ],
)
def test_digest_comes_half_an_hour_before_the_first_session(first: str, due: str) -> None:
    (notice,) = plan(program(session("opening", first), session("late", "20:00"), policy=DIGEST))
    assert notice.due_at == utc(due)


def test_digest_counts_days_at_the_venue() -> None:
    """07:40 in Singapore is still the day before in UTC."""
    slots = (session("early", "2025-04-27T23:40"), session("late", "2025-04-28T15:30"), session("next", "16:30"))
    planned = plan(program(*slots, policy=DIGEST, zone="Asia/Singapore"))
    assert [(notice.key, notice.due_at, notice.expires_at) for notice in planned] == [
        ("digest:2025-04-28", utc("2025-04-27T23:10"), utc("2025-04-28T16:30")),
        ("digest:2025-04-29", utc("2025-04-28T16:00"), utc("2025-04-28T17:30")),
    ]


def test_digest_is_not_for_days_without_sessions_that_take_place() -> None:
    slots = (
        session("held", "2025-04-28T09:00"),
        session("gone", "2025-04-29T09:00", cancelled=True),
        session("coffee", "2025-04-30T09:00", 30, Kind.BREAK),
        session("last", "2025-05-01T09:00"),
    )
    assert [notice.key for notice in plan(program(*slots, policy=DIGEST))] == [
        "digest:2025-04-28",
        "digest:2025-05-01",
    ]


@pytest.mark.parametrize(
    ("zone", "day", "due"),
    [
        ("Europe/Berlin", "2025-03-30", "2025-03-30T06:00"),
        ("Europe/Berlin", "2025-10-26", "2025-10-26T07:00"),
        ("America/Vancouver", "2025-03-09", "2025-03-09T15:00"),
        ("America/Vancouver", "2025-11-02", "2025-11-02T16:00"),
        ("Australia/Lord_Howe", "2025-10-05", "2025-10-04T21:00"),
        ("Australia/Lord_Howe", "2025-04-06", "2025-04-05T21:30"),
    ],
)
def test_digest_keeps_the_wall_clock_on_a_day_on_which_it_is_moved(zone: str, day: str, due: str) -> None:
    start = (utc(due) + timedelta(hours=2)).replace(tzinfo=None).isoformat()
    (notice,) = plan(program(session("talk", start), policy=DIGEST, zone=zone))
    assert (notice.key, notice.due_at) == (f"digest:{day}", utc(due))


def test_overview_holds_what_its_text_needs() -> None:
    slots = (session("opening", "09:00"), session("second-day", "2025-04-29T09:00"))
    assert plan(program(*slots, policy=OVERVIEW)) == [
        Notice(
            key="overview:2025-04-28",
            facts=Facts(NoticeKind.OVERVIEW, day=date(2025, 4, 28)),
            audience=Group.PUBLIC,
            place="announcements",
            due_at=utc("2025-04-27T18:00"),
            expires_at=utc("2025-04-28T09:00"),
        )
    ]


def test_overview_in_quiet_hours_and_a_day_ahead_comes_in_the_evening() -> None:
    late = replace(SILENT, overview=time(22, 30))
    (far,) = plan(program(session("dinner", "22:45"), policy=late))
    (near,) = plan(program(session("opening", "09:00"), policy=late))
    assert (far.due_at, near.due_at) == (utc("2025-04-27T21:59"), utc("2025-04-27T22:30"))


@pytest.mark.parametrize("start", ["0001-01-01T09:00", "9999-12-31T09:00"])
def test_days_at_the_end_of_the_calendar_are_not_told(start: str) -> None:
    policy = replace(OVERVIEW, digest=time(8, 0))
    slot = replace(session("a", "09:00"), start=utc(start), end=utc(start).replace(hour=10))
    assert plan(program(slot, policy=policy)) == []
