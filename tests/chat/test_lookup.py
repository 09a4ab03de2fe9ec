"""A question survives its trip through a button."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.lookup import AT_NOW, ROOM, Lookup, same, short


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
    st.lists(st.text(st.characters(exclude_characters="|\\"), max_size=15), max_size=3),
    st.integers(AT_NOW, 500),
)
def test_decode_undoes_encode(name: str, args: list[str], page: int) -> None:
    while args and not args[-1]:
        args.pop()
    lookup = Lookup(name, tuple(args), page)
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
