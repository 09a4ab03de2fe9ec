"""What an event says about itself: names, place, ways to join, texts."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from bot.domain.people import Group


class Mode(StrEnum):
    """How people attend."""

    IN_PERSON = "in_person"
    HYBRID = "hybrid"
    ONLINE = "online"


#: How people attend, within a sentence.
MODE_WORDS: Mapping[Mode, str] = {
    Mode.IN_PERSON: "in person",
    Mode.HYBRID: "in person and online",
    Mode.ONLINE: "online",
}


class Link(Struct, frozen=True):
    """An http(s) address and the words it is shown with."""

    label: str
    url: str


class Room(Struct, frozen=True):
    id: str
    name: str
    floor: str | None = None
    note: str | None = None


class JoinLink(Struct, frozen=True):
    """A way into the event from afar. ``visibility`` is the narrowest circle that must not be widened."""

    label: str
    url: str
    visibility: Group
    note: str | None = None

    def takes_place_of(self, earlier: "JoinLink") -> bool:
        """Whether nobody needs ``earlier`` beside this one: the same address, or the same words for the same circle."""
        same_words = (self.label, self.visibility) == (earlier.label, earlier.visibility)
        return self.url == earlier.url or same_words


def each_address_once(links: Iterable[JoinLink]) -> list[JoinLink]:
    """The first of each address. Only of links that one reader may all see: another may be shown a later one alone."""
    known: dict[str, JoinLink] = {}
    for link in links:
        known.setdefault(link.url, link)
    return list(known.values())


class Venue(Struct, frozen=True):
    name: str
    address: str | None = None
    city: str | None = None
    map_url: str | None = None


class Event(Struct, frozen=True):
    """One workshop or conference.

    ``zone`` is an IANA name; ``first_day`` and ``last_day`` are dates at the venue, both included.
    ``materials`` are links to slides, papers, posters and recordings of the event as a whole.
    """

    id: str
    name: str
    short_name: str
    zone: str
    first_day: date
    last_day: date
    dates_tentative: bool = False
    dates_source: str | None = None
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    tagline: str | None = None
    description: str | None = None
    website: str | None = None
    contact: str | None = None
    audience: str | None = None
    expected_attendees: str | None = None
    venue: Venue | None = None
    rooms: tuple[Room, ...] = ()
    mode: Mode = Mode.IN_PERSON
    how_to_attend: str | None = None
    joining: tuple[JoinLink, ...] = ()
    materials: tuple[Link, ...] = ()

    @property
    def tz(self) -> ZoneInfo:
        """The venue's zone. ``zone`` was checked at import, so this does not fail."""
        return ZoneInfo(self.zone)


class FaqEntry(Struct, frozen=True):
    question: str
    answer: str


class RelatedWorkshop(Struct, frozen=True):
    name: str
    where: str
    url: str | None = None
    note: str | None = None


#: How soon a committee reads a report that says nothing else.
RESPONSE_HOURS = 24


class Texts(Struct, frozen=True):
    """The event's longer texts, in plain words of its own (no Markdown, no HTML).

    ``conduct_response_hours`` is how soon the committee promises to read a report.
    """

    conduct: str | None = None
    conduct_contact: str | None = None
    conduct_response_hours: int = RESPONSE_HOURS
    diversity: str | None = None
    materials_policy: str | None = None
    faq: tuple[FaqEntry, ...] = ()
    related: tuple[RelatedWorkshop, ...] = ()


#: Purposes of roles that only decide by what somebody is mentioned.
SELF_ASSIGNED = ("remind",)


class Server(Struct, frozen=True):
    """The Discord places and roles the event expects, by name.

    ``channels`` maps a purpose (announcements, schedule, posters, questions, organizers, conduct ...)
    to a channel's name; ``roles`` maps a circle or purpose (attendees, speakers, organizers, remind
    ...) to a role's name. Circles without a role: attendees are then everyone in the server, the others nobody.
    """

    channels: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)

    @property
    def self_assigned(self) -> tuple[str, ...]:
        """The purposes whose roles people give themselves: to be mentioned, never to belong to a circle."""
        circles = {name for purpose, name in self.roles.items() if purpose not in SELF_ASSIGNED}
        return tuple(one for one in SELF_ASSIGNED if one in self.roles and self.roles[one] not in circles)

    @property
    def given_to_authors(self) -> str | None:
        """The name of the role that authors of posters are given; None where it would make them something else, too."""
        name = self.roles.get("authors")
        others = {role for purpose, role in self.roles.items() if purpose != "authors"}
        return name if name not in others else None
