"""What a question or an answer may be like, and how many of them one person may send."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta

#: Characters. Escaped, with what stands around it, it fits into one message (Discord: 2,000).
TEXT_MOST = 850
LINKS_MOST = 2
#: Letters of any script that a text has to hold beside mentions, emoji and addresses.
LETTERS_FEWEST = 2
#: Questions of one person: within ``LATELY``, and about one poster without an answer yet.
LATELY, LATELY_MOST = timedelta(minutes=10), 6
UNANSWERED_MOST = 5
#: Of what one person types and cannot be asked within ``LATELY``, so much is kept: all of it stands in the thread.
KEPT_MOST = 5

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
#: People, roles, channels, commands, emoji of a server, timestamps: Discord, Message Formatting.
_REFERENCE = re.compile(r"<(?:@[!&]?|#|/[^:<>]*:|a?:\w+:|t:|id:)[^<>]*>|@(?:everyone|here)\b")


def cleaned(text: str) -> str:
    """``text`` as it is kept: composed letters, no empty lines at its ends, nothing that only hides or reorders."""
    rows = (_visible(row).rstrip() for row in unicodedata.normalize("NFC", text).splitlines())
    return "\n".join(rows).strip()


def fault_of(text: str, what: str = "question") -> str | None:
    """Why a cleaned text cannot be taken, and what to do; None where it can."""
    if len(text) > TEXT_MOST:
        return f"Your {what} has {len(text):,} characters, and {TEXT_MOST} fit. Edit it and shorten it."
    links = len(_ADDRESS.findall(text))
    if links > LINKS_MOST:
        return f"Your {what} holds {links} links, and at most {LINKS_MOST} are taken. Edit it and leave some out."
    if not has_words(text):
        return f"Your {what} has no words. Edit it and write in words what you mean."
    return None


def said_in(text: str) -> str:
    """``text`` without its addresses, mentions and server emoji: what is said in words."""
    return _ADDRESS.sub("", _REFERENCE.sub("", text))


def has_words(text: str) -> bool:
    return sum(char.isalpha() for char in said_in(text)) >= LETTERS_FEWEST


def shortened(text: str) -> str:
    """As much of ``text`` as is taken, to the end of a word: for what stands in full where it was typed."""
    if len(text) <= TEXT_MOST:
        return text
    return text[: TEXT_MOST - 1].rsplit(None, 1)[0] + "…"


def wait_of(asked: Sequence[datetime], now: datetime) -> timedelta | None:
    """How long somebody who asked at these UTC instants has to wait at ``now``; None where they need not."""
    lately = sorted(at for at in asked if at > now - LATELY)
    if len(lately) < LATELY_MOST:
        return None
    return lately[-LATELY_MOST] + LATELY - now


def _visible(row: str) -> str:
    if row.isprintable():
        return row
    return "".join(
        " " if char == "\t" else char
        for char in row
        if char == "\t" or char in "\u200c\u200d" or unicodedata.category(char) not in ("Cc", "Cf", "Co", "Cs")
    )
