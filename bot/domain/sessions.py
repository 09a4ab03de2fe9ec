"""The slots of a programme and the talks in them."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from bot.domain.event import JoinLink, Link, Mode


class Kind(StrEnum):
    """What happens in a slot. One slot may be two kinds at once (poster and break)."""

    OPENING = "opening"
    INVITED_TALK = "invited_talk"
    ORAL = "oral"
    POSTER = "poster"
    PANEL = "panel"
    TUTORIAL = "tutorial"
    DISCUSSION = "discussion"
    BREAK = "break"
    LUNCH = "lunch"
    SOCIAL = "social"
    AWARDS = "awards"
    CLOSING = "closing"
    OTHER = "other"


#: What people read; also what they search for.
KIND_NAMES: Mapping[Kind, str] = {
    Kind.OPENING: "Opening",
    Kind.INVITED_TALK: "Invited talk",
    Kind.ORAL: "Oral presentations",
    Kind.POSTER: "Poster session",
    Kind.PANEL: "Panel",
    Kind.TUTORIAL: "Tutorial",
    Kind.DISCUSSION: "Discussion",
    Kind.BREAK: "Break",
    Kind.LUNCH: "Lunch",
    Kind.SOCIAL: "Social event",
    Kind.AWARDS: "Awards",
    Kind.CLOSING: "Closing",
    Kind.OTHER: "Session",
}

_PAUSES = frozenset({Kind.BREAK, Kind.LUNCH})


class Talk(Struct, frozen=True):
    """One contribution inside a session. A title or speaker still to be announced is None or empty.

    ``start`` and ``end`` are UTC instants, None where only the session's times are known.
    """

    id: str
    title: str | None = None
    speakers: tuple[str, ...] = ()
    presenters: tuple[str, ...] = ()
    abstract: str | None = None
    poster: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    materials: tuple[Link, ...] = ()


class Session(Struct, frozen=True):
    """A slot in the programme. ``start`` and ``end`` are UTC instants, end excluded.

    ``room`` is a room's id; ``chairs`` are names; ``track`` is free text. A ``cancelled`` one stays in the programme,
    so that people learn of it. ``mode`` None means: as the event (see ``Program.mode_of``). ``joining`` are its own
    ways in, which come before the event's.
    """

    id: str
    title: str
    kinds: tuple[Kind, ...]
    start: datetime
    end: datetime
    room: str | None = None
    track: str | None = None
    chairs: tuple[str, ...] = ()
    talks: tuple[Talk, ...] = ()
    description: str | None = None
    links: tuple[Link, ...] = ()
    materials: tuple[Link, ...] = ()
    cancelled: bool = False
    mode: Mode | None = None
    joining: tuple[JoinLink, ...] = ()

    @property
    def is_pause(self) -> bool:
        """Whether it is nothing but a break: nobody joins that, wherever they are."""
        return _PAUSES.issuperset(self.kinds)

    @property
    def has_materials(self) -> bool:
        return bool(self.materials) or any(talk.materials for talk in self.talks)

    def __contains__(self, instant: datetime) -> bool:
        return self.start <= instant < self.end
