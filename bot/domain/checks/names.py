"""Names that are written nearly alike, and may be one person, or several in one. They are told, never changed."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from bot.domain.checks.problem import Problem, warning
from bot.domain.folding import fold
from bot.domain.program import Program

#: One letter's difference in a shorter word is far more often another person: Yang and Yan, Wei and Lei.
_SHORTEST = 6
#: More than anybody would look through; where there are more, the names follow a pattern.
_MOST = 500


_BETWEEN = re.compile(r"\s*[,;]\s*(?:and\s+)?|\s+(?:and|&)\s+")


class _Mention(Struct, frozen=True):
    """Where a spelling first stands."""

    name: str
    kind: str
    record: str
    field: str


def nearly_the_same(program: Program) -> list[Problem]:
    """Two spellings that differ in accents or punctuation, or in one letter of one longer word."""
    spellings: dict[str, list[_Mention]] = defaultdict(list)
    for mention in _mentions(program):
        seen = spellings[fold(mention.name)]
        if all(mention.name != other.name for other in seen):
            seen.append(mention)
    same = [(group[0], other) for group in spellings.values() for other in group[1:]]
    close = [(spellings[one][0], spellings[two][0]) for one, two in _close(list(spellings))]
    return [_problem(first, second) for first, second in same + close]


def several_in_one(program: Program) -> list[Problem]:
    """Chairs and presenters written as one text: the list around them was forgotten."""
    lists = [("session", session.id, "chairs", session.chairs) for session in program.sessions]
    lists += [
        ("talk", talk.id, "presenters", talk.presenters) for session in program.sessions for talk in session.talks
    ]
    problems = []
    for kind, record, field, names in lists:
        for name in names:
            parts = _BETWEEN.split(name)
            if len(parts) > 1 and all(" " in part for part in parts):
                message = f'"{name}" is read as one person.'
                fix = f"If they are several, write them as a list: {field}: [{', '.join(parts)}]."
                problems.append(warning("several-names", (kind, record, field), name, message, fix))
    return problems


def _problem(first: _Mention, second: _Mention) -> Problem:
    message = f'"{second.name}" is written nearly like "{first.name}" ({first.kind} {first.record}).'
    fix = f'If they are one person, write "{first.name}" or "{second.name}" in both places; else leave it.'
    return warning("near-duplicate-name", (second.kind, second.record, second.field), second.name, message, fix)


def _mentions(program: Program) -> Iterator[_Mention]:
    for organizer in program.organizers:
        yield _Mention(organizer.name, "organizer", organizer.id, "name")
    for speaker in program.speakers:
        yield _Mention(speaker.name, "speaker", speaker.id, "name")
    for session in program.sessions:
        yield from (_Mention(name, "session", session.id, "chairs") for name in session.chairs)
        for talk in session.talks:
            yield from (_Mention(name, "talk", talk.id, "presenters") for name in talk.presenters)
    for poster in program.posters:
        yield from (_Mention(name, "poster", poster.id, "authors") for name in poster.authors)


def _close(names: list[str]) -> list[tuple[str, str]]:
    """Pairs of folded names that are equal but for one word, and there one edit apart.

    Only names that share all other words are compared, and of these only words that become the same by leaving out
    one letter: so twenty thousand names take a fraction of a second.
    """
    order = {name: position for position, name in enumerate(names)}
    blocks: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for name in names:
        words = name.split()
        for at, word in enumerate(words):
            if len(word) >= _SHORTEST and word.isalpha():
                blocks[(str(at), *words[:at], *words[at + 1 :])].append((word, name))
    found = (pair for block in blocks.values() if len(block) > 1 for pair in _pairs(block))
    return sorted(set(islice(found, _MOST)), key=lambda pair: (order[pair[1]], order[pair[0]]))


def _pairs(block: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    shortened: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for word, name in block:
        for form in {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}:
            for other, elsewhere in shortened[form]:
                if one_edit_apart(other, word):
                    yield elsewhere, name
            shortened[form].append((word, name))


def one_edit_apart(one: str, two: str) -> bool:
    """Whether a letter added, left out or changed, or two neighbours exchanged, makes one word the other."""
    if len(one) > len(two):
        one, two = two, one
    at = next((index for index, char in enumerate(one) if char != two[index]), len(one))
    if len(one) != len(two):
        return one[at:] == two[at + 1 :]
    exchanged = one[at : at + 2] == two[at : at + 2][::-1] and one[at + 2 :] == two[at + 2 :]
    return one != two and (one[at + 1 :] == two[at + 1 :] or exchanged)
