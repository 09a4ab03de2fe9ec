"""Deadlines: when, where and for whom they are told."""

from datetime import timedelta

import pytest

from bot.domain.call import DeadlineKind
from bot.domain.people import Group
from bot.domain.reminders.notice import Facts, Notice, NoticeKind
from bot.domain.reminders.plan import plan
from bot.domain.reminders.policy import Policy
from tests.domain.reminders.samples import deadline, program, utc

#: As most organizers leave it, without the days of the event.
POLICY = Policy(sessions=(), talks=False, digest=None, overview=None)


def test_deadline_is_told_six_times_and_left_quiet_at_night() -> None:
    """23:59 AoE of 1 February is 03:59 in Vancouver."""
    planned = plan(
        program(deadlines=(deadline("papers", "2025-02-02T11:59"),), policy=POLICY, zone="America/Vancouver")
    )
    assert [(notice.key, notice.due_at) for notice in planned] == [
        ("deadline:papers:2025-02-02T11:59Z:T-14d", utc("2025-01-19T05:59")),
        ("deadline:papers:2025-02-02T11:59Z:T-7d", utc("2025-01-26T05:59")),
        ("deadline:papers:2025-02-02T11:59Z:T-3d", utc("2025-01-30T05:59")),
        ("deadline:papers:2025-02-02T11:59Z:T-1d", utc("2025-02-01T05:59")),
        ("deadline:papers:2025-02-02T11:59Z:T-6h", utc("2025-02-02T05:59")),
        ("deadline:papers:2025-02-02T11:59Z:T-1h", utc("2025-02-02T10:59")),
    ]


def test_deadline_notice_holds_what_its_text_needs() -> None:
    due = utc("2025-02-02T11:59")
    policy = Policy(deadlines=(timedelta(hours=6),))
    assert plan(program(deadlines=(deadline("papers", "2025-02-02T11:59"),), policy=policy)) == [
        Notice(
            key="deadline:papers:2025-02-02T11:59Z:T-6h",
            facts=Facts(NoticeKind.DEADLINE, ("papers",), due),
            audience=Group.PUBLIC,
            place="announcements",
            due_at=utc("2025-02-02T05:59"),
            expires_at=due,
        )
    ]


def test_deadline_that_was_extended_is_told_under_other_keys() -> None:
    before = {notice.key for notice in plan(program(deadlines=(deadline("a", "2025-02-02T12:00"),), policy=POLICY))}
    after = {notice.key for notice in plan(program(deadlines=(deadline("a", "2025-02-09T12:00"),), policy=POLICY))}
    assert before & after == set()


def test_notification_is_told_the_day_before_and_at_its_time() -> None:
    news = deadline("decisions", "2025-03-01T12:00", DeadlineKind.NOTIFICATION)
    assert [
        (notice.key.rpartition(":")[2], notice.due_at, notice.expires_at)
        for notice in plan(program(deadlines=(news,), policy=POLICY))
    ] == [
        ("T-1d", utc("2025-02-28T12:00"), utc("2025-03-02T00:00")),
        ("T-0", utc("2025-03-01T12:00"), utc("2025-03-02T00:00")),
    ]


def test_notification_is_not_told_where_no_deadline_is() -> None:
    news = deadline("decisions", "2025-03-01T12:00", DeadlineKind.NOTIFICATION)
    assert plan(program(deadlines=(news,), policy=Policy(deadlines=()))) == []


def test_deadline_leads_that_meet_before_quiet_hours_are_one_notice() -> None:
    policy = Policy(deadlines=(timedelta(hours=26), timedelta(hours=25), timedelta(days=1), timedelta(hours=2)))
    planned = plan(program(deadlines=(deadline("a", "2025-02-02T03:00"),), policy=policy))
    assert [(notice.key.rpartition(":")[2], notice.due_at) for notice in planned] == [
        ("T-1d", utc("2025-01-31T21:59")),
        ("T-2h", utc("2025-02-02T01:00")),
    ]


@pytest.mark.parametrize(
    ("lead", "name"),
    [
        (timedelta(days=14), "T-14d"),
        (timedelta(hours=24), "T-1d"),
        (timedelta(hours=36), "T-36h"),
        (timedelta(minutes=60), "T-1h"),
        (timedelta(minutes=90), "T-90m"),
        (timedelta(minutes=1), "T-1m"),
    ],
)
def test_deadline_key_names_the_lead_in_its_largest_unit(lead: timedelta, name: str) -> None:
    policy = Policy(deadlines=(lead,))
    (notice,) = plan(program(deadlines=(deadline("a", "2025-02-02T20:00"),), policy=policy))
    assert notice.key == f"deadline:a:2025-02-02T20:00Z:{name}"


@pytest.mark.parametrize("due", ["0001-01-02T00:00", "9999-12-31T00:00"])
def test_deadline_at_the_end_of_the_calendar_is_not_told(due: str) -> None:
    assert plan(program(deadlines=(deadline("a", due, DeadlineKind.NOTIFICATION),), policy=POLICY)) == []


PLACED = {purpose: purpose for purpose in ("announcements", "schedule", "reviewers", "organizers")}


@pytest.mark.parametrize(
    ("audience", "channels", "roles", "place"),
    [
        (Group.PUBLIC, PLACED, {}, "announcements"),
        (Group.PUBLIC, {}, {}, "announcements"),
        (Group.REVIEWERS, PLACED, {}, "reviewers"),
        (Group.AUTHORS, PLACED, {}, "organizers"),
        (Group.SPEAKERS, PLACED, {"speakers": "Speaker"}, "organizers"),
        (Group.ORGANIZERS, PLACED, {}, "organizers"),
        (Group.REVIEWERS, {"announcements": "news"}, {}, "organizers"),
        (Group.ORGANIZERS, {}, {}, "organizers"),
        (Group.ATTENDEES, PLACED, {}, "announcements"),
        (Group.ATTENDEES, PLACED, {"attendees": "Attendee"}, "organizers"),
        (Group.ATTENDEES, {**PLACED, "attendees": "lounge"}, {"attendees": "Attendee"}, "attendees"),
    ],
)
def test_deadline_goes_where_its_circle_reads(
    audience: Group, channels: dict[str, str], roles: dict[str, str], place: str
) -> None:
    dates = (deadline("a", "2025-02-02T12:00", audience=audience),)
    planned = plan(program(deadlines=dates, policy=POLICY, channels=channels, roles=roles))
    assert {(notice.audience, notice.place) for notice in planned} == {(audience, place)}
