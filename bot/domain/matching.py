"""Matching a query against one category: which records, and how well."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from enum import IntEnum
from itertools import takewhile
from math import log

from msgspec import Struct

from bot.domain.folding import Folder, compact, fold, joined
from bot.domain.listing import Entry, Listing
from bot.domain.people import Group
from bot.domain.vocabulary import LAST_LETTER, Span, Vocabulary

#: Nobody types more than this into a search box; a pasted page is cut, so that its length costs nothing.
LONGEST_QUERY = 400
MOST_WORDS = 16
#: One wrong letter in a shorter word could mean almost any other.
SHORTEST_TYPO = 3

#: Words that a question is made of but that say nothing about what is looked for.
_FILLERS = frozenset({
    "a", "an", "and", "are", "at", "be", "by", "can", "do", "does", "for", "from", "how", "i", "in", "is", "it",
    "my", "of", "on", "or", "our", "the", "their", "there", "this", "to", "was", "we", "what", "when", "where",
    "which", "who", "will", "with", "you", "your",
})  # fmt: skip

#: Where one word leads: the records that hold it are in any of these.
Parts = Sequence[Collection[int]]


class Rank(IntEnum):
    """How a record matches, best highest. Within a rank the programme's order holds."""

    EXACT = 90
    STARTS = 80
    WORDS = 70
    BEGINNINGS = 60
    MENTIONS = 50
    TYPO = 40
    PARTLY = 20


class Query(Struct, frozen=True):
    """What somebody typed, folded. ``words`` are those that must be found; the last may be unfinished. ``ways`` are
    these, and where it makes a difference those with hyphenated words in one piece.
    """

    typed: str
    folded: str
    words: tuple[str, ...]
    ways: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, text: str) -> "Query":
        typed = text[:LONGEST_QUERY].strip()
        folded, whole = fold(typed), joined(typed)
        words = _telling(folded)
        return cls(typed, folded, words, (words,) if whole == folded else (words, _telling(whole)))


def _telling(folded: str) -> tuple[str, ...]:
    said = tuple(dict.fromkeys(folded.split()))
    return tuple(word for word in said if word not in _FILLERS or word == said[-1])[:MOST_WORDS]


class Shelf:
    """The records of one category, ready to be searched. Numbers are positions in ``entries``."""

    __slots__ = ("_by_code", "_by_label", "_in_order", "entries", "labels", "private", "vocabulary")

    def __init__(self, listings: Iterable[Listing], folder: Folder) -> None:
        self.entries: list[Entry] = []
        self.labels: list[str] = []
        self._by_code: dict[str, tuple[int, ...]] = {}
        named: defaultdict[str, list[int]] = defaultdict(list)
        told: defaultdict[str, list[int]] = defaultdict(list)
        for number, listing in enumerate(listings):
            self.entries.append(listing.entry)
            self.labels.append(fold(listing.entry.label))
            for code in {compact(code) for code in listing.codes} - {""}:
                self._by_code[code] = (*self._by_code.get(code, ()), number)
            for word in folder.words(listing.names):
                named[word].append(number)
            for word in folder.words((*listing.facts, *listing.apart)):
                told[word].append(number)
        #: How many of the records are not for everybody.
        self.private = sum(entry.audience is not Group.PUBLIC for entry in self.entries)
        self.vocabulary = Vocabulary(named, told)
        self._by_label = array("I", sorted(range(len(self.labels)), key=self.labels.__getitem__))
        self._in_order = [self.labels[number] for number in self._by_label]

    def exact(self, query: Query) -> list[int]:
        """The records of exactly this id, board number, alias or title; an id as it is written wins alone."""
        return self._named_so(query, self._labelled(query.folded)[0])

    def direct(self, query: Query, limit: int) -> dict[int, Rank]:
        """The records that hold every word as typed, best first, at least ``limit`` of them if there are."""
        equal, starting = self._labelled(query.folded)
        found = dict.fromkeys(self._named_so(query, equal), Rank.EXACT)
        _add(found, starting[: limit + len(found)], Rank.STARTS)
        for typed in query.ways:
            if len(found) < limit:
                self._add_direct(found, typed, limit)
        return found

    def with_a_typo(self, query: Query, limit: int, found: dict[int, Rank]) -> None:
        """Add to ``found`` the records that hold every word, if one letter of one of them is mistyped.

        Every word that no record holds counts as mistyped. When all are known, the typo made another
        word of one of them ("flow", "low"): each is suspected in turn.
        """
        spans = [self.vocabulary.starting(word) for word in query.words]
        unknown = [place for place, (first, end) in enumerate(spans) if first == end]
        sure = bool(found)
        for suspects in [unknown] if unknown else [[place] for place in range(len(spans))]:
            rest = [self._holding(spans[place]) for place in range(len(spans)) if place not in suspects]
            others = [[_common(rest)]] if rest else []
            if others == [[set()]]:
                continue
            meant = [self._meant(query.words[place]) for place in suspects]
            self._add_typos(found, [whole for whole, _ in meant], others, limit)
            if not sure:
                self._add_typos(found, [begun for _, begun in meant], others, limit)

    def partly(self, query: Query, limit: int) -> dict[int, Rank]:
        """The records that hold at least the rarer half of the words, most telling first."""
        weights: dict[int, float] = {}
        total = 0.0
        for word in [word for word in query.words if word not in _FILLERS] or query.words:
            records = _common([self._holding(self.vocabulary.starting(word))])
            if not records:
                whole, begun = self._meant(word)
                records = _common([self._holding(*whole)]) or _common([self._holding(*begun)])
            weight = log(1 + len(self.entries) / max(1, len(records)))
            total += weight
            for number in records:
                weights[number] = weights.get(number, 0.0) + weight
        enough = [number for number, weight in weights.items() if weight >= total / 2]
        return dict.fromkeys(sorted(enough, key=lambda number: (-weights[number], number))[:limit], Rank.PARTLY)

    def _named_so(self, query: Query, labelled: list[int]) -> list[int]:
        coded = self._by_code.get(query.folded.replace(" ", ""))
        if not coded:
            return labelled
        by_id = [number for number in coded if self.entries[number].id == query.typed]
        return by_id or sorted({*coded, *labelled})

    def _labelled(self, folded: str) -> tuple[list[int], list[int]]:
        """The records whose label, folded, is this text, and all those whose label starts with it."""
        if not folded:
            return [], []
        first = bisect_left(self._in_order, folded)
        # Most questions concern few kinds of record: the others are done here.
        if first == len(self.labels) or not self._in_order[first].startswith(folded):
            return [], []
        end = bisect_left(self._in_order, folded + LAST_LETTER, lo=first)
        starting = self._by_label[first:end]
        equal = list(takewhile(lambda number: self.labels[number] == folded, starting))
        return equal, sorted(starting)

    def _add_direct(self, found: dict[int, Rank], typed: Sequence[str], limit: int) -> None:
        begun = []
        for word in typed:
            span = self.vocabulary.starting(word)
            if span[0] == span[1]:
                return
            begun.append(span)
        if not begun:
            return
        rarest = min((self._holding(span) for span in begun), key=_size)
        # Whoever has typed half a title has found it by that: there is no record to be added.
        if all(number in found for part in rarest for number in part):
            return
        whole = [self.vocabulary.whole(word, span) for word, span in zip(typed, begun, strict=True)]
        # Most of what is typed ends within a word.
        finished = all(first < end for first, end in whole)
        for spans, rank, told in (
            (whole, Rank.WORDS, False),
            (begun, Rank.BEGINNINGS, False),
            (whole, Rank.MENTIONS, True),
            (begun, Rank.MENTIONS, True),
        ):
            if spans is whole and not finished:
                continue
            records = sorted(_common([self.vocabulary.records([span], told=told) for span in spans]))
            # A single letter matches thousands, of which only the first few are wanted.
            _add(found, records[: limit + len(found)], rank)
            if len(found) >= limit:
                return

    def _add_typos(
        self, found: dict[int, Rank], meant: Sequence[Sequence[Span]], others: Sequence[Parts], limit: int
    ) -> None:
        for told in (False, True):
            if len(found) < limit:
                records = _common([*(self.vocabulary.records(spans, told=told) for spans in meant), *others])
                _add(found, sorted(records), Rank.TYPO)

    def _meant(self, word: str) -> tuple[list[Span], list[Span]]:
        return self.vocabulary.one_typo_away(word) if len(word) >= SHORTEST_TYPO else ([], [])

    def _holding(self, *spans: Span) -> Parts:
        return self.vocabulary.records(spans, told=True)


def _add(found: dict[int, Rank], records: Iterable[int], rank: Rank) -> None:
    for number in records:
        found.setdefault(number, rank)


def _size(parts: Parts) -> int:
    return sum(map(len, parts))


def _common(words: Sequence[Parts]) -> set[int]:
    """The records that are in some part of every word."""
    rarest, *others = sorted(words, key=_size) if len(words) > 1 else words
    common = set().union(*rarest)
    for parts in others:
        if not common:
            break
        common = set().union(*map(common.intersection, parts))
    return common
