"""What is looked at in every text of every file, before it gets a meaning: e-mail addresses, hidden characters, markup.

Texts come out cleaned. Escaping for Discord is not done here: that is the renderer's work.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from bot.formats.document import AT, Document, Located, Path
from bot.formats.markup import SUSPICIOUS, clean

#: What an organizer writes for "not known yet".
_UNKNOWN_YET = frozenset({"", "-", "–", "—", "tba", "tbd", "tbc", "to be announced", "to be determined"})
#: Fields that hold a name for the machine, not a text to read.
_PLAIN = frozenset({"id", "room", "session", "poster", "topics", "format", "zone", "kinds", "website", "portal"})

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_USER = re.compile(r"https?://[^\s/@]*@")
#: Controls, zero-width and joiner-less marks, direction overrides and isolates, tags, lone surrogates. Not the joiners
#: U+200C and U+200D, which several scripts and emoji need.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
#: What shows nothing by itself: white space, joiners, fillers and variation selectors.
_BLANK = re.compile(r"[\s\u034f\u115f\u1160\u17b4\u17b5\u200c\u200d\u2800\u3164\ufe00-\ufe0f\uffa0]*")


def cleaned(document: Document) -> tuple[Any, list[Located]]:
    """The document's data with every text cleaned and "TBA" as None, and what was found on the way."""
    walk = _Walk(document)
    return walk.visit(document.data, (), False), walk.problems


class _Walk:
    def __init__(self, document: Document) -> None:
        self._document = document
        self.problems: list[Located] = []

    def visit(self, here: Any, path: Path, plain: bool) -> Any:
        if isinstance(here, str):
            return self._text(here, path, plain)
        if isinstance(here, Mapping):
            found: dict[str, Any] = {
                key: self.visit(value, (*path, key), key in _PLAIN or key.endswith("url"))
                for key, value in here.items()
            }
            found[AT] = path
            return found
        if isinstance(here, list):
            return [self.visit(item, (*path, index), plain) for index, item in enumerate(here)]
        return here

    def _text(self, raw: str, path: Path, plain: bool) -> str | None:
        """None for what is not known yet, and where nothing is left to be seen."""
        text = raw.strip()
        if len(text) < 20 and text.lower() in _UNKNOWN_YET:
            return None
        if not text.isascii() or not text.isprintable():
            text = self._visible(text, path)
        # An address with a user name in it is told as a malformed link.
        if "@" in text and not _USER.match(text) and (match := _EMAIL.search(text)):
            self._email(match[0], path)
        if not plain and SUSPICIOUS.search(text) and not text.startswith(("https://", "http://")):
            text = self._unmarked(text, path)
        return None if _BLANK.fullmatch(text) else text

    def _visible(self, text: str, path: Path) -> str:
        text = unicodedata.normalize("NFC", text)
        hidden = _HIDDEN.search(text)
        if hidden is None:
            return text
        name = "a control character" if hidden[0] == "\u200b" else f"U+{ord(hidden[0]):04X}"
        message = (
            f'a character that nobody sees ({name}) stands after "{text[: hidden.start()][-20:]}". It is left out.'
        )
        self.problems.append(
            self._document.warning("hidden-character", path, name, message, "Type this text again by hand.")
        )
        return _HIDDEN.sub("", text).strip()

    def _email(self, address: str, path: Path) -> None:
        shown = f"{address[0]}…@{address.split('@')[1]}"
        message = f"an e-mail address ({shown}) stands in public data."
        fix = "Take the address out; link to a page with the contact instead."
        self.problems.append(self._document.error("private-field", path, shown, message, fix))

    def _unmarked(self, text: str, path: Path) -> str:
        # Entities may stand for characters that nobody sees.
        shown = _HIDDEN.sub("", clean(text)).strip()
        if shown != text:
            message = f"this text has HTML or LaTeX in it: {_excerpt(text)}. It is shown without."
            fix = f"Write {_excerpt(shown)}." if shown else "Write what people should read here."
            self.problems.append(self._document.warning("markup", path, text, message, fix))
        return shown


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return f'"{line if len(line) <= 120 else line[:119] + "…"}"'
