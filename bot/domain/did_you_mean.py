"""What comes nearest to a name that leads nowhere."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.domain.matching import SHORTEST_TYPO, Query, Rank, Shelf

#: How many look-alikes a "did you mean" offers.
NEAREST = 5
#: Two typos are believed only in words of at least this length; below, they make any word of any other.
_LONG_WORD = 6
#: The least likeness, of 100, at which a title is offered as "did you mean".
_ALIKE = 65


def nearest(shelf: Shelf, query: Query) -> dict[int, Rank]:
    """For "did you mean": two typos in a word, else some of the words, else a label that looks alike."""
    # A sign or a single letter is like something in any title.
    words = [word for word in query.words if len(word) >= SHORTEST_TYPO]
    if not words:
        return {}
    corrected = " ".join(_corrected(shelf.vocabulary.words, words))
    found = shelf.direct(Query.of(corrected), NEAREST) or shelf.partly(Query.of(corrected), NEAREST)
    if found:
        return dict.fromkeys(found, Rank.PARTLY)
    alike = process.extract(" ".join(words), shelf.labels, scorer=fuzz.WRatio, limit=NEAREST, score_cutoff=_ALIKE)
    return {number: Rank.PARTLY for _, _, number in alike}


def _corrected(known: list[str], typed: Iterable[str]) -> Iterable[str]:
    for word in typed:
        if len(word) < _LONG_WORD:
            yield word
        else:
            closest = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=2)
            yield closest[0] if closest else word
