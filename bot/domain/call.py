"""The call for papers: dates to keep, topics, and how to submit."""

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.domain.people import Group
from bot.domain.times import AOE


class DeadlineKind(StrEnum):
    """NOTIFICATION and EVENT are news, not something to hand in."""

    SUBMISSION = "submission"
    BIDDING = "bidding"
    REVIEW = "review"
    NOTIFICATION = "notification"
    CAMERA_READY = "camera_ready"
    REGISTRATION = "registration"
    OTHER = "other"


class Deadline(Struct, frozen=True):
    """A date to keep. ``due`` is the UTC instant in force; ``opens`` the start of a range.

    ``earlier`` holds the due instants that extensions replaced, oldest first. ``zone`` is the zone
    the organizers stated it in: "AoE" or an IANA name.
    """

    id: str
    title: str
    kind: DeadlineKind
    due: datetime
    audience: Group = Group.PUBLIC
    opens: datetime | None = None
    earlier: tuple[datetime, ...] = ()
    zone: str = "AoE"
    note: str | None = None
    url: str | None = None

    def local(self, instant: datetime) -> datetime:
        """``instant`` on the clock of the zone that the organizers stated the date in."""
        return instant.astimezone(AOE if self.zone == "AoE" else ZoneInfo(self.zone))

    @property
    def stated(self) -> str:
        """When it is due, as the organizers stated it: Sat 1 Feb 2025, 23:59 AoE."""
        local = self.local(self.due)
        return f"{local:%a} {local.day} {local:%b %Y}, {local:%H:%M} {self.zone.replace('_', ' ')}"


class Topic(Struct, frozen=True):
    """A topic of the call. ``short`` fits a forum tag (20 characters); ``group`` is e.g. "Theory"."""

    id: str
    name: str
    short: str
    group: str
    description: str | None = None


class SubmissionFormat(Struct, frozen=True):
    """``pages`` is the limit without references and appendices (see ``excluding``)."""

    id: str
    name: str
    pages: int | None = None
    excluding: str | None = None
    note: str | None = None


class Submission(Struct, frozen=True):
    """How to submit. ``rules`` are short sentences that hold for every format."""

    portal: str | None = None
    formats: tuple[SubmissionFormat, ...] = ()
    rules: tuple[str, ...] = ()
