"""What people type into the options of /schedule and /posters, and what they get."""

from datetime import date

import pytest
from msgspec.structs import replace

from bot.chat.answers import answer, filters
from bot.chat.answers.days import days as meant_days
from bot.chat.lookup import Lookup, short
from bot.chat.render.card import Card
from bot.domain.call import Topic
from bot.domain.program import Program
from bot.domain.search import Index
from bot.domain.sessions import Kind
from tests.chat.samples import ask, poster, program, session

DAY = 24 * 60
TODAY = date(2025, 4, 28)


def days(*starts: int, tracks: tuple[str, ...] = ()) -> Program:
    named = [*tracks, *[None] * len(starts)]
    return program(
        sessions=tuple(session(n, start, start + 10, track=named[n]) for n, start in enumerate(starts)), posters=()
    )


def heads(card: Card) -> str:
    return card.texts[0].splitlines()[0]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Monday", ["2025-04-28", "2025-05-05"]),
        ("mon 28", ["2025-04-28"]),
        ("tue", ["2025-04-29"]),
        ("28 April", ["2025-04-28"]),
        ("April 28, 2025", ["2025-04-28"]),
        ("2025-05-04", ["2025-05-04"]),
        ("May", ["2025-05-04", "2025-05-05"]),
        ("28th", ["2025-04-28"]),
        ("April 28th", ["2025-04-28"]),
        ("4/28", ["2025-04-28"]),
        ("28.4.", ["2025-04-28"]),
        ("5/4", ["2025-05-04"]),
        ("day 1", ["2025-04-28"]),
        ("Day 3", ["2025-05-04"]),
        ("first", ["2025-04-28"]),
        ("the second day", ["2025-04-29"]),
        ("last day", ["2025-05-05"]),
        ("1", ["2025-04-28"]),
        ("4", ["2025-05-04"]),
        ("1st", ["2025-04-28"]),
        ("0", []),
        ("day 5", []),
        ("2025-04-05", []),
        ("2025-13-45", []),
        ("", ["2025-04-28", "2025-04-29", "2025-05-04", "2025-05-05"]),
        ("someday", []),
        ("!?", []),
    ],
)
def test_days(typed: str, found: list[str]) -> None:
    of = days(0, DAY, 6 * DAY, 7 * DAY)
    assert [day.isoformat() for day in meant_days(of, typed)] == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("theory", ["Theory"]),
        ("of", ["Theory of Flows"]),
        ("flo", ["Theory of Flows"]),
        ("t", ["Theory", "Theory of Flows"]),
    ],
)
def test_tracks(typed: str, found: list[str]) -> None:
    assert filters.tracks(days(0, 20, tracks=("Theory", "Theory of Flows")), typed) == found


def test_schedule_of_a_weekday_as_it_is_typed() -> None:
    of = days(0, DAY)
    card = answer(ask(filters.schedule_lookup(of, "Tuesday", "", TODAY), of=of))
    assert heads(card) == "## Tue 29 Apr 2025"


@pytest.mark.parametrize(
    ("typed", "today", "head"),
    [
        ("today", date(2025, 4, 28), "## Mon 28 Apr 2025"),
        ("Tomorrow", date(2025, 4, 28), "## Tue 29 Apr 2025"),
        ("yesterday", date(2025, 4, 29), "## Mon 28 Apr 2025"),
        ("tomorrow", date(2025, 4, 29), "## Nothing on the schedule for Wednesday 30 April 2025"),
    ],
)
def test_schedule_of_a_day_that_counts_from_today(typed: str, today: date, head: str) -> None:
    of = days(0, DAY)
    assert heads(answer(ask(filters.schedule_lookup(of, typed, "", today), of=of))) == head


@pytest.mark.parametrize(
    ("of", "track", "said"),
    [
        (days(0, DAY), "Theory", ["This event has no tracks."]),
        (days(0, DAY, tracks=("Theory",)), "Practice", ["No track is called Practice.", "Tracks: Theory."]),
    ],
)
def test_schedule_of_a_track_that_is_not_there_says_so(of: Program, track: str, said: list[str]) -> None:
    card = answer(ask(filters.schedule_lookup(of, "", track, TODAY), of=of))
    assert card.texts[0].splitlines() == [f"## Nothing on the schedule for {track}", *said]


def test_schedule_of_a_good_day_and_a_track_that_is_not_there_speaks_of_the_track() -> None:
    of = days(0, DAY)
    card = answer(ask(filters.schedule_lookup(of, "day 2", "x", TODAY), of=of))
    assert card.texts[0].splitlines() == [
        "## Nothing on the schedule for Tuesday 29 April 2025 · x",
        "This event has no tracks.",
    ]


def test_schedule_of_a_track_on_another_day_names_the_days() -> None:
    of = days(0, DAY, tracks=("Theory",))
    card = answer(ask(filters.schedule_lookup(of, "day 2", "theory", TODAY), of=of))
    assert card.texts[0].splitlines() == [
        "## Nothing on the schedule for Tuesday 29 April 2025 · Theory",
        "The programme runs on: Mon 28 Apr, Tue 29 Apr.",
        "Tracks: Theory.",
    ]


def test_schedule_of_a_track_shows_its_whole_name() -> None:
    track = "A track | with a name of more than seventy-one characters, as some conferences have them \\ really"
    of = days(0, 20, tracks=(track,))
    asked = filters.schedule_lookup(of, "", track, TODAY)
    card = answer(ask(Lookup.decode(asked.encode()), of=of))
    assert (asked.args, card.texts[1].count("Session")) == (("", short(track)), 1)
    assert "really" in heads(card)


def poster_event(*titles: str) -> Program:
    slots = tuple(session(n, n * 60, n * 60 + 30, Kind.POSTER, Kind.BREAK, title=t) for n, t in enumerate(titles))
    made = tuple(poster(n, session=f"s{n}", topics=("flows",)) for n in range(len(titles)))
    return program(sessions=slots, posters=made, topics=(Topic("flows", "Flow matching in practice", "Flows", "A"),))


@pytest.mark.parametrize(
    ("typed", "footer"),
    [
        ("s1", "1–1 of 1 poster"),
        ("10:00 Poster/Break", "1–1 of 1 poster"),
        ("10:00", "1–1 of 1 poster"),
        ("Poster/Break", "1–2 of 2 posters"),
        ("poster break", "1–2 of 2 posters"),
        ("evening", "1–1 of 1 poster"),
    ],
)
def test_posters_of_a_session_as_it_is_typed(typed: str, footer: str) -> None:
    of = poster_event("Poster/Break", "Poster/Break", "Evening posters")
    card = answer(ask(filters.posters_lookup(of, Index.of(of), "", typed, ""), of=of))
    assert card.footer == footer


def test_posters_asks_which_session_where_titles_differ() -> None:
    of = poster_event("Poster session one", "Poster session two")
    card = answer(ask(filters.posters_lookup(of, Index.of(of), "flow match", "poster", ""), of=of))
    assert heads(card) == "## Which poster session?"
    assert card.menu is not None
    assert [option.lookup for option in card.menu.options] == [
        Lookup("posters", ("flows", "s0")),
        Lookup("posters", ("flows", "s1")),
    ]


def test_posters_of_a_session_that_shows_none_offers_those_that_do() -> None:
    of = poster_event("Posters", "Posters")
    of = program(sessions=(*of.sessions, session(9, 600, 660, Kind.LUNCH, title="Lunch")), posters=of.posters)
    card = answer(ask(filters.posters_lookup(of, Index.of(of), "", "lunch", ""), of=of))
    assert card.texts[0].splitlines()[:2] == ["## No posters in Lunch", "This session shows no posters. These do:"]
    assert card.menu is not None
    assert [option.lookup for option in card.menu.options] == [
        Lookup("posters", ("", "s0")),
        Lookup("posters", ("", "s1")),
    ]


def test_posters_of_a_topic_typed_in_full() -> None:
    of = poster_event("Posters")
    assert filters.posters_lookup(of, Index.of(of), "Flow matching in practice", "", "").args == ("flows",)


def test_posters_counts_every_poster_with_the_words() -> None:
    of = program(
        posters=tuple(poster(n, title=f"Learning {n}", topics=("flows",) if n % 2 else ()) for n in range(660))
    )
    assert answer(ask(Lookup("posters", ("", "", "learning")), of=of)).footer == "1–10 of 660 posters"
    assert answer(ask(Lookup("posters", ("flows", "", "learning")), of=of)).footer == "1–10 of 330 posters"
    assert answer(ask(Lookup("posters", ("flows", "", "learning 641")), of=of)).footer == "1–1 of 1 poster"


TITLE = "A reversible solver for diffusion stochastic differential equations and everything beside"


@pytest.mark.parametrize(
    ("subject", "kept"),
    [("", TITLE[:68].rstrip()), ("flows", TITLE[:63].rstrip()), ("A topic that nobody knows", TITLE[:46].rstrip())],
)
def test_posters_takes_as_much_of_a_long_text_as_fits(subject: str, kept: str) -> None:
    of = program(posters=(poster(1, title=TITLE, topics=("flows",)), poster(2)))
    asked = filters.posters_lookup(of, Index.of(of), subject, "", TITLE)
    assert asked.args[2] == kept
    assert Lookup.decode(replace(asked, page=499).encode()).args == asked.args
    if subject != "A topic that nobody knows":
        assert answer(ask(asked, of=of)).footer == "1–1 of 1 poster"


def topical() -> Program:
    topics = (
        Topic("flows", "Flow matching", "Flows", "Theory"),
        Topic("bounds", "Bounds for sampling", "Bounds", "Theory"),
        Topic("fast", "Fast sampling", "Fast", "Practice"),
    )
    shown = (poster(1, topics=("flows",)), poster(2, topics=("bounds", "flows")), poster(3, topics=("fast",)))
    return program(topics=topics, posters=shown)


def of_topic(typed: str) -> Card:
    of = topical()
    asked = filters.posters_lookup(of, Index.of(of), typed, "", "")
    return answer(ask(Lookup.decode(asked.encode()), of=of))


@pytest.mark.parametrize(
    ("typed", "head", "footer"),
    [
        ("Theory", "## Posters: Theory", "1–2 of 2 posters"),
        ("fast", "## Posters: Fast sampling", "1–1 of 1 poster"),
        ("flow", "## Posters: Flow matching", "1–2 of 2 posters"),
    ],
)
def test_posters_of_a_topic_or_a_group_of_topics(typed: str, head: str, footer: str) -> None:
    card = of_topic(typed)
    assert (heads(card), card.footer) == (head, footer)


def test_posters_of_a_text_that_several_topics_hold_asks_which() -> None:
    card = of_topic("sampling")
    assert card.texts[0].splitlines() == [
        "## Which topic?",
        "Several match “sampling”.",
        "- **Bounds for sampling** · 1 poster",
        "- **Fast sampling** · 1 poster",
    ]
    assert card.menu is not None
    assert [option.lookup for option in card.menu.options] == [
        Lookup("posters", ("bounds",)),
        Lookup("posters", ("fast",)),
    ]


def test_posters_of_a_topic_that_is_not_there_offers_the_nearest() -> None:
    assert of_topic("matching snails").texts[0].splitlines() == [
        "## No topic found",
        "Nothing matches “matching snails”. These come nearest:",
        "- **Flow matching** · 2 posters",
    ]
    assert of_topic("zzzz").texts[0].splitlines() == [
        "## No topic found",
        "Nothing matches “zzzz”. The topics are:",
        "- **Flow matching** · 2 posters",
        "- **Bounds for sampling** · 1 poster",
        "- **Fast sampling** · 1 poster",
    ]
