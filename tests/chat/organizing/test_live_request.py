"""What was asked for comes back from a button, whatever it is."""

import pytest
from msgspec.structs import replace

from bot.chat.lookup import ROOM, Lookup
from bot.chat.organizing.live_request import WHY_MOST, Request, Verb, times_of
from bot.domain.changes.live import Standing
from bot.domain.changes.written import span
from bot.domain.errors import UsherError
from bot.domain.event import Room
from tests.chat.samples import NINE, at, event, program, session

LONG = "a-session-with-a-very-long-name"
HALL = "another-room-with-a-long-name"
SMALL = program(
    event=event(rooms=(Room("main", "Main room"), Room(HALL, "Hall"))),
    sessions=(session(1, 0, 60), replace(session(2, 60, 90), id=LONG)),
)
STANDING = Standing(SMALL, SMALL, NINE)


@pytest.mark.parametrize("session_id", ["s1", LONG])
@pytest.mark.parametrize(
    ("verb", "value"), [(Verb.DELAY, "-1440"), (Verb.ROOM, "~0123456789ab"), (Verb.CANCEL, ""), (Verb.RESTORE, "")]
)
@pytest.mark.parametrize("why", [None, "Late", "a|b", "x" * WHY_MOST, "ü|" * (WHY_MOST // 2)])
def test_a_request_survives_its_button(session_id: str, verb: Verb, value: str, why: str | None) -> None:
    request = Request(verb, session_id, value, why)
    encoded = request.lookup(SMALL).encode()
    assert encoded == request.lookup(SMALL).stored()
    assert len(encoded) <= ROOM
    back = Lookup.decode(encoded)
    assert Request.of(back, SMALL) == request
    assert request.still_true(back, SMALL)


def test_a_move_keeps_its_minutes_and_a_room_its_id() -> None:
    move = Request.to_move(SMALL.sessions[1], at(70), at(95), "x" * WHY_MOST)
    back = Request.of(Lookup.decode(move.lookup(SMALL).encode()), SMALL)
    assert [edit.value for edit in back.edits(STANDING)] == [span(at(70), at(95))]
    assert [edit.value for edit in Request(Verb.ROOM, "s1", HALL).edits(STANDING)] == [HALL]


def test_a_button_is_out_of_date_once_the_session_is_another() -> None:
    first, rest = SMALL.sessions[0], SMALL.sessions[1:]
    made = Request(Verb.CANCEL, "s1").lookup(SMALL)
    for changed in (
        replace(first, start=at(1)),
        replace(first, end=at(61)),
        replace(first, room=None),
        replace(first, cancelled=True),
    ):
        later = replace(SMALL, sessions=(changed, *rest))
        assert not Request.of(made, later).still_true(made, later)
    with pytest.raises(UsherError, match="no longer in the programme"):
        Request.of(made, replace(SMALL, sessions=rest))


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [("9:30", None, (30, 90)), ("09:30", "10:00", (30, 60)), (" 9h05 ", None, (5, 65)), ("9.15", None, (15, 75))],
)
def test_clocks_are_the_venues(start: str, end: str | None, minutes: tuple[int, int]) -> None:
    assert times_of(SMALL, SMALL.sessions[0], start, end) == tuple(at(one) for one in minutes)


@pytest.mark.parametrize("text", ["", "9", "24:00", "9:60", "nine", "09:00:00", "9:30 pm"])
def test_what_is_no_clock_is_refused(text: str) -> None:
    with pytest.raises(UsherError, match="is not a time"):
        times_of(SMALL, SMALL.sessions[0], text, None)
