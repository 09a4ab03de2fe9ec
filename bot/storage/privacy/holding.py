"""One kind of what is stored about people, as a value: what /privacy says of it, and what it does with it."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from sqlite_utils import Database

from bot.domain.privacy.retention import Term

#: One thing that is stored, by plain names: it goes into the file that the person gets.
Entry = dict[str, object]


class Fate(StrEnum):
    """What becomes of it when somebody deletes their data: it GOES, stays NAMELESS, or STAYS until its time is up."""

    GOES = "goes"
    NAMELESS = "nameless"
    STAYS = "stays"


class Partly(Struct, frozen=True):
    """Of what stays NAMELESS some is deleted: which, and what is true afterwards ``of_those`` and ``of_others``."""

    goes: Callable[[Entry], bool]
    of_those: str
    of_others: str


class Leaving(Struct, frozen=True):
    """Whose data goes, in which server, at which UTC instant.

    ``time_is_up``: nobody asked for it, it is only kept no longer. What everybody reads then stays without names, and
    counts stay; nothing that waits to be sent is touched.
    """

    guild_id: int
    user_id: int
    at: datetime
    time_is_up: bool = False


class Holding(Struct, frozen=True):
    """The texts are parts of sentences for whoever the data is about: ``what`` it is, ``why`` it is kept ("for ..."),
    who it is ``seen_by``, and ``after`` somebody deleted it, what is true of it.

    ``of_person`` hands over what there is in a guild of a person, the oldest first. ``forget`` does what ``fate`` says
    inside a transaction, and returns of how many things; of what STAYS, only once its time is up, or None where a purge
    does that. ``people`` asks for the ids of everybody
    (as ``user_id``) in the guild ``:guild`` of whom something is kept that belongs to the term PERSONAL.
    """

    name: str
    what: str
    why: str
    term: Term
    seen_by: str
    fate: Fate
    after: str
    tables: tuple[str, ...]
    of_person: Callable[[Database, int, int], list[Entry]]
    forget: Callable[[Database, Leaving], int] | None = None
    people: str = ""
    partly: Partly | None = None


def written(at: datetime) -> str:
    """An instant in the file: ISO 8601, in UTC."""
    return at.isoformat(timespec="seconds")
