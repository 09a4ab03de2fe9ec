"""Whether something like it was asked already."""

from collections.abc import Iterable

from rapidfuzz import fuzz

from bot.domain.folding import fold
from bot.domain.matching import Query
from bot.domain.posters.question import Question

#: How many are shown before somebody asks.
SHOWN_MOST = 3
#: The least likeness, of 100: of all words in any order; and of the words that the shorter one has, where it has
#: enough of them to say something.
_ALIKE, _INSIDE, _ENOUGH = 72.0, 92.0, 3
#: What two questions of any kind have in common.
_ASKING = frozenset(
    {"why", "could", "would", "should", "did", "have", "has", "use", "used", "any", "explain", "please"}
)


def similar(text: str, among: Iterable[Question]) -> list[Question]:
    """Those ``among`` that may ask the same as ``text``, the likeliest first, at most ``SHOWN_MOST``."""
    words = _words(text)
    if not words:
        return []
    rated = [(score, question) for question in among if (score := _likeness(words, _words(question.text))) > 0]
    rated.sort(key=lambda pair: (-pair[0], -pair[1].votes, pair[1].id))
    return [question for _, question in rated[:SHOWN_MOST]]


def _likeness(ours: list[str], theirs: list[str]) -> float:
    """Of 100; 0 where it is too little."""
    if not theirs:
        return 0.0
    one, other = " ".join(ours), " ".join(theirs)
    whole = fuzz.token_sort_ratio(one, other, score_cutoff=_ALIKE)
    if whole or min(len(ours), len(theirs)) < _ENOUGH:
        return whole
    return fuzz.token_set_ratio(one, other, score_cutoff=_INSIDE)


def _words(text: str) -> list[str]:
    telling = [word for word in Query.of(text).words if word not in _ASKING]
    return telling or fold(text).split()
