"""What a notice of starting sessions says, and that it stays true when it is read later."""

from datetime import date

from msgspec.structs import replace

from bot.chat.render.notices.days import overview
from bot.chat.render.notices.deadlines import deadline
from bot.chat.render.notices.message import Context
from bot.chat.render.notices.sessions import starting
from bot.domain.call import DeadlineKind
from bot.domain.event import JoinLink, Link, Mode, Room
from bot.domain.people import Group
from bot.domain.program import Program
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.domain.sessions import Kind
from tests.chat.samples import at, event, program, session

STREAM = JoinLink("Stream", "https://live.example/a", Group.PUBLIC)


def told(of: Program, *names: str) -> list[str]:
    found = starting(Context(of, Facts(NoticeKind.SESSIONS, names, at(10)), at(-5), Group.PUBLIC, "schedule"))
    return found.content.splitlines() if found else []


def test_sessions_at_one_time_have_their_chairs_and_links_in_one_message() -> None:
    parallel = (
        session(1, 10, 50, chairs=("Ann Lee", "Bo Ek"), links=(Link("Slides", "https://x.example/1"),)),
        session(2, 10, 50, Kind.PANEL, room="hall", chairs=("Cy Day",), joining=(STREAM,)),
    )
    _, first, second, *more = told(
        program(
            sessions=parallel,
            event=event(mode=Mode.HYBRID, joining=(), rooms=(Room("main", "Main room"), Room("hall", "Hall"))),
        ),
        "s1",
        "s2",
    )
    assert first.endswith("**Session 1** · Main room · Chairs: Ann Lee, Bo Ek · [Slides](https://x.example/1)")
    assert second.endswith("**Session 2** · Hall · Chair: Cy Day")
    assert more == ["Join: [Stream](https://live.example/a)"]


def test_a_day_of_one_counts_its_sessions_without_the_break_and_names_no_first_day() -> None:
    sessions = (session(1, 0, 10), session(2, 10, 30, Kind.BREAK), session(3, 30, 60))
    facts = Facts(NoticeKind.OVERVIEW, day=date(2025, 4, 28))
    for days, said in (
        (sessions, "2 sessions. "),
        ((*sessions, session(4, 1440, 1500)), "2 sessions on the first day. "),
    ):
        found = overview(Context(program(sessions=days), facts, at(-600), Group.PUBLIC, "schedule"))
        assert found is not None
        assert said in found.content


def test_a_date_reads_the_same_before_and_after() -> None:
    """Discord counts on in the message: "is expected 3 hours ago" was said of one that had come."""
    (call, *_) = program().deadlines
    news = replace(call, kind=DeadlineKind.NOTIFICATION, title="Notification")
    for item, word in ((call, "due"), (news, "expected")):
        of = program(deadlines=(item,))
        facts = Facts(NoticeKind.DEADLINE, (item.id,))
        first = {
            found.content.splitlines()[0]
            for now in (at(0), item.due, at(2 * 1440))
            if (found := deadline(Context(of, facts, now, Group.PUBLIC, "announcements")))
        }
        assert first == {f"**{item.title}** · {word} <t:{int(item.due.timestamp())}:R>"}
