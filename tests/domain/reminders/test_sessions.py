"""Sessions and talks: which are told together, which not at all, and until when."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.people import Group
from bot.domain.program import Program
from bot.domain.reminders.notice import Facts, Notice, NoticeKind
from bot.domain.reminders.plan import plan
from bot.domain.reminders.policy import Policy
from bot.domain.sessions import Kind, Session, Talk
from tests.domain.reminders.samples import SILENT, program, session, utc

STARTS = replace(SILENT, sessions=(timedelta(minutes=15),))
TALKS = replace(SILENT, talks=True)


def told(programme: Program) -> list[tuple[str, tuple[str, ...]]]:
    return [(notice.key, notice.facts.ids) for notice in plan(programme)]


def test_start_notice_holds_what_its_text_needs() -> None:
    assert plan(program(session("orals", "10:00"), policy=STARTS)) == [
        Notice(
            key="start:2025-04-28T10:00Z:T-15m",
            facts=Facts(NoticeKind.SESSIONS, ("orals",), utc("2025-04-28T10:00")),
            audience=Group.PUBLIC,
            place="announcements",
            due_at=utc("2025-04-28T09:45"),
            expires_at=utc("2025-04-28T10:30"),
        )
    ]


def test_start_notice_goes_to_the_schedule_where_there_is_one() -> None:
    channels = {"announcements": "news", "schedule": "plan"}
    (notice,) = plan(program(session("orals", "10:00"), policy=STARTS, channels=channels))
    assert notice.place == "schedule"


def test_start_notice_tells_parallel_sessions_together_until_the_shortest_is_over() -> None:
    short, long = session("awards", "10:00", minutes=10), session("tutorial", "10:00", minutes=90)
    (notice,) = plan(program(long, short, session("closing", "10:10"), policy=STARTS))[:1]
    assert (notice.facts.ids, notice.expires_at) == (("tutorial", "awards"), utc("2025-04-28T10:10"))


@pytest.mark.parametrize(
    ("kinds", "is_told"),
    [
        ((Kind.BREAK,), False),
        ((Kind.LUNCH,), False),
        ((Kind.LUNCH, Kind.BREAK), False),
        ((Kind.POSTER, Kind.BREAK), True),
        ((Kind.POSTER,), True),
        ((Kind.SOCIAL,), True),
        ((Kind.CLOSING,), True),
    ],
)
def test_start_notice_is_not_for_breaks(kinds: tuple[Kind, ...], is_told: bool) -> None:
    slot = replace(session("slot", "10:00"), kinds=kinds)
    assert bool(plan(program(slot, policy=STARTS))) is is_told


def test_start_notice_leaves_out_what_is_cancelled() -> None:
    gone = session("gone", "10:00", cancelled=True)
    alone = session("alone", "12:00", 60, Kind.INVITED_TALK, Talk("talk"), cancelled=True)
    policy = replace(STARTS, talks=True)
    assert told(program(gone, session("held", "10:00"), alone, policy=policy)) == [
        ("start:2025-04-28T10:00Z:T-15m", ("held",))
    ]


def test_start_notice_of_a_moved_session_has_another_key() -> None:
    assert told(program(session("orals", "10:20"), policy=STARTS)) == [("start:2025-04-28T10:20Z:T-15m", ("orals",))]


def test_start_notices_come_once_for_each_lead() -> None:
    policy = replace(SILENT, sessions=(timedelta(minutes=5), timedelta(hours=1)))
    assert told(program(session("orals", "10:00"), policy=policy)) == [
        ("start:2025-04-28T10:00Z:T-1h", ("orals",)),
        ("start:2025-04-28T10:00Z:T-5m", ("orals",)),
    ]


def test_start_notice_days_ahead_keeps_quiet_hours() -> None:
    policy = replace(SILENT, sessions=(timedelta(days=2),))
    (notice,) = plan(program(session("breakfast", "07:00"), policy=policy))
    assert notice.due_at == utc("2025-04-25T21:59")


def invited(id: str, start: str, *talks: Talk) -> Session:
    return session(id, start, 60, Kind.INVITED_TALK, *talks)


def test_talk_notice_holds_what_its_text_needs() -> None:
    assert plan(program(invited("invited", "10:00", Talk("tides")), policy=TALKS)) == [
        Notice(
            key="talk:2025-04-28T10:00Z:T-0",
            facts=Facts(NoticeKind.TALKS, ("tides",), utc("2025-04-28T10:00")),
            audience=Group.PUBLIC,
            place="announcements",
            due_at=utc("2025-04-28T10:00"),
            expires_at=utc("2025-04-28T10:10"),
        )
    ]


def test_talk_notice_comes_at_the_own_start_of_each_talk() -> None:
    talks = [Talk(f"t{minute}", start=utc(f"2025-04-28T10:{minute}")) for minute in (15, 45)]
    assert told(program(session("orals", "10:00", 60, Kind.ORAL, *talks), policy=TALKS)) == [
        ("talk:2025-04-28T10:15Z:T-0", ("t15",)),
        ("talk:2025-04-28T10:45Z:T-0", ("t45",)),
    ]


def test_talk_notice_tells_parallel_talks_together() -> None:
    late = Talk("late", start=utc("2025-04-28T10:30"))
    other = Talk("other", start=utc("2025-04-28T10:30"))
    rooms = (session("a", "10:00", 60, Kind.ORAL, late), session("b", "10:00", 60, Kind.ORAL, other))
    assert told(program(*rooms, policy=TALKS)) == [("talk:2025-04-28T10:30Z:T-0", ("late", "other"))]


@pytest.mark.parametrize(
    "slot",
    [
        session("orals", "10:00", 60, Kind.ORAL, Talk("unknown")),
        invited("invited", "10:00", Talk("first"), Talk("second")),
        invited("invited", "10:00"),
    ],
    ids=["oral without times", "two invited talks without times", "no talk"],
)
def test_talk_notice_needs_a_start(slot: Session) -> None:
    assert plan(program(slot, policy=TALKS)) == []


def test_talk_notice_can_be_switched_off() -> None:
    assert plan(program(invited("invited", "10:00", Talk("tides")), policy=SILENT)) == []


def test_talk_notice_does_not_repeat_a_session_told_in_the_same_minute() -> None:
    policy = replace(SILENT, talks=True, sessions=(timedelta(0),))
    last = Talk("last", start=utc("2025-04-28T10:40"))
    slots = (invited("invited", "10:00", Talk("tides")), session("orals", "10:00", 60, Kind.ORAL, last))
    assert told(program(*slots, policy=policy)) == [
        ("start:2025-04-28T10:00Z:T-0", ("invited", "orals")),
        ("talk:2025-04-28T10:40Z:T-0", ("last",)),
    ]


def test_default_policy_tells_a_talk_before_and_at_its_start() -> None:
    notices = plan(program(invited("invited", "10:00", Talk("tides")), policy=Policy(digest=None, overview=None)))
    assert [notice.key for notice in notices] == ["start:2025-04-28T10:00Z:T-15m", "talk:2025-04-28T10:00Z:T-0"]
