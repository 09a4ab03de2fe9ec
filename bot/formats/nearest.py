"""Which of the known words somebody probably meant."""

from collections.abc import Collection

#: Longest list of choices that a message spells out.
_SPELLED_OUT = 20


def nearest(word: str, choices: Collection[str], least: int = 60) -> str | None:
    """The choice most like ``word``, or None when none is: 100 is equal, ``least`` is how like it must be."""
    # Only a mistake needs it, and a first start reads a folder that has none.
    from rapidfuzz import fuzz, process, utils

    words = list(choices)
    found = process.extractOne(word, words, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=least)
    return found[0] if found else None


def choose_from(word: str, choices: Collection[str], where: str = "") -> str:
    """The fix for an unknown word: what was probably meant, and what else may be written."""
    if not choices:
        return f"Leave it empty{f', or add it to {where}' if where else ''}."
    guess = nearest(word, choices)
    others = [choice for choice in choices if choice != guess]
    if guess is not None and len(others) < 2:
        return f"Write {' or '.join([guess, *others])}."
    start = f"Write {guess}, or another" if guess else "Write one"
    if len(choices) > _SPELLED_OUT:
        return f"{start} of the {len(choices)} ids{f' in {where}' if where else ''}."
    return f"{start} of: {', '.join(others)}."
