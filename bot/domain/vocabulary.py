"""The words of one kind of record, sorted, and which records hold them.

A prefix is one run of the sorted words, and the records of that run are one slice of a flat array:
that makes a lookup a few comparisons and keeps 100,000 occurrences in 400 kB.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

#: A run of neighbouring words: the positions of the first one and of the one after the last.
Span = tuple[int, int]

#: Sorts behind every letter: a prefix and this is where the words that start with the prefix end.
LAST_LETTER = "\U0010ffff"


class Vocabulary:
    """``named`` words are those a record is called by (title, name); ``told`` those said about it."""

    __slots__ = ("_named", "_named_starts", "_told", "_told_starts", "words")

    def __init__(self, named: Mapping[str, Sequence[int]], told: Mapping[str, Sequence[int]]) -> None:
        """Both map a word to the records that hold it, by number in rising order."""
        self.words = sorted(named.keys() | told.keys())
        self._named, self._named_starts = _flat(self.words, named)
        self._told, self._told_starts = _flat(self.words, told)

    def starting(self, prefix: str, low: int = 0, high: int | None = None) -> Span:
        """The words that start with ``prefix``."""
        first = bisect_left(self.words, prefix, low, high)
        if first == len(self.words) or not self.words[first].startswith(prefix):
            return first, first
        return first, bisect_left(self.words, prefix + LAST_LETTER, first, high)

    def whole(self, word: str, begun: Span) -> Span:
        """Of ``starting(word)``, the one word itself, or an empty run: a word sorts before those it begins."""
        first, end = begun
        return first, first + (first < end and self.words[first] == word)

    def records(self, spans: Iterable[Span], *, told: bool) -> "list[array[int]]":
        """The records called by a word of these runs, with ``told`` also those of which one is said.

        They come in several parts, unsorted, and a record may come more than once: sorting out is for the caller,
        who often needs only a few of thousands.
        """
        found = []
        for first, end in spans:
            found.append(self._named[self._named_starts[first] : self._named_starts[end]])
            if told:
                found.append(self._told[self._told_starts[first] : self._told_starts[end]])
        return found

    def one_typo_away(self, word: str) -> tuple[list[Span], list[Span]]:
        """The words that ``word`` may stand for, if one letter is extra, missing, wrong or swapped with the next.

        First whole words, then words that a mistyped beginning may be the start of. The walk follows ``word``
        through the sorted words and tries at each place only letters that occur there: some 200 comparisons
        where comparing with every word would take thousands.
        """
        whole: set[Span] = set()
        begun: set[Span] = set()

        def consider(variant: str, low: int, high: int) -> None:
            first = bisect_left(self.words, variant, low, high)
            if first < high and self.words[first].startswith(variant):
                if self.words[first] == variant:
                    whole.add((first, first + 1))
                begun.add((first, bisect_left(self.words, variant + LAST_LETTER, first, high)))

        low, high = 0, len(self.words)
        for place in range(len(word)):
            head, tail = word[:place], word[place:]
            consider(head + tail[1:], low, high)
            if len(tail) > 1:
                consider(head + tail[1] + tail[0] + tail[2:], low, high)
            for letter, first, end in self._continuations(place, low, high):
                if letter != tail[0]:
                    consider(head + letter + tail[1:], first, end)
                    consider(head + letter + tail, first, end)
            low, high = self.starting(word[: place + 1], low, high)
            if low == high:
                break
        else:
            for letter, first, end in self._continuations(len(word), low, high):
                consider(word + letter, first, end)
        return sorted(whole), sorted(begun)

    def _continuations(self, place: int, low: int, high: int) -> Iterable[tuple[str, int, int]]:
        """The letters found at ``place`` in a run of words with one beginning, each with its own run."""
        while low < high:
            word = self.words[low]
            if len(word) == place:
                low += 1
                continue
            end = bisect_left(self.words, word[: place + 1] + LAST_LETTER, low, high)
            yield word[place], low, end
            low = end


def _flat(words: Sequence[str], found: Mapping[str, Sequence[int]]) -> "tuple[array[int], array[int]]":
    records = array("I")
    starts = array("I", [0])
    for word in words:
        if word in found:
            records.extend(found[word])
        starts.append(len(records))
    return records, starts
