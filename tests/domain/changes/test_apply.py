"""Live edits over what was imported."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.changes.apply import Applied, Conflict, apply_edits
from bot.domain.changes.change import Field
from bot.domain.changes.edit import Edit
from bot.domain.changes.written import span
from bot.domain.event import Room
from bot.domain.program import Program
from bot.domain.sessions import Session, Talk
from tests.chat.samples import at, event, program, session

TALKS = (Talk("a", start=at(10), end=at(30)), Talk("b", start=at(30), end=at(50)), Talk("c"))


def imported(*changed: Session) -> Program:
    sessions = {each.id: each for each in (session(1, 0, 10), session(2, 10, 50, talks=TALKS), session(3, 50, 90))}
    sessions |= {each.id: each for each in changed}
    return program(
        event=event(rooms=(Room("main", "Main room"), Room("side", "Side room"))),
        sessions=tuple(sorted(sessions.values(), key=lambda each: each.start)),
        posters=(),
    )


def timed(start: int, end: int, base: tuple[int, int] = (10, 50)) -> Edit:
    return Edit("s2", Field.TIME, span(at(start), at(end)), span(at(base[0]), at(base[1])))


def placed(room: str | None, base: str | None = "main") -> Edit:
    return Edit("s2", Field.ROOM, room, base)


def called_off(value: str = "yes", base: str = "no") -> Edit:
    return Edit("s2", Field.CANCELLED, value, base)


def after(*edits: Edit, files: Program | None = None) -> Session:
    return apply_edits(files or imported(), edits).program.session_by_id["s2"]


def test_no_edit_leaves_the_very_same_programme() -> None:
    files = imported()
    applied = apply_edits(files, ())
    assert applied.program is files
    assert applied == Applied(files)


def test_time_moves_the_session_and_its_talks_alike() -> None:
    moved = after(timed(30, 70))
    assert (moved.start, moved.end) == (at(30), at(70))
    assert [(talk.start, talk.end) for talk in moved.talks] == [(at(30), at(50)), (at(50), at(70)), (None, None)]


def test_time_keeps_sessions_in_order_of_start() -> None:
    applied = apply_edits(imported(), (timed(60, 100),))
    assert [each.id for each in applied.program.sessions] == ["s1", "s3", "s2"]


@pytest.mark.parametrize(
    ("end", "first", "second"),
    [
        (50, (at(10), at(30)), (at(30), at(50))),
        (60, (at(10), at(30)), (at(30), at(50))),
        (45, (at(10), at(30)), (at(30), at(45))),
        (30, (at(10), at(30)), (None, None)),
        (20, (at(10), at(20)), (None, None)),
    ],
)
def test_an_earlier_end_leaves_no_talk_outside_its_session(end: int, first: object, second: object) -> None:
    files = imported(session(2, 10, 70, talks=TALKS))
    moved = after(timed(10, end, base=(10, 70)), files=files)
    assert [(talk.start, talk.end) for talk in moved.talks[:2]] == [first, second]


def test_several_fields_of_a_session_hold_together() -> None:
    changed = after(timed(30, 70), placed("side"), called_off())
    assert (changed.start, changed.room, changed.cancelled) == (at(30), "side", True)


def test_a_field_that_the_files_changed_too_is_a_conflict_and_stays_live() -> None:
    edit = timed(30, 70)
    applied = apply_edits(imported(session(2, 15, 50)), (edit,))
    assert applied.conflicts == (Conflict(edit, span(at(15), at(50))),)
    assert applied.program.session_by_id["s2"].start == at(30)


def test_another_field_that_the_files_changed_is_no_conflict() -> None:
    applied = apply_edits(imported(session(2, 15, 50)), (placed("side"),))
    assert applied.conflicts == ()
    assert (applied.program.session_by_id["s2"].start, applied.program.session_by_id["s2"].room) == (at(15), "side")


@pytest.mark.parametrize(
    "files",
    [imported(session(2, 30, 70)), imported(session(2, 30, 70, room="side"))],
)
def test_what_the_files_say_by_now_is_settled(files: Program) -> None:
    edit = timed(30, 70)
    assert apply_edits(files, (edit,)) == Applied(files, settled=(edit,))


def test_an_edit_of_a_session_that_is_gone_cannot_hold() -> None:
    files, edit = program(posters=()), Edit("gone", Field.CANCELLED, "yes", "no")
    assert apply_edits(files, (edit,)) == Applied(files, (Conflict(edit, None, in_force=False),))


def test_a_room_that_is_gone_cannot_hold() -> None:
    files, edit = imported(), placed("attic")
    assert apply_edits(files, (edit,)) == Applied(files, (Conflict(edit, "main", in_force=False),))


def test_a_cancelled_session_stays_cancelled_when_an_import_lists_it_anew() -> None:
    edit = called_off()
    without = program(posters=(), sessions=())
    assert apply_edits(without, (edit,)).program.sessions == ()
    again = imported(session(2, 20, 60, title="Listed again"))
    assert after(edit, files=again) == replace(again.session_by_id["s2"], cancelled=True)


def test_one_that_the_files_cancelled_can_be_restored() -> None:
    files = imported(session(2, 10, 50, cancelled=True))
    assert after(called_off("no", "yes"), files=files).cancelled is False


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (Edit("s2", Field.TITLE, "New", "Old"), "title of a session cannot be edited"),
        (Edit("s2", Field.TIME, "soon", span(at(10), at(50))), "Invalid isoformat string: 'soon'"),
    ],
)
def test_what_no_builder_makes_is_refused(edit: Edit, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        apply_edits(imported(), (edit,))


EDITS = st.builds(
    lambda start, length, room, cancelled: (
        timed(start, start + length), placed(room), called_off("yes" if cancelled else "no")
    ),
    st.integers(-60, 600), st.integers(1, 300), st.sampled_from(["main", "side", None]), st.booleans(),
)  # fmt: skip


@given(EDITS)
def test_the_order_of_edits_does_not_matter(edits: tuple[Edit, ...]) -> None:
    results = [apply_edits(imported(), order).program for order in permutations(edits)]
    assert all(result == results[0] for result in results)


@given(EDITS)
def test_talks_stay_inside_their_session_and_sessions_in_order(edits: tuple[Edit, ...]) -> None:
    result = apply_edits(imported(), edits).program
    assert [each.start for each in result.sessions] == sorted(each.start for each in result.sessions)
    for each in result.sessions:
        for talk in each.talks:
            assert talk.start is None or each.start <= talk.start < each.end
            assert talk.end is None or each.start < talk.end <= each.end
