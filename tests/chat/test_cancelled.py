"""A cancelled session stays to be seen in every lookup, and is taken for one that takes place in none."""

from typing import Any

import pytest

from bot.chat.answers import answer
from bot.chat.lookup import Lookup
from bot.chat.render.card import Button, Card
from bot.chat.render.lines import session_label
from bot.domain.program import Program
from bot.domain.search import Category, Index
from bot.domain.sessions import Kind, Talk
from tests.chat.samples import ask, at, poster, program, session


def day(*cancelled: int, **fields: Any) -> Program:
    """The small programme with the sessions of these numbers cancelled, and one poster in session 4 alone."""
    sessions = (
        session(1, 0, 10, Kind.OPENING, cancelled=1 in cancelled),
        session(2, 10, 50, Kind.INVITED_TALK, talks=(Talk("t2", "On Flows", ("dawn",)),), cancelled=2 in cancelled),
        session(3, 50, 90, Kind.PANEL, cancelled=3 in cancelled),
        session(4, 120, 180, Kind.POSTER, Kind.BREAK, cancelled=4 in cancelled),
        session(5, 200, 220, Kind.POSTER, cancelled=5 in cancelled),
    )
    return program(sessions=sessions, posters=(poster(1), poster(2, session="s4")), **fields)


def shown(name: str, *args: str, of: Program, minutes: int = 20) -> Card:
    return answer(ask(Lookup(name, args), minutes, of=of))


def stamp(minutes: int, style: str = "t") -> str:
    return f"<t:{int(at(minutes).timestamp())}:{style}>"


def labels(card: Card) -> list[str]:
    return [button.label for button in card.buttons if isinstance(button, Button)]


def test_now_tells_in_one_line_what_would_be_on() -> None:
    card = shown("now", of=day(2))
    assert card.texts[0].splitlines()[0] == "## Nothing is on right now"
    assert card.texts[1].splitlines()[0] == f"**Next: Session 3** · starts {stamp(50, 'R')}"
    assert card.texts[2] == "Cancelled: ~~Session 2~~ (venue 09:10)"


def test_now_names_what_is_on_beside_what_is_cancelled() -> None:
    both = program(sessions=(session(1, 0, 60), session(2, 10, 50, cancelled=True)))
    card = shown("now", of=both)
    assert card.texts[0].splitlines()[0] == "## Now: Session 1"
    assert card.texts[1] == "Cancelled: ~~Session 2~~ (venue 09:10)"


def test_now_keeps_many_cancelled_ones_to_a_line() -> None:
    many = program(sessions=tuple(session(number, 0, 60, cancelled=True) for number in range(1, 7)))
    called_off = shown("now", of=many).texts[1]
    names = ", ".join(f"~~Session {number}~~ (venue 09:00)" for number in range(1, 5))
    assert called_off == f"Cancelled: {names} and 2 more"


@pytest.mark.parametrize(
    ("cancelled", "minutes", "first", "second"),
    [
        ((1,), -30, "## Small has not started", f"It starts {stamp(10, 'R')}."),
        ((1,), 5, "## Small has not started", f"It starts {stamp(10, 'R')}."),
        ((3,), 60, "## Nothing is on right now", f"The programme goes on {stamp(120, 'R')}."),
        ((4, 5), 130, "## Small", "All that was still to come is cancelled. /schedule has the programme."),
        ((4, 5), 220, "## Small is over", "/materials has what was handed in."),
        ((1, 2, 3, 4, 5), 0, "## Small", "All that was still to come is cancelled. /schedule has the programme."),
    ],
)
def test_now_takes_no_cancelled_session_for_the_next(
    cancelled: tuple[int, ...], minutes: int, first: str, second: str
) -> None:
    assert shown("now", of=day(*cancelled), minutes=minutes).texts[0].splitlines() == [first, second]


def test_schedule_strikes_it_through_and_says_so() -> None:
    rows = shown("schedule", of=day(2)).texts[1].splitlines()
    assert rows[1] == f"{stamp(10)} (09:10) 🎤 ~~**Session 2**~~ · **cancelled**"
    assert sum("cancelled" in row for row in rows) == 1


def test_schedule_opens_where_something_takes_place() -> None:
    first = tuple(session(number, number, number + 1, cancelled=number > 5) for number in range(15))
    later = tuple(session(number, 100 + number, 101 + number) for number in range(15, 20))
    assert shown("schedule", of=program(sessions=first + later, posters=()), minutes=10).footer == "Page 2 of 2"


def test_session_strikes_through_its_title_and_times() -> None:
    card = shown("session", "s2", of=day(2))
    span = f"{stamp(10, 'D')} {stamp(10)}–{stamp(50)} (venue 09:10–09:50)"
    assert card.texts[0].splitlines() == [
        "## ~~Session 2~~",
        f"~~{span}~~ · **cancelled**",
        "🎤 Invited talk · Main room",
    ]


def test_session_escapes_a_title_before_striking_it_through() -> None:
    tricky = program(sessions=(session(1, 0, 60, title="A ~~ B", cancelled=True),))
    assert shown("session", "s1", of=tricky).texts[0].splitlines()[0] == r"## ~~A \~\~ B~~"


@pytest.mark.parametrize(("cancelled", "offered"), [((), True), ((4,), False)])
def test_session_leads_to_posters_only_where_some_are_shown(cancelled: tuple[int, ...], offered: bool) -> None:
    card = shown("session", "s4", of=day(*cancelled))
    assert ("Browse posters" in labels(card), card.texts[-1] == "2 posters shown here.") == (offered, offered)


def test_speaker_strikes_through_the_talk() -> None:
    card = shown("speaker", "dawn", of=day(2))
    span = f"{stamp(10, 'D')} {stamp(10)}–{stamp(50)} (venue 09:10–09:50)"
    assert card.texts[-1] == f"~~**On Flows**~~ · **cancelled**\n~~{span}~~"


def test_poster_is_shown_only_in_sessions_that_take_place() -> None:
    everywhere, alone = (shown("poster", name, of=day(4)).texts[1].splitlines() for name in ("p1", "p2"))
    span = f"{stamp(200, 'D')} {stamp(200)}–{stamp(220)} (venue 12:20–12:40)"
    assert everywhere == ["Board: to be announced", f"Shown: {span}"]
    assert alone == ["Board: to be announced", "The session it was to be shown in is **cancelled**."]


@pytest.mark.parametrize(("cancelled", "ids"), [((), ["p1", "p2"]), ((4,), ["p1"]), ((4, 5), [])])
def test_posters_hang_in_sessions_that_take_place(cancelled: tuple[int, ...], ids: list[str]) -> None:
    by_session = day(*cancelled).posters_by_session
    assert list(dict.fromkeys(each.id for posters in by_session.values() for each in posters)) == ids


def test_join_says_over_once_the_last_session_that_takes_place_is() -> None:
    assert shown("join", of=day(4, 5), minutes=95).texts[0].splitlines()[1][:14] == "Small is over."


def test_menus_say_cancelled_before_a_long_title_could_push_it_out() -> None:
    of = day(2)
    assert session_label(of, of.session_by_id["s2"]) == "09:10 Cancelled: Session 2"
    assert session_label(of, of.session_by_id["s3"]) == "09:50 Session 3"


@pytest.mark.parametrize("typed", ["session 2", "cancelled"])
def test_autocomplete_still_finds_it_and_says_so(typed: str) -> None:
    (found,) = Index.of(day(2)).suggest(Category.SESSIONS, typed)
    assert (found.id, found.detail) == (
        "s2", "cancelled, Mon 28 Apr, 09:10–09:50 venue time, Main room"
    )  # fmt: skip


def test_search_finds_its_talks_and_says_so() -> None:
    hits = Index.of(day(2)).search("flows")
    assert [hit.detail for hit in hits[Category.TALKS]] == ["cancelled, Dawn Song, Mon 28 Apr, 09:10–09:50 venue time"]
