"""Keys and columns that are not known here: misspelled, or not fit to be public."""

import re
from collections.abc import Collection

from bot.formats.nearest import choose_from, nearest

_PRIVATE = re.compile(
    r"e?mail|phone|mobile|whatsapp|passw|passcode|accesscode|^pin$|^review|metareview|reviewer|scores?$|"
    r"^ratings?$|^confidence$|secret|^token$|apikey"
)


def unknown_key(key: str, known: Collection[str], what: str) -> tuple[str, str, str]:
    """Rule, message and fix for a key or a column (``what``) that is not among ``known``."""
    if _PRIVATE.search(re.sub(r"[^a-z]", "", key.lower())):
        message = f'"{key}" is private and does not belong in public data.'
        return "private-field", message, f"Remove the {what} {key}."
    message = f'"{key}" is not a {what} that is known here.'
    guess = nearest(key, known)
    if guess is None:
        return f"unknown-{what}", message, choose_from(key, known)
    return f"unknown-{what}", message, f"Write {guess} instead of {key}, or remove it."
