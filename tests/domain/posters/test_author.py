"""When authors hear of something, by the venue's clock."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.posters.author import looked_for, may_come, morning_after, showings, waking
from bot.domain.program import Program
from bot.domain.sessions import Kind
from tests.chat.samples import at, poster, program, session

MORNING, EVENING, NIGHT = at(-60), at(12 * 60 + 59), at(13 * 60)
#: 08:00 of the day after.
NEXT = MORNING + timedelta(days=1)
SESSIONS = (session(1, 0, 60, Kind.POSTER), session(2, 120, 180, Kind.POSTER), session(3, 240, 300, Kind.POSTER))


def of_posters(*, cancelled: bool = False) -> Program:
    """One poster in the second session alone, one in each."""
    sessions = (SESSIONS[0], replace(SESSIONS[1], cancelled=cancelled), SESSIONS[2])
    return program(sessions=sessions, posters=(poster(1, session="s2"), poster(2)))


@pytest.mark.parametrize(
    ("now", "told", "morning"),
    [
        (MORNING - timedelta(minutes=1), MORNING, MORNING),
        (MORNING, MORNING, NEXT),
        (EVENING, EVENING, NEXT),
        (NIGHT, NEXT, NEXT),
        (NEXT - timedelta(hours=3), NEXT, NEXT),
    ],
)
def test_what_comes_in_the_venues_night_waits_for_its_morning(now: datetime, told: datetime, morning: datetime) -> None:
    assert (waking(program(), now), morning_after(program(), now)) == (told, morning)


def test_each_showing_holds_the_posters_of_its_session() -> None:
    found = [(one.id, [shown.id for shown in posters]) for one, posters in showings(of_posters(), ("p1", "p2", "gone"))]
    assert found == [("s1", ["p2"]), ("s2", ["p1", "p2"]), ("s3", ["p2"])]


def test_a_cancelled_session_shows_nothing() -> None:
    found = [
        (one.id, [shown.id for shown in posters]) for one, posters in showings(of_posters(cancelled=True), ("p1",))
    ]
    assert found == []


def test_authors_are_looked_for_three_times_each_until_the_next() -> None:
    assert [(lead // timedelta(minutes=1), due, until) for lead, due, until in looked_for(SESSIONS[1])] == [
        (60, at(60), at(90)),
        (30, at(90), at(105)),
        (15, at(105), at(120)),
    ]


@pytest.mark.parametrize(("minutes", "may"), [(29, False), (30, True), (120, True), (179, True), (180, False)])
def test_one_is_at_a_board_from_shortly_before_the_session_to_its_end(minutes: int, may: bool) -> None:
    assert may_come(SESSIONS[1], at(minutes)) is may


def test_nobody_is_at_a_board_of_a_cancelled_session() -> None:
    assert not may_come(replace(SESSIONS[1], cancelled=True), at(130))
