"""What is kept ready is what would be made anew."""

import json

import pytest

from bot.chat.answers import ANSWERS, answer
from bot.chat.lookup import Lookup
from bot.chat.prepared import KEPT, PROGRAMMES, Prepared
from bot.chat.render.layout import components, dated
from tests.chat.samples import ATTENDEE, ORGANIZER, SPEAKER, ask, program

PROGRAM = program()


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_kept_answers_equal_fresh_ones_at_every_moment_and_for_everybody(name: str) -> None:
    prepared = Prepared()
    lookup = Lookup(name, {"session": ("s2",), "speaker": ("dawn",), "poster": ("p1",)}.get(name, ()))
    for actor in (ATTENDEE, SPEAKER, ORGANIZER):
        for minutes in (-9 * 60 - 1, -9 * 60, -10, 0, 9, 10, 20, 20, 49, 50, 100, 179, 180, 60 * 24, 60 * 48 + 1):
            for question in (asked := ask(lookup, minutes, actor=actor, of=PROGRAM)), asked.for_everybody():
                card = answer(question)
                fresh = dated(components(card), card.footer, question.now)
                assert prepared.message(question).to_components() == fresh.to_components()


def test_messages_do_not_share_what_can_change() -> None:
    prepared = Prepared()
    first = prepared.message(ask(Lookup("now"), 20, of=PROGRAM)).to_components()
    before = json.dumps(first)
    prepared.message(ask(Lookup("now"), 21, of=PROGRAM))
    assert json.dumps(first) == before


def test_a_new_programme_is_answered_at_once() -> None:
    prepared = Prepared()
    changed = program(posters=())
    old = prepared.message(ask(Lookup("posters"), of=PROGRAM)).to_components()
    new = prepared.message(ask(Lookup("posters"), of=changed)).to_components()
    assert old != new


def test_only_so_many_are_kept() -> None:
    prepared = Prepared()
    for number in range(KEPT + 50):
        prepared.message(ask(Lookup("search", (f"flow{number}",)), of=PROGRAM))
    (kept,) = prepared._programmes.values()
    assert len(kept._kept) == KEPT


def test_programmes_of_one_event_do_not_evict_each_other_and_only_so_many_are_kept() -> None:
    prepared = Prepared()
    mine, theirs = program(), program()
    for of in (mine, theirs, mine):
        prepared.message(ask(Lookup("now"), of=of))
    assert [kept.program for kept in prepared._programmes.values()] == [theirs, mine]
    for _ in range(PROGRAMMES):
        prepared.message(ask(Lookup("now"), of=program()))
    assert len(prepared._programmes) == PROGRAMMES
