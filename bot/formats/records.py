"""The files' records, field by field, as an organizer writes them. Whatever is not named here is refused."""

from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SkipValidation

from bot.domain.event import Mode
from bot.domain.people import Group
from bot.domain.program import DeadlineKind, Kind
from bot.formats.document import Path
from bot.formats.fields import (
    Channel,
    Day,
    Due,
    Flag,
    Id,
    Line,
    Opens,
    Prose,
    Url,
    Wall,
    WholeNumber,
    Words,
    as_list,
    as_records,
    one_of,
)

_T = TypeVar("_T")
_Listed = Annotated[tuple[_T, ...], BeforeValidator(as_records)]


class Status(StrEnum):
    """Whether an invited speaker said yes."""

    CONFIRMED = "confirmed"
    INVITED = "invited"


class TopicsStatus(StrEnum):
    PROVISIONAL = "provisional"


class Record(BaseModel):
    """Anything that is a mapping in a file. ``at`` is where it stands: the alias is document.AT."""

    model_config = ConfigDict(extra="forbid")
    at: SkipValidation[Path] = Field(default=(), alias="@at")


class LinkRecord(Record):
    label: Line
    url: Url


class JoinRecord(LinkRecord):
    visibility: Annotated[Group, one_of(Group)]
    note: Prose | None = None


class DatesRecord(Record):
    first: Day
    last: Day | None = None
    tentative: Flag | None = None
    source: Line | None = None


class VenueRecord(Record):
    name: Line
    address: Line | None = None
    city: Line | None = None
    map_url: Url | None = None


class RoomRecord(Record):
    id: Id
    name: Line
    floor: Line | None = None
    note: Prose | None = None


class EventFile(Record):
    id: Id
    name: Line
    dates: DatesRecord
    zone: Line
    short_name: Line | None = None
    aliases: Words = ()
    parent: Line | None = None
    tagline: Line | None = None
    description: Prose | None = None
    website: Url | None = None
    contact: Url | None = None
    audience: Prose | None = None
    expected_attendees: Line | None = None
    venue: VenueRecord | None = None
    rooms: _Listed[RoomRecord] = ()
    mode: Annotated[Mode, one_of(Mode)] | None = None
    how_to_attend: Prose | None = None
    joining: _Listed[JoinRecord] = ()
    materials: _Listed[LinkRecord] = ()


class TalkRecord(Record):
    id: Id
    title: Line | None = None
    speakers: Words = ()
    presenters: Words = ()
    abstract: Prose | None = None
    poster: Line | None = None
    start: Wall | None = None
    end: Wall | None = None
    materials: _Listed[LinkRecord] = ()


class SessionRecord(Record):
    id: Id
    title: Line
    kinds: Annotated[tuple[Annotated[Kind, one_of(Kind)], ...], BeforeValidator(as_list), Field(min_length=1)]
    start: Wall | None
    end: Wall | None
    day: Day | None = None
    ends_next_day: Flag | None = None
    room: Line | None = None
    track: Line | None = None
    chairs: Words = ()
    description: Prose | None = None
    links: _Listed[LinkRecord] = ()
    materials: _Listed[LinkRecord] = ()
    talks: _Listed[TalkRecord] = ()


class SessionsFile(Record):
    sessions: _Listed[SessionRecord] = ()


class PersonRecord(Record):
    id: Id
    name: Line
    sort_name: Line | None = None
    position: Line | None = None
    affiliation: Line | None = None
    website: Url | None = None
    aliases: Words = ()


class SpeakerRecord(PersonRecord):
    status: Annotated[Status, one_of(Status)]
    areas: Words = ()
    bio: Prose | None = None


class SpeakersFile(Record):
    speakers: _Listed[SpeakerRecord] = ()


class OrganizerRecord(PersonRecord):
    duty: Line | None = None


class OrganizersFile(Record):
    organizers: _Listed[OrganizerRecord] = ()


class DeadlineRecord(Record):
    id: Id
    title: Line
    kind: Annotated[DeadlineKind, one_of(DeadlineKind)]
    due: Due | None
    opens: Opens | None = None
    extended_from: Annotated[tuple[Due, ...], BeforeValidator(as_list)] = ()
    audience: Annotated[Group, one_of(Group)] | None = None
    note: Prose | None = None
    url: Url | None = None
    zone: Line | None = None


class DeadlinesFile(Record):
    zone: Line | None = None
    deadlines: _Listed[DeadlineRecord] = ()


class TopicRecord(Record):
    id: Id
    name: Line
    short: Line | None = None
    group: Line | None = None
    description: Prose | None = None


class TopicsFile(Record):
    topics: _Listed[TopicRecord] = ()


class FormatRecord(Record):
    id: Id
    name: Line
    pages: WholeNumber | None = None
    excluding: Line | None = None
    note: Prose | None = None


class SubmissionFile(Record):
    portal: Url | None = None
    formats: _Listed[FormatRecord] = ()
    rules: Annotated[tuple[Prose, ...], BeforeValidator(as_list)] = ()


class PosterRecord(Record):
    """A row of posters.csv. ``authors`` and ``topics`` were split at their semicolons before."""

    id: Id
    title: Line
    authors: Annotated[Words, Field(min_length=1)]
    topics: Words = ()
    topics_status: Annotated[TopicsStatus, one_of(TopicsStatus)] | None = None
    decision: Line | None = None
    format: Line | None = None
    board: Line | None = None
    session: Line | None = None
    award: Line | None = None
    page_url: Url | None = None
    pdf_url: Url | None = None
    slides_url: Url | None = None
    poster_url: Url | None = None
    video_url: Url | None = None
    abstract: Prose | None = None


class PostersFile(Record):
    posters: _Listed[PosterRecord] = ()


class ConductRecord(Record):
    text: Prose | None = None
    contact: Line | None = None


class FaqRecord(Record):
    question: Line
    answer: Prose


class RelatedRecord(Record):
    name: Line
    where: Line
    url: Url | None = None
    note: Prose | None = None


class TextsFile(Record):
    conduct: ConductRecord | None = None
    diversity: Prose | None = None
    materials_policy: Prose | None = None
    faq: _Listed[FaqRecord] = ()
    related: _Listed[RelatedRecord] = ()


class ChannelsRecord(Record):
    announcements: Channel | None = None
    schedule: Channel | None = None
    general: Channel | None = None
    posters: Channel | None = None
    questions: Channel | None = None
    organizers: Channel | None = None
    conduct: Channel | None = None


class RolesRecord(Record):
    attendees: Line | None = None
    authors: Line | None = None
    speakers: Line | None = None
    reviewers: Line | None = None
    organizers: Line | None = None
    remind: Line | None = None


class ServerFile(Record):
    channels: ChannelsRecord | None = None
    roles: RolesRecord | None = None


#: Every file an event folder may hold, in the order in which problems are told.
FILES: dict[str, type[Record]] = {
    "event.yaml": EventFile,
    "sessions.yaml": SessionsFile,
    "speakers.yaml": SpeakersFile,
    "organizers.yaml": OrganizersFile,
    "deadlines.yaml": DeadlinesFile,
    "topics.yaml": TopicsFile,
    "submission.yaml": SubmissionFile,
    "posters.csv": PostersFile,
    "texts.yaml": TextsFile,
    "server.yaml": ServerFile,
}
