"""The files about sessions, people, deadlines, topics and posters, field by field, as an organizer writes them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from bot.domain.call import DeadlineKind
from bot.domain.event import Mode
from bot.domain.people import Group
from bot.domain.sessions import Kind
from bot.formats.event_records import JoinRecord
from bot.formats.fields import (
    UNREAD_DAY,
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
    one_of,
)
from bot.formats.record import LinkRecord, Listed, Record


class Status(StrEnum):
    """Whether an invited speaker said yes."""

    CONFIRMED = "confirmed"
    INVITED = "invited"


class TopicsStatus(StrEnum):
    PROVISIONAL = "provisional"


class TalkRecord(Record):
    id: Id
    title: Line | None = None
    speakers: Words = ()
    presenters: Words = ()
    abstract: Prose | None = None
    poster: Line | None = None
    start: Wall | None = None
    end: Wall | None = None
    materials: Listed[LinkRecord] = ()


class SessionRecord(Record):
    id: Id
    title: Line
    kinds: Annotated[
        tuple[Annotated[Kind, one_of(Kind, several=True)], ...], BeforeValidator(as_list), Field(min_length=1)
    ]
    start: Wall | None
    end: Wall | None
    day: Day | None = None
    ends_next_day: Flag | None = None
    cancelled: Flag | None = None
    mode: Annotated[Mode, one_of(Mode)] | None = None
    joining: Listed[JoinRecord] = ()
    room: Line | None = None
    track: Line | None = None
    chairs: Words = ()
    description: Prose | None = None
    links: Listed[LinkRecord] = ()
    materials: Listed[LinkRecord] = ()
    talks: Listed[TalkRecord] = ()

    @classmethod
    def stand_ins(cls, written: Mapping[str, Any]) -> Mapping[str, Any]:
        """Time and room are compared under the id while the title is wrong."""
        return {"title": written.get("id"), "kinds": [Kind.OTHER.value], "day": UNREAD_DAY}


class SessionsFile(Record):
    sessions: Listed[SessionRecord] = ()


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
    speakers: Listed[SpeakerRecord] = ()


class OrganizerRecord(PersonRecord):
    duty: Line | None = None


class OrganizersFile(Record):
    organizers: Listed[OrganizerRecord] = ()


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

    @classmethod
    def stand_ins(cls, written: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"title": written.get("id"), "kind": DeadlineKind.OTHER.value}


class DeadlinesFile(Record):
    zone: Line | None = None
    deadlines: Listed[DeadlineRecord] = ()


class TopicRecord(Record):
    id: Id
    name: Line
    short: Line | None = None
    group: Line | None = None
    description: Prose | None = None


class TopicsFile(Record):
    topics: Listed[TopicRecord] = ()


class FormatRecord(Record):
    id: Id
    name: Line
    pages: WholeNumber | None = None
    excluding: Line | None = None
    note: Prose | None = None


class SubmissionFile(Record):
    portal: Url | None = None
    formats: Listed[FormatRecord] = ()
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

    @classmethod
    def stand_ins(cls, written: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"title": written.get("id"), "authors": ["?"]}


class PostersFile(Record):
    posters: Listed[PosterRecord] = ()
