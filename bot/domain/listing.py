"""What search knows of a record: what is shown of it, and the words that find it."""

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from bot.domain.people import Group


class Category(StrEnum):
    """What can be searched for, in the order in which /search shows it."""

    SESSIONS = "sessions"
    TALKS = "talks"
    SPEAKERS = "speakers"
    ORGANIZERS = "organizers"
    POSTERS = "posters"
    TOPICS = "topics"
    DEADLINES = "deadlines"
    INFORMATION = "information"
    FAQ = "faq"
    RELATED = "related"
    ROOMS = "rooms"
    EVENT = "event"


class Entry(Struct, frozen=True):
    """What a hit shows. ``id`` is the record's own, for FAQ and related workshops its position from 0, for information
    the name of the command that shows it.

    ``detail`` tells namesakes apart; its times are the venue's. ``session`` is the session of a talk.
    ``audience`` is the circle it is meant for. Joining links are listed nowhere: search must not lead to them.
    """

    id: str
    label: str
    detail: str = ""
    session: str | None = None
    audience: Group = Group.PUBLIC


class Listing(Struct, frozen=True):
    """An entry and what finds it.

    ``codes`` are further exact names (id, board number, alias); ``names`` are what it is called by,
    ``facts`` what is said about it. ``apart`` are facts that do not go together, such as its people: "yang song" is
    not meant by Yang Cao and Zhao Song.
    """

    entry: Entry
    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()

    @property
    def each_apart(self) -> "Iterator[Listing]":
        """This record once for each of the facts that do not go together."""
        for fact in self.apart or ("",):
            yield Listing(self.entry, self.codes, self.names, (*self.facts, fact))
