"""What holds for every plan, whatever the programme."""

from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.call import Deadline, DeadlineKind
from bot.domain.event import Server
from bot.domain.people import Group
from bot.domain.program import Program
from bot.domain.reminders.plan import plan
from bot.domain.reminders.policy import Policy
from bot.domain.sessions import Kind, Session, Talk
from bot.storage import codec
from tests.domain.reminders.samples import event
from tests.large_event import large_event

ZONES = ("Europe/Berlin", "America/Vancouver", "Asia/Singapore", "Australia/Lord_Howe", "Pacific/Apia", "UTC")
START = datetime(2025, 3, 1, tzinfo=UTC)

leads = st.lists(st.integers(1, 60 * 24 * 60).map(lambda count: timedelta(minutes=count)), max_size=4, unique=True)
walls = st.times().map(lambda wall: wall.replace(second=0, microsecond=0))
instants = st.integers(0, 60 * 24 * 60).map(lambda count: START + timedelta(minutes=count))
policies = st.builds(
    Policy,
    deadlines=leads.map(tuple),
    sessions=leads.map(tuple),
    talks=st.booleans(),
    digest=st.none() | walls,
    overview=st.none() | walls,
    quiet_from=walls,
    quiet_until=walls,
)
servers = st.sets(st.sampled_from(["announcements", "schedule", "reviewers", "organizers"])).map(
    lambda purposes: Server({purpose: purpose for purpose in sorted(purposes)})
)


@st.composite
def programs(draw: st.DrawFn) -> Program:
    sessions = []
    for number, start in enumerate(sorted(draw(st.lists(instants, max_size=5)))):
        minutes = draw(st.integers(1, 300))
        length = timedelta(minutes=minutes)
        # An event's files give whole minutes.
        middle = start + timedelta(minutes=minutes // 2)
        own = draw(st.lists(st.none() | st.just(start) | st.just(middle), max_size=2))
        talks = tuple(Talk(f"talk-{number}-{place}", start=at) for place, at in enumerate(own))
        kinds = tuple(draw(st.lists(st.sampled_from(Kind), min_size=1, max_size=2, unique=True)))
        cancelled = draw(st.booleans())
        sessions.append(Session(f"s{number}", "S", kinds, start, start + length, talks=talks, cancelled=cancelled))
    deadlines = tuple(
        Deadline(f"d{number}", "D", draw(st.sampled_from(DeadlineKind)), due, draw(st.sampled_from(Group)))
        for number, due in enumerate(sorted(draw(st.lists(instants, max_size=3))))
    )
    return Program(
        event(draw(st.sampled_from(ZONES)), date(2025, 3, 1)),
        tuple(sessions),
        deadlines=deadlines,
        server=draw(servers),
        reminders=draw(policies),
    )


@given(programs())
def test_plan_is_the_same_for_the_same_programme(programme: Program) -> None:
    assert plan(codec.decode(codec.encode(programme))) == plan(programme)


@given(programs())
def test_plan_is_in_order_with_every_key_once_and_nothing_that_is_over(programme: Program) -> None:
    planned = plan(programme)
    assert planned == sorted(planned, key=lambda notice: (notice.due_at, notice.key))
    assert len({notice.key for notice in planned}) == len(planned)
    assert [notice for notice in planned if notice.due_at >= notice.expires_at] == []


@given(programs())
def test_plan_shows_the_public_nothing_that_is_meant_for_others(programme: Program) -> None:
    closed = [notice for notice in plan(programme) if notice.audience not in (Group.PUBLIC, Group.ATTENDEES)]
    assert {notice.place for notice in closed} <= {"reviewers", "organizers"}


@given(programs(), st.sampled_from(ZONES[:4]))
def test_plan_tells_of_no_less_in_quiet_hours(programme: Program, zone: str) -> None:
    """They move notices; only two leads that meet in one minute become one."""
    here = replace(programme, event=replace(programme.event, zone=zone))
    off = replace(here, reminders=replace(here.reminders, quiet_from=time(0), quiet_until=time(0)))
    due = {notice.key: notice.due_at for notice in plan(off)}
    quiet = plan(here)
    assert {notice.key for notice in quiet} <= due.keys()
    assert {notice.facts for notice in quiet} == {notice.facts for notice in plan(off)}
    assert [notice for notice in quiet if notice.due_at > due[notice.key]] == []


def moved(session: Session, by: timedelta) -> Session:
    talks = tuple(replace(talk, start=talk.start and talk.start + by) for talk in session.talks)
    return replace(session, start=session.start + by, end=session.end + by, talks=talks)


@given(programs())
def test_plan_moves_as_a_whole_with_the_zone(programme: Program) -> None:
    """The same wall clock in two zones without summer time: every notice moves by what lies between them."""
    by = timedelta(hours=-8)
    west = replace(programme, event=replace(programme.event, zone="UTC"))
    east = replace(
        west,
        event=replace(west.event, zone="Asia/Singapore"),
        sessions=tuple(moved(session, by) for session in west.sessions),
        deadlines=tuple(replace(deadline, due=deadline.due + by) for deadline in west.deadlines),
    )
    times = [(one.facts.kind, one.facts.ids, one.facts.day, one.due_at + by, one.expires_at + by) for one in plan(west)]
    moved_times = [(one.facts.kind, one.facts.ids, one.facts.day, one.due_at, one.expires_at) for one in plan(east)]
    assert sorted(times, key=repr) == sorted(moved_times, key=repr)


def test_plan_of_a_large_event_takes_little_time() -> None:
    """Some 3 ms. The best of several, since the machine may be busy with other things."""
    programme = large_event(posters=0)

    def seconds() -> float:
        began = perf_counter()
        plan(programme)
        return perf_counter() - began

    assert len(plan(programme)) == 292
    assert min(seconds() for _ in range(5)) < 0.05
