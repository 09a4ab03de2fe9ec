"""Small things that answers say, or leave out."""

import json
import re
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from bot.chat.answers import answer
from bot.chat.lookup import Lookup
from bot.chat.render.card import Button, Card, LinkButton
from bot.chat.render.layout import components
from bot.domain.call import Deadline, DeadlineKind, Topic
from bot.domain.event import FaqEntry, JoinLink, RelatedWorkshop, Room, Texts
from bot.domain.people import Group
from bot.domain.program import Organizer, Program
from bot.domain.sessions import Kind, Talk
from bot.sandbox import limits
from tests.chat.samples import ORGANIZER, ask, at, event, program, session, speaker


def text_of(card: Card) -> str:
    return "\n".join(card.texts)


def shown(name: str, *args: str, of: Program, minutes: int = 20) -> str:
    return text_of(answer(ask(Lookup(name, args), minutes, of=of)))


@pytest.mark.parametrize(
    ("zone", "due", "stated"),
    [
        ("AoE", datetime(2025, 6, 2, 11, 59, tzinfo=UTC), "Sun 1 Jun 2025, 23:59 AoE"),
        ("America/New_York", datetime(2025, 6, 2, 3, 59, tzinfo=UTC), "Sun 1 Jun 2025, 23:59 America/New York"),
        ("UTC", datetime(2025, 6, 1, 23, 59, tzinfo=UTC), "Sun 1 Jun 2025, 23:59 UTC"),
    ],
)
def test_a_deadline_is_shown_as_it_was_stated(zone: str, due: datetime, stated: str) -> None:
    of = program(deadlines=(Deadline("d", "Papers", DeadlineKind.SUBMISSION, due, zone=zone),))
    assert of.deadlines[0].stated == stated
    for name in ("deadlines", "submit"):
        assert f"<t:{int(due.timestamp())}:F> · {stated}" in shown(name, of=of)
    assert f"Papers · {stated}" in shown("search", "papers", of=of)
    assert ("anywhere on Earth" in shown("deadlines", of=of)) == (zone == "AoE")


@pytest.mark.parametrize("typed", ["Small Workshop", "small", "SMOL", "workshops for the small"])
def test_the_event_is_found_by_every_spelling(typed: str) -> None:
    of = program(event=event(aliases=("SMOL", "Workshop for the Small")))
    card = answer(ask(Lookup("search", (typed,)), of=of))
    assert card.menu is not None
    assert Lookup("about") in [option.lookup for option in card.menu.options]
    assert "Small Workshop" in text_of(card)


@pytest.mark.parametrize(
    ("name", "args", "minutes", "says"),
    [
        ("now", (), -30, True),
        ("now", (), 20, False),
        ("schedule", (), -30, True),
        ("schedule", (), 20, False),
        ("session", ("s4",), 20, True),
        ("session", ("s1",), 20, False),
        ("about", (), -30, True),
    ],
)
def test_a_tentative_date_is_said_until_it_has_come(name: str, args: tuple[str, ...], minutes: int, says: bool) -> None:
    unsure = program(event=event(dates_tentative=True, dates_source="The proposal names no day."))
    assert ("(tentative date)" in shown(name, *args, of=unsure, minutes=minutes)) == says
    assert "tentative" not in shown(name, *args, of=program(), minutes=minutes)


def test_about_shows_the_tagline_and_where_a_tentative_date_comes_from() -> None:
    of = program(event=event(tagline="All of it.", dates_tentative=True, dates_source="A proposal."))
    rows = shown("about", of=of).splitlines()
    assert (rows[1], rows[-1]) == ("All of it.", "-# About the date: A proposal.")


@pytest.mark.parametrize("length", [512, 513])
def test_a_long_website_is_a_text_link(length: int) -> None:
    url = "https://x.example/".ljust(length, "a")
    of = program(event=event(website=url), speakers=(speaker("Dawn Song", website=url), speaker("Yang Song")))
    for lookup in Lookup("about"), Lookup("speaker", ("dawn",)):
        card = answer(ask(lookup, of=of))
        limits.check_message({"components": components(card)}, flags=1 << 15, has_files=False, editing=False)
        assert (LinkButton("Website", url) in card.buttons) == (length == 512)
        assert (f"[Website]({url})" in text_of(card)) == (length == 513)


@pytest.mark.parametrize(
    ("presenters", "row"),
    [(("van den Berg",), "🎤 van den Berg"), (("ßharp",), "🎤 ßharp"), ((), "🎤 Speaker to be announced")],
)
def test_now_leaves_names_as_they_are_written(presenters: tuple[str, ...], row: str) -> None:
    one = session(1, 0, 60, Kind.INVITED_TALK, talks=(Talk("t", "On", presenters=presenters),))
    assert shown("now", of=program(sessions=(one,))).splitlines()[1] == row


MANY = 30


@pytest.mark.parametrize(
    ("name", "args", "fields", "minutes", "more"),
    [
        ("deadlines", (), {"deadlines": [f"d{n}" for n in range(MANY)]}, 0, "-# and 10 more"),
        ("deadlines", (), {"deadlines": [f"d{n}" for n in range(MANY)]}, 9999, "-# and 10 more"),
        ("session", ("s1",), {}, 0, "-# and 18 more"),
        ("about", (), {}, 0, "-# and 22 more"),
        ("join", (), {}, 0, "-# and 18 more"),
        ("join", (), {}, 0, "-# and 20 more"),
    ],
)
def test_a_list_that_is_cut_says_so(
    name: str, args: tuple[str, ...], fields: dict[str, list[str]], minutes: int, more: str
) -> None:
    of = program(
        event=event(
            joining=tuple(JoinLink(f"L{n}", f"https://l.example/{n}", Group.PUBLIC) for n in range(MANY)),
            rooms=tuple(Room(f"r{n}", f"Room {n}") for n in range(MANY)),
        ),
        sessions=(session(1, 0, 10, talks=tuple(Talk(f"t{n}", f"Talk {n}") for n in range(MANY))),),
        texts=Texts(related=tuple(RelatedWorkshop(f"W{n}", "Here") for n in range(MANY))),
        deadlines=tuple(Deadline(d, d, DeadlineKind.OTHER, at(60)) for d in fields.get("deadlines", ())),
    )
    assert more in shown(name, *args, of=of, minutes=minutes).splitlines()


def test_questions_have_pages() -> None:
    of = program(texts=Texts(faq=tuple(FaqEntry(f"Why {n}?", "So.") for n in range(14))))
    card = answer(ask(Lookup("faq", page=2), of=of))
    assert card.texts[1] == "**Why 12?**\nSo.\n\n**Why 13?**\nSo."
    assert card.footer == "Page 3 of 3"
    found = answer(ask(Lookup("search", ("why 13",)), of=of))
    assert found.menu is not None
    assert found.menu.options[0].lookup == Lookup("faq", ("Why 13?",))
    assert answer(ask(found.menu.options[0].lookup, of=of)).texts == card.texts


def test_a_joining_links_note_has_a_limit() -> None:
    link = JoinLink("Stream", "https://s.example", Group.PUBLIC, "word " * 2000)
    assert len(shown("join", of=program(event=event(joining=(link,))))) < 700


def test_organizers_stand_by_the_name_they_are_sorted_under() -> None:
    people = (
        Organizer("a", "Ann Zhu", "Zhu, Ann"),
        Organizer("o", "Bo Østby", "Østby, Bo"),
        Organizer("c", "C D", "D"),
    )
    rows = answer(ask(Lookup("organizers"), of=program(organizers=people))).texts[1].splitlines()
    assert rows == ["**C D**", "**Bo Østby**", "**Ann Zhu**"]


def test_what_a_reader_typed_is_shown_without_hidden_characters() -> None:
    card = answer(ask(Lookup("schedule", ("\u202etomorrow", "\u200bno\ntrack"))))
    assert card.texts[0].splitlines()[0] == "## Nothing on the schedule for tomorrow · no track"


def test_topics_of_many_groups_are_one_message() -> None:
    topics = tuple(Topic(f"t{n}", f"Topic {n}", f"T{n}", f"Group {n}") for n in range(40))
    made = components(answer(ask(Lookup("topics"), of=program(topics=topics))))
    limits.check_message({"components": made}, flags=1 << 15, has_files=False, editing=False)
    assert "Topic 39" in json.dumps(made)
    assert len(re.findall(r"Group \d+", json.dumps(made[0]))) == 40


def test_search_of_many_kinds_shows_something_of_each() -> None:
    of = replace(
        program(sessions=tuple(session(n, n, n + 1, title=f"Flow {n}") for n in range(9))),
        organizers=tuple(Organizer(f"o{n}", f"Flow Person {n}", "P") for n in range(9)),
        texts=Texts(faq=(FaqEntry("Flow?", "Yes."),), related=(RelatedWorkshop("Flow", "Here"),)),
        deadlines=(Deadline("d", "Flow", DeadlineKind.OTHER, at(9)),),
        event=event(rooms=(Room("main", "Flow room"),), aliases=("Flow",)),
    )
    heads = [text.splitlines()[0] for text in answer(ask(Lookup("search", ("flow",)), of=of)).texts[1:]]
    exactly = ["Deadlines", "Questions and answers", "Related workshops", "This event"]
    assert [head.strip("*") for head in heads] == [*exactly, "Sessions", "Organizers", "Posters", "Topics", "Rooms"]


def test_search_says_when_more_match_and_leads_to_all_posters() -> None:
    many = answer(ask(Lookup("search", ("poster",))))
    assert "-# More match. Add a word to narrow it down." in text_of(many)
    (all_of_them,) = [b.lookup for b in many.buttons if isinstance(b, Button) and b.lookup.name == "posters"]
    assert answer(ask(all_of_them)).footer == "1–10 of 23 posters"
    assert "More match" not in text_of(answer(ask(Lookup("search", ("dawn",)))))


@pytest.mark.parametrize(("minutes", "headings"), [(0, 0), (60 * 24, 1), (60 * 24 * 3, 1)])
def test_deadlines_say_once_that_dates_are_over(minutes: int, headings: int) -> None:
    text = text_of(answer(ask(Lookup("deadlines"), minutes, actor=ORGANIZER)))
    assert text.count("**Over**") + text.count("**All dates are over**") == headings
