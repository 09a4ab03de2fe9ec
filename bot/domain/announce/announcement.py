"""An announcement as a value: what it says, whom it reaches, where, and when."""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct, field

from bot.domain.agenda import Star

#: Characters. Together, escaped and with the lines around them, they fit into one message (Discord: 2,000).
TITLE_MOST, BODY_MOST, LINK_MOST, ALT_MOST = 100, 1_300, 300, 300
#: Bytes: what any server takes from a bot, with room for the rest of the request (Discord: 10 MiB without boosts).
PICTURE_MOST = 8 * 1024 * 1024


class Stage(StrEnum):
    """DRAFT until somebody confirms it, or throws it away (DROPPED); PAUSED and CANCELLED hold back what has not gone
    out by then.
    """

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    DROPPED = "dropped"


class Whom(StrEnum):
    """The kinds of audiences. Whoever reads the channel sees what stands there: an audience is who is meant by it."""

    EVERYONE = "everyone"
    IN_PERSON = "in_person"
    ONLINE = "online"
    SPEAKERS = "speakers"
    AUTHORS = "authors"
    ROLE = "role"
    STARRED = "starred"


class Audience(Struct, frozen=True):
    """``role`` is a role's id, of SPEAKERS, AUTHORS and ROLE; ``stars`` are what STARRED people have in their agenda,
    ``record`` the session or poster that is meant by them.
    """

    whom: Whom = Whom.EVERYONE
    role: int | None = None
    stars: tuple[Star, ...] = ()
    record: str | None = None


class Mention(StrEnum):
    """Whom the message in the channel notifies: nobody, those with the audience's role, or everybody there."""

    NOBODY = "nobody"
    ROLE = "role"
    EVERYONE = "everyone"


class When(Struct, frozen=True):
    """At once where both are None. ``at`` is a UTC instant; ``session`` an id, ``offset`` counts from its start, or
    from its end where ``from_end``.
    """

    at: datetime | None = None
    session: str | None = None
    offset: timedelta = timedelta(0)
    from_end: bool = False


class Repeat(Struct, frozen=True):
    """How often in all, and how far apart; ``until`` (UTC) leaves out what would come later."""

    times: int = 1
    every: timedelta = timedelta(0)
    until: datetime | None = None


class Picture(Struct, frozen=True):
    """``kind`` is a media type. The bytes are stored beside the announcement."""

    name: str
    kind: str
    alt: str
    size: int


class Content(Struct, frozen=True):
    """What organizers write and choose. ``place`` is the purpose of a channel, None for direct messages alone;
    ``copies``: it also goes to those of the audience who asked for direct messages.
    """

    title: str
    body: str = ""
    link: str = ""
    picture: Picture | None = None
    audience: Audience = field(default_factory=Audience)
    place: str | None = "announcements"
    copies: bool = True
    mention: Mention = Mention.NOBODY
    when: When = field(default_factory=When)
    repeat: Repeat = field(default_factory=Repeat)


class Announcement(Struct, frozen=True):
    """``revision`` grows with each change: whoever acts on what they saw names the one they saw.

    ``author`` and ``changed_by`` are people's ids, 0 once nobody may know; ``changed_at`` is a UTC instant.
    """

    id: int
    guild_id: int
    stage: Stage
    revision: int
    content: Content
    author: int
    changed_by: int
    changed_at: datetime
