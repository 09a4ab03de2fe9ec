"""What organizers ask for on the day."""

from collections.abc import Callable
from functools import partial

import pytest

from bot.domain.changes import live
from bot.domain.changes.apply import apply_edits
from bot.domain.changes.change import Field
from bot.domain.changes.doubts import Doubt, DoubtKind, doubts
from bot.domain.changes.edit import Edit
from bot.domain.changes.live import Standing, cancel, change_room, delay, move, restore
from bot.domain.changes.written import span
from bot.domain.errors import NotFoundError, UsherError
from bot.domain.event import Room
from bot.domain.program import Program
from bot.domain.sessions import Session, Talk
from tests.chat.samples import at, event, program, session

FILES = program(
    event=event(rooms=(Room("main", "Main room"), Room("side", "Side room"))),
    sessions=(
        session(1, 0, 10),
        session(2, 10, 50, chairs=("Ann",), talks=(Talk("t", None, ("dawn",)),)),
        session(3, 50, 90, cancelled=True),
        session(4, 60, 90, room="side", talks=(Talk("u", None, ("dawn",)),)),
    ),
)
Builder = Callable[[Standing], tuple[Edit, ...]]


def standing(*edits: Edit, minutes: int = 20, files: Program = FILES) -> Standing:
    return Standing(files, apply_edits(files, edits).program, at(minutes))


def timed(start: int, end: int, why: str | None = None) -> Edit:
    return Edit("s2", Field.TIME, span(at(start), at(end)), span(at(10), at(50)), why)


CANCELLED = Edit("s2", Field.CANCELLED, "yes", "no")

MADE: dict[str, tuple[tuple[Edit, ...], Builder, Edit]] = {
    "delay": ((), partial(delay, session_id="s2", minutes=20, why="late train"), timed(30, 70, "late train")),
    "delayed again": ((timed(30, 70),), partial(delay, session_id="s2", minutes=5), timed(35, 75)),
    "earlier": ((), partial(delay, session_id="s2", minutes=-10), timed(0, 40)),
    "delay undone": ((timed(30, 70),), partial(delay, session_id="s2", minutes=-20), timed(10, 50)),
    "move": ((), partial(move, session_id="s2", start=at(100), end=at(120)), timed(100, 120)),
    "room": ((), partial(change_room, session_id="s2", room_id="side"), Edit("s2", Field.ROOM, "side", "main")),
    "cancel": ((), partial(cancel, session_id="s2"), CANCELLED),
    "restore": ((CANCELLED,), partial(restore, session_id="s2"), Edit("s2", Field.CANCELLED, "no", "no")),
    "restore what the files cancelled": (
        (), partial(restore, session_id="s3"), Edit("s3", Field.CANCELLED, "no", "yes")
    ),
    "cancelled after a delay": ((timed(30, 70),), partial(cancel, session_id="s2"), CANCELLED),
}  # fmt: skip


@pytest.mark.parametrize(("edits", "build", "made"), MADE.values(), ids=MADE)
def test_builders_give_an_edit_against_the_files(edits: tuple[Edit, ...], build: Builder, made: Edit) -> None:
    assert build(standing(*edits)) == (made,)


REFUSED: dict[str, tuple[int, Builder, str]] = {
    "unknown": (20, partial(cancel, session_id="s9"), "That session is not in the programme."),
    "past": (50, partial(delay, session_id="s2", minutes=5), "That session is over: it ended at 09:50 venue time."),
    "past room": (50, partial(change_room, session_id="s2", room_id="side"), "That session is over"),
    "past cancel": (50, partial(cancel, session_id="s2"), "That session is over"),
    "past restore": (90, partial(restore, session_id="s3"), "That session is over"),
    "no delay": (20, partial(delay, session_id="s2", minutes=0), "A delay of 0 minutes changes nothing."),
    "days of delay": (20, partial(delay, session_id="s2", minutes=1441), "A delay can be at most 1440 minutes."),
    "end before start": (
        20, partial(move, session_id="s2", start=at(60), end=at(40)),
        "The end must be after the start: 10:00 to 09:40 is not.",
    ),
    "no length": (20, partial(move, session_id="s2", start=at(60), end=at(60)), "The end must be after the start"),
    "into the past": (
        45, partial(move, session_id="s2", start=at(0), end=at(45)),
        "At 09:45 venue time the session would be over already.",
    ),
    "another day": (
        20, partial(delay, session_id="s2", minutes=1440),
        "2025-04-29 is outside the event's dates (2025-04-28).",
    ),
    "same time": (
        20, partial(move, session_id="s2", start=at(10), end=at(50)), "The session is at that time already."
    ),
    "unknown room": (20, partial(change_room, session_id="s2", room_id="attic"), "The event has no such room."),
    "same room": (
        20, partial(change_room, session_id="s2", room_id="main"), "The session is in that room already."
    ),
    "cancelled twice": (20, partial(cancel, session_id="s3"), "The session is cancelled already."),
    "delay of a cancelled one": (20, partial(delay, session_id="s3", minutes=5), "That session is cancelled."),
    "room of a cancelled one": (
        20, partial(change_room, session_id="s3", room_id="side"), "That session is cancelled."
    ),
    "not cancelled": (20, partial(restore, session_id="s2"), "The session is not cancelled."),
}  # fmt: skip


@pytest.mark.parametrize(("minutes", "build", "said"), REFUSED.values(), ids=REFUSED)
def test_builders_refuse_and_say_that_nothing_was_changed(minutes: int, build: Builder, said: str) -> None:
    with pytest.raises(UsherError) as refused:
        build(standing(minutes=minutes))
    assert str(refused.value).startswith(said)
    assert "Nothing was changed." in str(refused.value)


def test_a_session_that_the_files_dropped_is_unknown() -> None:
    gone = Standing(program(sessions=()), FILES, at(20))
    with pytest.raises(NotFoundError):
        live.cancel(gone, "s2")


def after(*edits: Edit) -> Program:
    return apply_edits(FILES, edits).program


DOUBTS: dict[str, tuple[Program, tuple[Doubt, ...]]] = {
    "as planned": (FILES, ()),
    "beside a cancelled one": (after(timed(30, 60)), ()),
    "room taken": (after(timed(0, 30)), (Doubt(DoubtKind.ROOM, "s1", "main"),)),
    "person elsewhere": (after(timed(30, 70)), (Doubt(DoubtKind.PERSON, "s4", "Dawn Song"),)),
    "both": (
        after(timed(50, 80), Edit("s2", Field.ROOM, "side", "main")),
        (Doubt(DoubtKind.ROOM, "s4", "side"), Doubt(DoubtKind.PERSON, "s4", "Dawn Song")),
    ),
    "cancelled": (after(timed(0, 30), CANCELLED), ()),
    "past midnight": (after(timed(14 * 60, 15 * 60 + 1)), (Doubt(DoubtKind.NIGHT),)),
    "until midnight": (after(timed(14 * 60, 15 * 60)), ()),
}


@pytest.mark.parametrize(("changed", "expected"), DOUBTS.values(), ids=DOUBTS)
def test_doubts_name_what_the_session_clashes_with(changed: Program, expected: tuple[Doubt, ...]) -> None:
    assert doubts(changed, "s2") == expected


def test_a_session_without_a_room_takes_none() -> None:
    sessions: tuple[Session, ...] = (session(1, 0, 30, room=None), session(2, 10, 50, room=None))
    assert doubts(program(sessions=sessions), "s2") == ()
