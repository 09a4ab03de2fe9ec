"""The codes with which authors say that a poster is theirs: how they look, and how often one may try."""

from datetime import datetime, timedelta

from msgspec import Struct

#: Without what looks alike: 0 and O, 1 and I.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
#: Characters of a code: one in a million million fits by chance.
LENGTH = 8
_GROUP = 4
#: Wrong codes of one person within ``LATELY``.
LATELY, TRIES_MOST = timedelta(minutes=10), 5


class ClaimCode(Struct, frozen=True):
    """For one ``author`` (a name) of a poster. ``used_by`` is the id of whoever claimed the poster with it."""

    code: str
    poster_id: str
    author: str
    used_by: int | None = None


def typed(text: str) -> str:
    """What somebody typed as a code stands in the database: without what separates, in capitals."""
    return "".join(char for char in text.upper() if char.isalnum())


def shown(code: str) -> str:
    """A code as people read and copy it."""
    return f"{code[:_GROUP]}-{code[_GROUP:]}"


def wait_of(tried: list[datetime], now: datetime) -> timedelta | None:
    """How long somebody has to wait who typed wrong codes at these UTC instants; None where they need not."""
    lately = sorted(at for at in tried if at > now - LATELY)
    return None if len(lately) < TRIES_MOST else lately[-TRIES_MOST] + LATELY - now
