"""Which of the known words somebody probably meant."""

from collections.abc import Collection

from rapidfuzz import fuzz, process, utils

#: Longest list of choices that a message spells out.
_SPELLED_OUT = 20


def nearest(word: str, choices: Collection[str]) -> str | None:
    """The choice most like ``word``, or None when none is."""
    words = list(choices)
    found = process.extractOne(word, words, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=60)
    return found[0] if found else None


def choose_from(word: str, choices: Collection[str], where: str = "") -> str:
    """The fix for an unknown word: what may be written, and what was probably meant."""
    guess = nearest(word, choices)
    meant = f' (did you mean "{guess}"?)' if guess else ""
    if not choices:
        return f"Leave it empty{f', or add it to {where}' if where else ''}."
    if len(choices) > _SPELLED_OUT:
        return f"Write one of the {len(choices)} ids{f' in {where}' if where else ''}{meant}."
    return f"Write one of: {', '.join(choices)}{meant}."
