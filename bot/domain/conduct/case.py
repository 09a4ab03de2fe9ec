"""A report to the conduct committee, as a value: what was said, who must not see it, and how far it has come."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

#: Whoever reported is known to the database until so long after the case was closed: they can read how it ended.
KNOWN_FOR = timedelta(days=7)
#: Characters of what somebody writes: with what stands around it, it fits into one message (Discord: 2,000).
TEXT_MOST, WHERE_MOST = 1_500, 200
#: How many people a report may name (Discord's own limit for such a menu is 25).
INVOLVED_MOST = 10
#: How many files of a reported message are kept, and how many bytes in all: with its record they fit into one message.
FILES_MOST, FILES_BYTES = 8, 7_500_000


class Stage(StrEnum):
    """How far a case has come. The values stand in the database and are never changed."""

    OPEN = "open"
    READ = "read"
    CLOSED = "closed"


class Way(StrEnum):
    """How a case reaches the committee: in a private thread, or by direct message to each member.

    The values stand in the database and are never changed.
    """

    THREAD = "thread"
    DIRECT = "direct"


class Step(StrEnum):
    """What was done with a case. The values stand in the database and are never changed.

    WRITTEN by the committee to whoever reported, ANSWERED by them. DIRECT: it could not stay in its thread.
    UNHEARD: nobody of the committee could be told of it, whoever reported left aside: it would tell the committee
    whether that is one of them, and is for whoever reported alone. CLOSED_DMS: these take no direct messages.
    """

    READ = "read"
    ASSIGNED = "assigned"
    WRITTEN = "written"
    ANSWERED = "answered"
    CLOSED = "closed"
    DIRECT = "direct"
    UNHEARD = "unheard"
    CLOSED_DMS = "closed_dms"


#: What whoever reported is told.
TOLD = frozenset({Step.READ, Step.WRITTEN, Step.CLOSED, Step.DIRECT, Step.UNHEARD})


class Person(Struct, frozen=True):
    """``name`` is what they were called then. In a thread nobody is mentioned: Discord might let them in."""

    id: int
    name: str


class Quoted(Struct, frozen=True):
    """The message that somebody reported, as it was. ``at`` is a UTC instant, ``files`` are names with addresses.

    ``bot``: a program wrote it, which is nobody to leave out of the case. ``unsigned``: it says what somebody wrote who
    is shown to nobody.
    """

    author: Person
    text: str
    url: str
    at: datetime
    files: tuple[tuple[str, str], ...] = ()
    bot: bool = False
    unsigned: bool = False


class Case(Struct, frozen=True):
    """``number`` is drawn, and stands once in a server. ``reported_at`` and ``closed_at`` are UTC instants.

    ``reporter`` is the id of whoever reported, known only so that they can be written to, and never shown; ``name`` is
    theirs where they gave it to the committee. ``who`` is whom they named in words, ``involved`` whom they chose, with
    the author of the message: none of these is shown the case. Nor are those ``hidden`` (their ids), of whom nobody is
    shown that they are involved. ``assigned`` takes care of it. ``kept`` are the places of the message's files that are
    kept, counted from 0: of the others only the link is. ``quiet``: one of these people is on the committee, known
    to the bot or not: its channel says nothing of the case.
    """

    guild_id: int
    number: int
    what: str
    where: str
    who: str
    involved: tuple[Person, ...]
    message: Quoted | None
    reporter: int | None
    name: str | None
    stage: Stage
    way: Way
    assigned: Person | None
    reported_at: datetime
    closed_at: datetime | None = None
    hidden: tuple[int, ...] = ()
    kept: tuple[int, ...] = ()
    quiet: bool = False

    @property
    def is_unsigned(self) -> bool:
        """Whether it is about what somebody wrote without a name: nothing may show who of the committee is left out."""
        return self.message is not None and self.message.unsigned

    def reporter_at(self, now: datetime) -> int | None:
        """Who reported, for as long as they can be written to: ``now`` in UTC."""
        return None if self.closed_at is not None and self.closed_at + KNOWN_FOR <= now else self.reporter

    def reporter_left(self, now: datetime) -> bool:
        """Whether they deleted their data while they could still be written to: ``now`` in UTC."""
        return self.reporter is None and (self.closed_at is None or now < self.closed_at + KNOWN_FOR)

    def concerns(self, user_id: int) -> bool:
        """Whether this person is involved, and so is not shown the case."""
        return user_id in self.hidden or any(person.id == user_id for person in self.involved)


class Entry(Struct, frozen=True):
    """One step of a case. ``by`` is the committee's member who took it, None for whoever reported and for the bot.

    ``text`` is what was written, or the name of whom the case was assigned to. ``at`` is a UTC instant.
    """

    id: int
    step: Step
    by: Person | None
    text: str
    at: datetime


def for_committee(entries: Iterable[Entry]) -> list[Entry]:
    """The steps that the committee is shown, also for the record."""
    return [entry for entry in entries if entry.step is not Step.UNHEARD]


class Member(Struct, frozen=True):
    """One of the committee. ``given_by`` is the organizer who named them, None for who holds its role."""

    id: int
    name: str
    given_by: int | None = None
