"""What can be an emoji of a reaction. The sandbox's servers have none of their own."""

import re
from unicodedata import category

#: Signs that are emoji though Unicode counts them as letters, punctuation or mathematics.
_OTHERS = frozenset("ℹ‼⁉〰〽↔⤴⤵◽◾")
_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
#: Joins, colours and shapes signs: never the first of an emoji.
_MODIFIERS = frozenset(("Mn", "Me", "Cf", "Sk"))
#: The longest, a family or a flag of a region, have some ten code points.
_LONGEST = 16


def is_emoji(text: str) -> bool:
    """Whether ``text`` may be one of Unicode's emoji: it is a sign, and no word. Their list is not kept here."""
    if _KEYCAP.fullmatch(text):
        return True
    if not 0 < len(text) <= _LONGEST or not _is_sign(text[0]):
        return False
    return all(_is_sign(char) or category(char) in _MODIFIERS for char in text)


def _is_sign(char: str) -> bool:
    return category(char) == "So" or char in _OTHERS
