"""Names that are written nearly alike are told; different people with short names are not."""

from datetime import date
from itertools import product

import pytest

from bot.domain.checks.names import nearly_the_same, one_edit_apart
from bot.domain.event import Event
from bot.domain.program import Organizer, Poster, Program, Speaker


def program(*authors: str, speakers: tuple[str, ...] = (), organizers: tuple[str, ...] = ()) -> Program:
    day = date(2025, 4, 28)
    return Program(
        Event("e", "Event", "E", "UTC", day, day),
        speakers=tuple(Speaker(f"s{at}", name, True, name) for at, name in enumerate(speakers)),
        organizers=tuple(Organizer(f"o{at}", name, name) for at, name in enumerate(organizers)),
        posters=tuple(Poster(f"p{at}", f"Title {at}", (name,)) for at, name in enumerate(authors)),
    )


def told(*authors: str) -> list[str | None]:
    return [problem.value for problem in nearly_the_same(program(*authors))]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Louis Lemercier", "Louis Lemerrier"),
        ("Erwin Schrödinger", "Erwin Schrodinger"),
        ("Jean-Pierre Martin", "Jean Pierre Martin"),
        ("Katharina Vogel", "Katarina Vogel"),
        ("Maria Fernandes", "Maria Fernadnes"),
        ("Maria Fernandes", "Maria Fernandez"),
    ],
)
def test_nearly_the_same_is_told_once(one: str, two: str) -> None:
    assert told(one, two) == [two]
    assert told(one, two, one, two) == [two]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Dawn Song", "Yang Song"),
        ("Wei Li", "Wei Lu"),
        ("Yang Chen", "Yan Chen"),
        ("Ye Yuan", "Ye Yuan"),
        ("Maria Fernandes", "Mario Hernandes"),
        ("Person 100001", "Person 100002"),
    ],
)
def test_nearly_the_same_leaves_other_people_alone(one: str, two: str) -> None:
    assert told(one, two) == []


def test_nearly_the_same_names_both_places() -> None:
    (problem,) = nearly_the_same(program("Louis Lemerrier", organizers=("Louis Lemercier",)))
    assert (problem.kind, problem.record, problem.field) == ("poster", "p0", "authors")
    assert problem.message == '"Louis Lemerrier" is written nearly like "Louis Lemercier" (organizer o0).'


def test_nearly_the_same_finds_one_pair_among_twenty_thousand_names() -> None:
    """A quadratic comparison of these would not end within a test run."""
    given = ("Anna", "Boris", "Clara", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jun", "Kaan", "Lea", "Milo", "Nora",
             "Omar", "Pia", "Quin", "Rui", "Sara", "Tariq", "Uma")  # fmt: skip
    syllables = ["".join(letters) for letters in product("bdfgklmnpr", "aeiou", "bdfgklmnpr", "aeiou")]
    # Written twice, two of these words differ in no letter or in two.
    names = [f"{first} {word}{word}" for first in given for word in syllables[:1000]]
    assert told(*names, "Sara babebabo") == ["Sara babebabo", "Sara babebabo"]


@pytest.mark.parametrize(
    ("one", "two", "apart"),
    [
        ("abc", "abc", False),
        ("abc", "abcd", True),
        ("abc", "bc", True),
        ("abc", "axc", True),
        ("abc", "acb", True),
        ("abcd", "badc", False),
        ("abc", "xyc", False),
        ("", "a", True),
    ],
)
def test_one_edit_apart(one: str, two: str, apart: bool) -> None:
    assert (one_edit_apart(one, two), one_edit_apart(two, one)) == (apart, apart)
