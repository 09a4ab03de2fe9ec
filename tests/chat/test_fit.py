"""What does not fit is cut where it can be seen, and never at the cost of what would have fitted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.lookup import Lookup
from bot.chat.render.card import Button, Card, fit
from bot.chat.render.layout import TEXT_MOST, components
from bot.chat.render.text import stamp
from bot.sandbox import limits
from tests.chat.samples import NINE


@pytest.mark.parametrize(
    ("texts", "most", "shown"),
    [
        (("a", "b"), 10, ("a", "b")),
        (("one two three four", "end"), 15, ("one two …", "end")),
        (("start", "one two three four", "end"), 20, ("start", "one two …", "end")),
        (("first\nsecond\nthird", "end"), 17, ("first\nsecond\n…", "end")),
        (("a" * 30, "b" * 30), 20, ("a" * 9 + "…", "b" * 9 + "…")),
        (("日" * 30,), 10, ("日" * 9 + "…",)),
        (("x" * 10 + stamp(NINE),), 20, ("x" * 10 + "…",)),
        ((r"abcdefgh\*bold\*",), 10, ("abcdefgh…",)),
        (("one two [label](https://x.example/a) end",), 20, ("one two …",)),
        (("x [two words](https://x.example/a)",), 10, ("x …",)),
        (("one [two words](https://x.example/a)",), 16, ("one …",)),
        (("[a b](https://x.example) and more",), 28, ("[a b](https://x.example) …",)),
    ],
)
def test_fit(texts: tuple[str, ...], most: int, shown: tuple[str, ...]) -> None:
    assert fit(texts, most) == shown


@given(st.lists(st.text(min_size=1, max_size=60), max_size=8), st.integers(30, 200))
def test_fit_keeps_to_its_room_and_says_what_it_cut(texts: list[str], most: int) -> None:
    shown = fit(texts, most)
    assert sum(map(len, shown)) <= most
    assert len(shown) == len(texts)
    assert all(kept == text or kept.endswith("…") for kept, text in zip(shown, texts, strict=True))


def test_a_card_of_very_many_blocks_is_one_message() -> None:
    buttons = tuple(Button(f"b{n}", Lookup("now", (str(n),))) for n in range(10))
    made = components(Card(tuple(f"block {n} " + "x" * 200 for n in range(40)), buttons=buttons))
    limits.check_message({"components": made}, flags=1 << 15, has_files=False, editing=False)
    contents = [part["content"] for part in made[0]["components"] if "content" in part]
    assert sum(map(len, contents)) <= TEXT_MOST
    assert contents[-1].endswith("…")
