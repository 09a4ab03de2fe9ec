"""What people are told of when one programme gives way to another."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.call import Deadline, DeadlineKind
from bot.domain.changes.change import Change, Field
from bot.domain.changes.diff import diff
from bot.domain.program import Program
from bot.domain.sessions import Session, Talk
from tests.chat.samples import at, program, session
from tests.large_event import large_event

TALK = Talk("t", "On Flows", ("dawn",), start=at(10), end=at(30))


def with_sessions(*sessions: Session) -> Program:
    return program(sessions=tuple(sorted(sessions, key=lambda each: each.start)))


def hour(minutes: int) -> str:
    return at(minutes).isoformat().replace("+00:00", "Z")


def span(start: int, end: int) -> str:
    return f"{hour(start)}/{hour(end)}"


OLD = session(2, 10, 50, talks=(TALK,))


def changed(**fields: object) -> Session:
    return replace(OLD, **fields)


def talk(**fields: object) -> Session:
    return replace(OLD, talks=(replace(TALK, **fields),))


def of_session(field: Field, old: str | None, new: str | None) -> Change:
    return Change("session", "s2", field, old, new)


def of_talk(field: Field, old: str | None, new: str | None) -> Change:
    return Change("talk", "t", field, old, new)


DELAYED = session(2, 30, 70, talks=(replace(TALK, start=at(30), end=at(50)),))

CASES: dict[str, tuple[Session, Session, list[Change]]] = {
    "nothing": (OLD, OLD, []),
    "details": (OLD, changed(description="More", track="A", chairs=("Ann",)), []),
    "moved with its talks": (OLD, DELAYED, [of_session(Field.TIME, span(10, 50), span(30, 70))]),
    "longer": (OLD, changed(end=at(60)), [of_session(Field.TIME, span(10, 50), span(10, 60))]),
    "room": (OLD, changed(room="side"), [of_session(Field.ROOM, "main", "side")]),
    "room announced": (changed(room=None), OLD, [of_session(Field.ROOM, None, "main")]),
    "title": (OLD, changed(title="Keynote"), [of_session(Field.TITLE, "Session 2", "Keynote")]),
    "cancelled": (OLD, changed(cancelled=True), [of_session(Field.CANCELLED, "no", "yes")]),
    "cancelled and more": (
        OLD,
        replace(DELAYED, cancelled=True, room="side", title="Gone"),
        [of_session(Field.CANCELLED, "no", "yes")],
    ),
    "cancelled all along": (changed(cancelled=True), replace(DELAYED, cancelled=True, title="Gone"), []),
    "restored elsewhere": (
        changed(cancelled=True),
        changed(room="side"),
        [of_session(Field.CANCELLED, "yes", "no"), of_session(Field.ROOM, "main", "side")],
    ),
    "all at once": (
        OLD,
        replace(DELAYED, room="side", title="Keynote"),
        [
            of_session(Field.TIME, span(10, 50), span(30, 70)),
            of_session(Field.ROOM, "main", "side"),
            of_session(Field.TITLE, "Session 2", "Keynote"),
        ],
    ),
    "talk title": (OLD, talk(title="On Agents"), [of_talk(Field.TITLE, "On Flows", "On Agents")]),
    "talk announced": (talk(title=None, speakers=()), OLD, [
        of_talk(Field.TITLE, None, "On Flows"), of_talk(Field.PEOPLE, None, "Dawn Song"),
    ]),
    "talk people": (OLD, talk(speakers=("yang",), presenters=("Ann",)), [
        of_talk(Field.PEOPLE, "Dawn Song", "Yang Song, Ann"),
    ]),
    "talk at another time": (OLD, talk(start=at(20), end=at(40)), [of_talk(Field.TIME, span(10, 30), span(20, 40))]),
    "talk's time given as the session has it": (
        talk(start=None, end=None), talk(start=at(10), end=at(50)), []
    ),
    "talk's time given": (talk(start=None, end=None), OLD, [of_talk(Field.TIME, span(10, 50), span(10, 30))]),
    "talk stays while its session begins earlier": (OLD, changed(start=at(0)), [
        of_session(Field.TIME, span(10, 50), span(0, 50)),
    ]),
    "talk without time in a longer session": (
        talk(start=None, end=None), replace(talk(start=None, end=None), end=at(60)),
        [of_session(Field.TIME, span(10, 50), span(10, 60))],
    ),
    "talk added": (changed(talks=()), OLD, [of_talk(Field.ADDED, None, f"{span(10, 30)} On Flows")]),
    "talk removed": (OLD, changed(talks=()), [of_talk(Field.REMOVED, f"{span(10, 30)} On Flows", None)]),
    "talk without title removed": (talk(title=None), changed(talks=()), [of_talk(Field.REMOVED, span(10, 30), None)]),
    "talk removed from a cancelled session": (OLD, changed(cancelled=True, talks=()), [
        of_session(Field.CANCELLED, "no", "yes"),
    ]),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "changes"), CASES.values(), ids=CASES)
def test_diff_of_one_session(old: Session, new: Session, changes: list[Change]) -> None:
    assert diff(with_sessions(old), with_sessions(new)) == tuple(changes)


def test_sessions_that_came_and_went_say_when_they_were_and_speak_for_their_talks() -> None:
    other = session(5, 60, 90, title="Panel")
    assert diff(with_sessions(OLD), with_sessions(other)) == (
        of_session(Field.REMOVED, f"{span(10, 50)} Session 2", None),
        Change("session", "s5", Field.ADDED, None, f"{span(60, 90)} Panel"),
    )


def test_cancelled_sessions_come_and_go_unsaid() -> None:
    assert diff(with_sessions(changed(cancelled=True)), with_sessions(session(5, 60, 90, cancelled=True))) == ()


def test_a_talk_in_another_session_says_when_and_where_it_is_now() -> None:
    before = with_sessions(OLD, session(3, 50, 90, room="side"))
    after = with_sessions(
        changed(talks=()), session(3, 50, 90, room="side", talks=(replace(TALK, start=at(50), end=at(70)),))
    )
    assert diff(before, after) == (
        of_talk(Field.TIME, span(10, 30), span(50, 70)),
        of_talk(Field.ROOM, "main", "side"),
    )


def test_a_name_spelled_anew_is_no_change() -> None:
    old = program()
    renamed = replace(old, speakers=tuple(replace(each, name=each.name.upper()) for each in old.speakers))
    assert diff(old, renamed) == ()


def test_order_is_by_start_in_the_new_programme_and_by_due() -> None:
    def due(number: int, minutes: int) -> Deadline:
        return Deadline(f"d{number}", f"Date {number}", DeadlineKind.OTHER, at(minutes))

    old = program(sessions=(OLD, session(3, 50, 90)), deadlines=(due(1, 10), due(2, 20), due(3, 30)))
    new = program(
        sessions=(session(3, 0, 40), replace(DELAYED, talks=(replace(TALK, start=at(30), end=at(50), title="New"),))),
        deadlines=(due(3, 5), due(1, 15), due(4, 40)),
    )
    assert diff(old, new) == (
        Change("session", "s3", Field.TIME, span(50, 90), span(0, 40)),
        of_session(Field.TIME, span(10, 50), span(30, 70)),
        of_talk(Field.TITLE, "On Flows", "New"),
        Change("deadline", "d3", Field.TIME, hour(30), hour(5)),
        Change("deadline", "d1", Field.TIME, hour(10), hour(15)),
        Change("deadline", "d2", Field.REMOVED, f"{hour(20)} Date 2", None),
        Change("deadline", "d4", Field.ADDED, None, f"{hour(40)} Date 4"),
    )


def test_a_large_event_against_itself_an_hour_later_tells_each_session_once() -> None:
    old = large_event(posters=60, sessions=40, speakers=30)
    hour_later = timedelta(hours=1)

    def later(each: Session) -> Session:
        talks = tuple(
            replace(one, start=one.start and one.start + hour_later, end=one.end and one.end + hour_later)
            for one in each.talks
        )
        return replace(each, start=each.start + hour_later, end=each.end + hour_later, talks=talks)

    new = replace(old, sessions=tuple(later(each) for each in old.sessions))
    assert [(change.id, change.field) for change in diff(old, new)] == [(each.id, Field.TIME) for each in new.sessions]
    assert diff(old, old) == ()
