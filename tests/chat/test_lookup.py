"""A question survives its trip through a button."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.lookup import AT_NOW, ROOM, Lookup, as_typed, same, short, trimmed


@pytest.mark.parametrize(
    ("lookup", "encoded"),
    [
        (Lookup("now"), "now|"),
        (Lookup("schedule", ("2025-04-28", "")), "schedule||2025-04-28"),
        (Lookup("posters", ("", "poster-1", "flow"), 3), "posters|3||poster-1|flow"),
    ],
)
def test_encode_is_short(lookup: Lookup, encoded: str) -> None:
    assert lookup.encode() == encoded


@given(
    st.sampled_from(["now", "posters", "session"]),
    st.lists(st.text(st.characters(exclude_characters="\ue000"), max_size=15), max_size=3),
    st.integers(AT_NOW, 500),
)
def test_decode_undoes_encode(name: str, args: list[str], page: int) -> None:
    lookup = Lookup(name, trimmed(*args), page)
    assert Lookup.decode(lookup.encode()) == lookup


@given(st.text(), st.text(), st.text())
def test_encode_always_fits_a_button(a: str, b: str, c: str) -> None:
    assert len(Lookup("posters", (a, b, c), 499).encode()) <= ROOM


def test_the_longest_posters_lookup_loses_nothing() -> None:
    lookup = Lookup("posters", (short("t" * 40), short("s" * 40), "x" * 36), 499)
    assert Lookup.decode(lookup.encode()) == lookup


def test_short_stands_for_a_long_id() -> None:
    long_id = "a-session-with-a-very-long-identifier"
    assert (short("opening"), len(short(long_id)), same(long_id, short(long_id))) == ("opening", 13, True)
    assert not same("another-session-with-a-long-identifier", short(long_id))


@pytest.mark.parametrize("text", ["a | b \\ c", "|", "||\\||"])
def test_a_typed_separator_survives(text: str) -> None:
    assert Lookup.decode(Lookup("search", (text, "")).encode()) == Lookup("search", (text,))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (" a\n\tb ", "a b"),
        ("\u202edawn\u200b", "dawn"),
        ("x" * 200, "x" * 80),
        ("\ue000", ""),
        ("x" * 79 + " y", "x" * 79),
    ],
)
def test_as_typed_is_one_visible_line(text: str, kept: str) -> None:
    assert as_typed(text) == kept
