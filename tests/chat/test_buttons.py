"""Every button and menu of every card asks exactly what it stands for, in the room that Discord gives it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from bot.chat.answers import answer, filters
from bot.chat.ask import Ask
from bot.chat.lookup import Lookup, as_typed, named
from bot.chat.presses import CardButton
from bot.chat.render.card import Button, Card, Does
from bot.chat.render.layout import components
from bot.domain.call import Topic
from bot.domain.program import Program
from bot.domain.search import Index
from bot.domain.sessions import Kind, Talk
from tests.chat.samples import NINE, ask, poster, program, session, speaker

LONG = "x" * 38
TRACK = "Theory | Practice \\ " + "of everything " * 8
TITLE = "Poster | session \\ " + "with a very long title " * 4
TEXT = "learning | a\\b " + "y" * 40


def longest() -> Program:
    """Ids of 40 characters everywhere, long tracks and titles, and pages beyond a hundred."""
    slots = tuple(
        session(
            n, n * 60, n * 60 + 60, Kind.POSTER, title=TITLE, track=TRACK, talks=(Talk(f"t{n}", "A", (LONG + "sp",)),)
        )
        for n in range(40)
    )
    people = (speaker("Dawn Song"), speaker("Yang Song"))
    return program(
        sessions=tuple(_renamed(slot, f"{LONG}{n:02}") for n, slot in enumerate(slots)),
        speakers=tuple(_renamed(person, LONG + "sp" if at else LONG + "sq") for at, person in enumerate(people)),
        topics=(Topic(LONG + "to", "Learning", "Learning", "A"),),
        posters=tuple(
            _renamed(poster(n, title=f"Learning a b {'y' * 60}", topics=(LONG + "to",)), f"{LONG[:35]}{n:05}")
            for n in range(1500)
        ),
    )


def _renamed(record: Any, id: str) -> Any:
    return replace(record, id=id)


#: What leads to another answer, rather than to something about the person who pressed.
SHOWING = {Does.GO, Does.OPEN, Does.SHARE}

PROGRAM = longest()
INDEX = Index.of(PROGRAM)


def _asked() -> Iterator[Lookup]:
    session_id, poster_id = PROGRAM.sessions[3].id, PROGRAM.posters[700].id
    yield filters.schedule_lookup(PROGRAM, "2025-04-29", TRACK, NINE.date())
    yield filters.schedule_lookup(PROGRAM, "z" * 100, "z" * 100, NINE.date())
    yield filters.posters_lookup(PROGRAM, INDEX, LONG + "to", session_id, TEXT)
    yield filters.posters_lookup(PROGRAM, INDEX, "Learning", TITLE, TEXT)
    yield filters.posters_lookup(PROGRAM, INDEX, "q" * 100, "q" * 100, TEXT)
    for name, known in (
        ("session", PROGRAM.session_by_id),
        ("speaker", PROGRAM.speaker_by_id),
        ("poster", PROGRAM.poster_by_id),
        ("materials", PROGRAM.session_by_id),
    ):
        yield from (Lookup(name, (named(text, known),)) for text in (next(iter(known)), "z" * 100, "|" * 100))
    yield Lookup("search", (as_typed(TEXT * 2),))
    yield Lookup("poster", (named(poster_id, PROGRAM.poster_by_id),))
    yield from map(Lookup, ("now", "schedule", "posters", "topics", "speakers", "deadlines", "help"))


def reached(first: Lookup) -> Iterator[tuple[Lookup, Card]]:
    """The answer, and what its pages, buttons and menu lead to."""
    card = _card(first)
    yield first, card
    for button in card.buttons:
        if isinstance(button, Button) and button.does in SHOWING:
            yield button.lookup, _card(button.lookup)
    for option in card.menu.options[:3] if card.menu and card.menu.does in SHOWING else ():
        yield option.lookup, _card(option.lookup)
    if card.footer:
        yield first.at(149), _card(first.at(149))


def _card(lookup: Lookup) -> Card:
    base = ask(lookup, of=PROGRAM)
    return answer(Ask(lookup, PROGRAM, INDEX, base.now, base.actor))


@pytest.mark.parametrize("first", list(_asked()), ids=lambda lookup: lookup.encode()[:40])
def test_buttons_ask_what_they_stand_for(first: Lookup) -> None:
    template = CardButton.__discord_ui_compiled_template__
    for _, card in reached(first):
        wanted = [button.lookup for button in card.buttons if isinstance(button, Button)]
        made = [part for row in components(card) for part in row["components"]]
        ids = [part["custom_id"] for part in made if part["type"] == 2 and "custom_id" in part]
        values = [option["value"] for part in made if part["type"] == 3 for option in part["options"]]
        assert max(map(len, [*ids, *values]), default=0) <= 100
        pressed = [template.fullmatch(custom_id) for custom_id in ids]
        assert [Lookup.decode(match["lookup"]) for match in pressed if match] == wanted
        if card.menu:
            options = [option.lookup for option in card.menu.options[:25]]
            assert [Lookup.decode(value.partition(":")[2]) for value in values] == options


def test_a_poster_of_a_filtered_list_keeps_the_whole_list() -> None:
    listed = filters.posters_lookup(PROGRAM, INDEX, "Learning", TITLE, "learning a b")
    menu = _card(listed.at(70)).menu
    assert menu is not None
    opened = _card(menu.options[3].lookup).menu
    assert opened is not None
    assert opened.options[-1].lookup == listed.at(70)


@pytest.mark.parametrize("custom_id", ["go0:search||a\nb", "sh4:search||a\u2028b"])
def test_a_button_works_after_a_line_break(custom_id: str) -> None:
    match = CardButton.__discord_ui_compiled_template__.fullmatch(custom_id)
    assert match is not None
    assert re.sub(r"\s", " ", Lookup.decode(match["lookup"]).arg(0)) == "a b"
