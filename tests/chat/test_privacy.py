"""What is meant for a circle of readers stays in it, whichever way somebody asks."""

import json

import pytest
from msgspec.structs import replace

from bot.chat.answers import ANSWERS, answer
from bot.chat.lookup import Lookup
from bot.chat.render.layout import components
from bot.domain.call import Deadline, DeadlineKind
from bot.domain.event import JoinLink, Mode, Server
from bot.domain.people import Actor, Group
from bot.domain.program import Program
from bot.domain.search import Category, Index
from tests.chat.samples import ATTENDEE, ORGANIZER, SPEAKER, STRANGER, ask, at, event, program

REVIEWER = Actor(5, frozenset({Group.PUBLIC, Group.ATTENDEES, Group.REVIEWERS}))


def with_private_dates() -> Program:
    private = tuple(
        Deadline(f"b{number}", f"Bidding {number}", DeadlineKind.BIDDING, at(60), Group.REVIEWERS) for number in (1, 2)
    )
    return program(
        deadlines=(*private, *(Deadline(f"d{n}", f"Bidding opens {n}", DeadlineKind.OTHER, at(90)) for n in range(6)))
    )


@pytest.mark.parametrize(
    ("actor", "found"),
    [
        (STRANGER, ["d0", "d1", "d2", "d3", "d4"]),
        (ATTENDEE, ["d0", "d1", "d2", "d3", "d4"]),
        (REVIEWER, ["b1", "b2", "d0", "d1", "d2"]),
        (ORGANIZER, ["b1", "b2", "d0", "d1", "d2"]),
    ],
)
def test_search_finds_dates_for_their_circle_only(actor: Actor, found: list[str]) -> None:
    question = ask(Lookup("search", ("bidding",)), actor=actor, of=with_private_dates())
    hits = question.index.search("bidding", 5, question.may_show)[Category.DEADLINES]
    assert [hit.id for hit in hits] == found


def test_search_by_default_finds_only_what_is_for_everybody() -> None:
    assert Index.of(program()).search("reviews") == {}


def test_a_private_date_leaves_no_trace_in_search() -> None:
    said = answer(ask(Lookup("search", ("bidding",)), of=program())).texts[0]
    private = Deadline("b", "Bidding", DeadlineKind.BIDDING, at(60), Group.REVIEWERS)
    assert answer(ask(Lookup("search", ("bidding",)), of=program(deadlines=(private,)))).texts[0] == said


@pytest.mark.parametrize("text", ["Reviews", "review", "secret", "green", "https://stream.example"])
@pytest.mark.parametrize("actor", [ATTENDEE, SPEAKER, ORGANIZER], ids=["attendee", "speaker", "organizer"])
def test_search_in_a_channel_finds_nothing_private(text: str, actor: Actor) -> None:
    shown = json.dumps(components(answer(ask(Lookup("search", (text,)), actor=actor).for_everybody())))
    assert "secret-" not in shown
    assert "## Nothing found" in shown


@pytest.mark.parametrize("of", [program(), program(event=event(joining=()))], ids=["with links", "without"])
def test_a_private_link_leaves_no_trace_in_search(of: Program) -> None:
    """A word for it leads to /join, whether there is one or not."""
    said = answer(ask(Lookup("search", ("stream",)), of=of)).texts
    assert said == (
        "## Found for “stream”",
        "**Rules and how to take part**\n- How to attend · in person and online",
    )


@pytest.mark.parametrize("label", ["Green room", "Stream"])
def test_search_leads_to_no_joining_link(label: str) -> None:
    question = ask(Lookup("search", (label,)), actor=ORGANIZER)
    found = question.index.search(label, 5, question.may_show)
    assert all(label not in (hit.label, hit.detail) for hits in found.values() for hit in hits)


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_a_public_answer_holds_nothing_private_even_for_an_organizer(name: str) -> None:
    question = replace(ask(Lookup(name, ("reviews",)), actor=ORGANIZER), public=True)
    shown = json.dumps(components(answer(question)))
    assert "secret-" not in shown
    assert "**Reviews**" not in shown


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_a_session_s_own_private_link_stays_private_too(name: str) -> None:
    own = (JoinLink("Call", "https://call.example/secret-s2", Group.ATTENDEES),)
    sessions = tuple(replace(one, mode=Mode.ONLINE, joining=own) for one in program().sessions)
    question = ask(Lookup(name, ("s2",)), actor=ORGANIZER, of=program(sessions=sessions))
    assert "secret-" not in json.dumps(components(answer(question.for_everybody())))
    assert "secret-" not in json.dumps(components(answer(replace(question, actor=STRANGER))))
    if name in ("now", "session", "join"):
        assert "secret-s2" in json.dumps(components(answer(question)))


def links(*circles: Group) -> Program:
    made = tuple(JoinLink(f"Link {n}", f"https://l.example/{n}", circle) for n, circle in enumerate(circles))
    return program(event=event(joining=made))


@pytest.mark.parametrize(
    ("circles", "actor", "said"),
    [
        ((Group.PUBLIC,), STRANGER, ""),
        ((Group.SPEAKERS,), SPEAKER, ""),
        (
            (Group.SPEAKERS, Group.ATTENDEES),
            STRANGER,
            "Some links need the role Participant. If you take part, ask an organizer for it.",
        ),
        (
            (Group.ORGANIZERS, Group.SPEAKERS, Group.ATTENDEES),
            ATTENDEE,
            "Some links are for speakers. If you are one of them, ask an organizer for the role.",
        ),
    ],
)
def test_join_names_the_widest_circle_that_sees_more(circles: tuple[Group, ...], actor: Actor, said: str) -> None:
    of = replace(links(*circles), server=Server(roles={"attendees": "Participant"}))
    last = answer(ask(Lookup("join"), actor=actor, of=of)).texts[-1].splitlines()[-1]
    assert last == said or (not said and "](https://l.example/" in last)


def test_join_in_a_direct_message_sends_to_the_server() -> None:
    question = replace(ask(Lookup("join"), actor=STRANGER), in_server=False)
    assert answer(question).texts[-1].splitlines()[-1] == "Use /join in the server for the link."


@pytest.mark.parametrize(
    ("audiences", "shareable"), [((Group.REVIEWERS,), False), ((Group.REVIEWERS, Group.PUBLIC), True)]
)
def test_dates_are_shared_only_where_one_is_for_everybody(audiences: tuple[Group, ...], shareable: bool) -> None:
    dates = tuple(Deadline(group, "Bidding", DeadlineKind.BIDDING, at(60), group) for group in audiences)
    asked = ask(Lookup("deadlines"), actor=REVIEWER, of=program(deadlines=dates))
    assert [answer(asked).shareable, answer(asked.for_everybody()).shareable] == [shareable, shareable]
