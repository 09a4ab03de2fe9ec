"""What is taken for a question of what people type, and what is left alone."""

import pytest

from bot.domain.posters.asking import asks
from bot.domain.posters.limits import TEXT_MOST, shortened

ASKS = [
    "Does it scale?",
    "ステップ幅はどう選びましたか？",
    "كيف اخترتم حجم الخطوة؟",
    "why not use Adam",
    "Hi, how did you choose the step size",
    "can you share the code please",
    "What's the batch size",
    "<@123456789012345678> is there a longer version",
    "Look at https://example.org/paper: is it the same?",
    "A?\nB",
]
ASKS_NOTHING = [
    "",
    "?",
    "🤔?",
    "<:what:123456789012345678>?",
    "<@123456789012345678> ?",
    "https://example.org/search?q=diffusion",
    "Nice work!",
    "What a great poster",
    "When I tried it, it did not converge",
    "How nice to see this here",
    "Thanks, that helps",
    "I wonder whether it scales",
    "Do not miss the talk at three",
]


@pytest.mark.parametrize("text", ASKS)
def test_a_question_mark_of_any_script_or_the_beginning_of_a_question_asks(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", ASKS_NOTHING)
def test_talk_emoji_addresses_and_exclamations_ask_nothing(text: str) -> None:
    assert not asks(text)


@pytest.mark.parametrize("text", ["word " * 300, "w" * 4_000, "日" * 4_000])
def test_what_is_shortened_fits_and_says_so(text: str) -> None:
    short = shortened(text)
    assert (len(short) <= TEXT_MOST, short.endswith("…"), text.startswith(short[:-1])) == (True, True, True)


def test_what_fits_is_not_shortened() -> None:
    assert shortened("x" * TEXT_MOST) == "x" * TEXT_MOST
