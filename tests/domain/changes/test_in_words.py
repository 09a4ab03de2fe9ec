"""Changes as the audit trail keeps them."""

import pytest
from msgspec.structs import replace

from bot.domain.changes.change import Change, Field
from bot.domain.changes.diff import diff
from bot.domain.changes.in_words import in_words, title_of
from bot.domain.changes.written import NO, YES, span
from bot.domain.event import Mode, Room
from bot.domain.program import Program
from tests.chat.samples import at, event, program, session

SMALL = program(event=event(rooms=(Room("main", "Main room"), Room("hall", "Large hall"))))
TALK = SMALL.session_by_id["s2"]
DAY = 24 * 60


@pytest.mark.parametrize(
    ("field", "old", "new", "said"),
    [
        (Field.TIME, span(at(10), at(50)), span(at(30), at(70)), "moved 09:10–09:50 → 09:30–10:10"),
        (Field.TIME, span(at(10), at(50)), span(at(10), at(60)), "moved 09:10–09:50 → 09:10–10:00"),
        (Field.TIME, span(at(10), at(50)), span(at(DAY), at(DAY + 40)), "moved 09:10–09:50 → Tue 29 Apr 09:00–09:40"),
        (Field.ROOM, "main", "hall", "room Main room → Large hall"),
        (Field.ROOM, None, "hall", "room none → Large hall"),
        (Field.ROOM, "gone", None, "room none → none"),
        (Field.CANCELLED, NO, YES, "cancelled"),
        (Field.CANCELLED, YES, NO, "takes place after all"),
        (Field.TITLE, "Flows", "On Flows", "now called On Flows"),
        (Field.MODE, "in_person", "hybrid", "attended in person → in person and online"),
        (Field.PEOPLE, None, "Dawn Song", "people none → Dawn Song"),
    ],
)
def test_a_session_that_differs(field: Field, old: str | None, new: str | None, said: str) -> None:
    assert in_words(Change("session", "s2", field, old, new), SMALL, SMALL) == said


def written(before: Program, after: Program) -> list[str]:
    changes = diff(before, after)
    return [f"{title_of(change, before, after)}: {in_words(change, before, after)}" for change in changes]


def test_what_came_and_went_is_named_by_its_title() -> None:
    fresh = replace(SMALL, sessions=(*SMALL.sessions[1:], session(9, 200, 220, title="Farewell")))
    assert written(SMALL, fresh) == ["Session 1: removed", "Farewell: new"]


def test_the_event_is_named_as_people_name_it() -> None:
    online = replace(SMALL, event=replace(SMALL.event, mode=Mode.ONLINE))
    assert written(SMALL, online) == ["Small: attended in person and online → online"]


def test_a_date_and_a_talk_are_named_by_their_titles() -> None:
    dates = tuple(replace(one, due=at(2 * DAY)) if one.id == "call" else one for one in SMALL.deadlines)
    talks = tuple(replace(talk, speakers=("yang",)) for talk in TALK.talks)
    sessions = tuple(replace(one, talks=talks) if one.id == "s2" else one for one in SMALL.sessions)
    assert written(SMALL, replace(SMALL, deadlines=dates, sessions=sessions)) == [
        "On Flows: people Dawn Song → Yang Song",
        "Paper submission: moved Tue 29 Apr 09:00 → Wed 30 Apr 09:00",
    ]


def test_with_several_days_each_time_has_its_day() -> None:
    longer = replace(SMALL, sessions=(*SMALL.sessions, session(9, DAY, DAY + 30)))
    change = Change("session", "s2", Field.TIME, span(at(10), at(50)), span(at(30), at(70)))
    assert in_words(change, longer, longer) == "moved Mon 28 Apr 09:10–09:50 → Mon 28 Apr 09:30–10:10"
