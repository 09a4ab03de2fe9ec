"""Which of a few things somebody means by part of a label."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from bot.domain.folding import fold

T = TypeVar("T")


def alike(items: Iterable[T], label: Callable[[T], str], text: str) -> list[T]:
    """The items named exactly so, else those with every word of ``text``, else those with words that begin so."""
    wanted = fold(text).split()
    named = [(item, fold(label(item)).split()) for item in items]
    if not wanted:
        return [item for item, _ in named] if not text.strip() else []
    return (
        [item for item, words in named if words == wanted]
        or [item for item, words in named if set(wanted) <= set(words)]
        or [item for item, words in named if all(any(word.startswith(part) for word in words) for part in wanted)]
    )
