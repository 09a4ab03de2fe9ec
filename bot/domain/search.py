"""A typo-tolerant index over a programme, in memory: autocomplete, lookups by name, and /search.

The design and the figures it was chosen for: token prefixes over a sorted vocabulary answer in about
0.05 ms with 5,000 posters, where comparing a query with every text takes 8 ms.
"""

from collections.abc import Callable, Mapping
from itertools import islice
from typing import NamedTuple

from msgspec import Struct

from bot.domain.catalogue import listing_at, listings
from bot.domain.folding import Folder
from bot.domain.listing import Category, Entry
from bot.domain.matching import Query, Rank, Shelf
from bot.domain.people import Group
from bot.domain.program import Program

__all__ = ["Category", "Entry", "Found", "Hit", "Index", "Rank"]

#: So many come nearest to words that stand together nowhere.
FEW_ALIKE = 5
#: Below this number of hits for a word, autocomplete also offers what the word may have been meant to be.
FEW = 3


class Hit(NamedTuple):
    """One record found. ``label`` and ``detail`` are plain text from the organizers' files: escape before showing.

    ``id`` is the record's own, for FAQ and related workshops its position from 0, for information the command that
    shows it; ``session`` is the session's id where the record is a talk. ``score`` says how well it matches.
    """

    kind: Category
    id: str
    label: str
    detail: str
    score: Rank
    session: str | None = None


class Found(Struct, frozen=True):
    """What a name led to.

    ``exact`` is the one record that is meant beyond doubt; ``candidates`` hold every word that was
    typed, with at most one letter wrong in a word; ``nearest`` are offered where there is no candidate. A sole record
    that has the words only here and there, as of two people's names, is no more than the nearest.
    """

    exact: Hit | None = None
    candidates: tuple[Hit, ...] = ()
    nearest: tuple[Hit, ...] = ()

    @property
    def only(self) -> Hit | None:
        """The record to show at once: the exact one, or a sole candidate."""
        return self.exact or (self.candidates[0] if len(self.candidates) == 1 else None)


class Index:
    """Everything of one programme that people look for by words."""

    __slots__ = ("_program", "_shelves")

    def __init__(self, program: Program) -> None:
        self._program = program
        self._shelves: dict[Category, Shelf] = {}

    @classmethod
    def of(cls, program: Program) -> "Index":
        """An index over ``program``. A category is indexed when it is first asked for: 5,000 posters take 0.1 s."""
        return cls(program)

    def prepare(self, *kinds: Category) -> None:
        """Index these categories (all if none is named) now, so that the first question need not wait for it."""
        folder = Folder()
        for kind in kinds or Category:
            if kind not in self._shelves:
                self._shelves[kind] = Shelf(listings(self._program, kind), folder)

    def suggest(self, kind: Category, text: str, limit: int = 25) -> list[Entry]:
        """What an autocomplete field offers for an unfinished ``text``; the first records for an empty one."""
        shelf = self._shelf(kind)
        query = Query.of(text)
        if not query.words:
            return shelf.entries[:limit]
        found = _candidates(shelf, query, limit, fill=True) or shelf.partly(query, limit)
        return [shelf.entries[number] for number in islice(found, limit)]

    def find(self, kind: Category, text: str, limit: int = 25) -> Found:
        """The record that ``text`` names, or those it may mean, or the closest ones."""
        shelf = self._shelf(kind)
        query = Query.of(text)
        if not query.words:
            return Found()
        exact = shelf.exact(query)
        if len(exact) == 1:
            hits = _hits(kind, shelf, {exact[0]: Rank.EXACT}, 1)
            return Found(hits[0], tuple(hits))
        found = _candidates(shelf, query, limit)
        if len(found) == 1 and not self._together(kind, found, query):
            return Found(nearest=tuple(_hits(kind, shelf, found | shelf.partly(query, FEW_ALIKE), FEW_ALIKE)))
        if found:
            return Found(None, tuple(_hits(kind, shelf, found, limit)))
        # Not before: few names lead nowhere, and its library is a tenth of what all of Usher adds to a start.
        from bot.domain.did_you_mean import NEAREST, nearest

        return Found(nearest=tuple(_hits(kind, shelf, nearest(shelf, query), NEAREST)))

    def matching(self, kind: Category, text: str) -> list[str]:
        """The ids of all records with every word of ``text``, best first; all there are where it has no word.

        A typo is assumed only if there is none as typed.
        """
        shelf = self._shelf(kind)
        query = Query.of(text)
        if not query.words:
            return [entry.id for entry in shelf.entries]
        return [shelf.entries[number].id for number in _candidates(shelf, query, len(shelf.entries))]

    def search(
        self, text: str, per_kind: int = 5, may_show: Callable[[Group], bool] = lambda group: group is Group.PUBLIC
    ) -> dict[Category, tuple[Hit, ...]]:
        """Whatever ``text`` leads to, by category; categories without a hit are left out.

        Only records whose audience ``may_show`` allows are found, and the others leave no trace in the result.
        A typo is assumed only if nothing at all was found as typed, so that "song" does not bring "long". Among the
        posters it is for several words as soon as none of them holds all, as in ``matching``.
        """
        query = Query.of(text)
        if not query.words:
            return {}
        self.prepare()
        for attempt in (Shelf.direct, _mistyped, Shelf.partly):
            found = {kind: _shown(attempt, self._shelves[kind], query, per_kind, may_show) for kind in Category}
            if any(found.values()):
                if len(query.words) > 1 and not found[Category.POSTERS]:
                    found[Category.POSTERS] = _mistyped(self._shelves[Category.POSTERS], query, per_kind)
                return {
                    kind: tuple(_hits(kind, self._shelves[kind], numbers, per_kind))
                    for kind, numbers in found.items()
                    if numbers
                }
        return {}

    def _together(self, kind: Category, found: Mapping[int, Rank], query: Query) -> bool:
        """Whether the one record that holds all the words holds them as one."""
        ((number, rank),) = found.items()
        if len(query.words) == 1 or rank > Rank.MENTIONS:
            return True
        alone = Shelf(listing_at(self._program, kind, number).each_apart, Folder())
        return bool(_candidates(alone, query, 1))

    def _shelf(self, kind: Category) -> Shelf:
        if kind not in self._shelves:
            self.prepare(kind)
        return self._shelves[kind]


def _shown(
    attempt: Callable[[Shelf, Query, int], dict[int, Rank]],
    shelf: Shelf,
    query: Query,
    limit: int,
    may_show: Callable[[Group], bool],
) -> dict[int, Rank]:
    if not shelf.private:
        return attempt(shelf, query, limit)
    found = attempt(shelf, query, limit + shelf.private)
    return {number: rank for number, rank in found.items() if may_show(shelf.entries[number].audience)}


def _candidates(shelf: Shelf, query: Query, limit: int, fill: bool = False) -> dict[int, Rank]:
    """Records with every word, as typed or else with a typo.

    ``fill`` adds typos to a very short list as well, for a single word: a typo may have made another word of
    it, but hardly ever one in a record that holds the other words too.
    """
    found = shelf.direct(query, limit)
    alone = len(found) < FEW and len(query.words) == 1 and Rank.EXACT not in found.values()
    if not found or (fill and alone):
        shelf.with_a_typo(query, limit, found)
    return found


def _mistyped(shelf: Shelf, query: Query, limit: int) -> dict[int, Rank]:
    found: dict[int, Rank] = {}
    shelf.with_a_typo(query, limit, found)
    return found


def _hits(kind: Category, shelf: Shelf, found: Mapping[int, Rank], limit: int) -> list[Hit]:
    hits = []
    for number, rank in islice(found.items(), limit):
        entry = shelf.entries[number]
        hits.append(Hit(kind, entry.id, entry.label, entry.detail, rank, entry.session))
    return hits
