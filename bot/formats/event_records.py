"""event.yaml, texts.yaml and server.yaml, field by field, as an organizer writes them."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from bot.domain.event import Mode
from bot.domain.people import Group
from bot.formats.document import AT
from bot.formats.fields import (
    Channel,
    Day,
    Flag,
    Hours,
    Id,
    Line,
    Prose,
    Url,
    Words,
    one_of,
)
from bot.formats.record import LinkRecord, Listed, Record

#: Stands for the day of an event, or of its sessions, while no date is known.
NO_DATE = date(2000, 1, 1)


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
    rooms: Listed[RoomRecord] = ()
    mode: Annotated[Mode, one_of(Mode)] | None = None
    how_to_attend: Prose | None = None
    joining: Listed[JoinRecord] = ()
    materials: Listed[LinkRecord] = ()

    @classmethod
    def stand_ins(cls, written: Mapping[str, Any]) -> Mapping[str, Any]:
        dates = {AT: ("dates",), "first": NO_DATE.isoformat()}
        return {"id": "event", "name": "?", "zone": "UTC", "dates": dates}


class ConductRecord(Record):
    text: Prose | None = None
    contact: Line | None = None
    response_hours: Hours | None = None


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
    faq: Listed[FaqRecord] = ()
    related: Listed[RelatedRecord] = ()


class ChannelsRecord(Record):
    announcements: Channel | None = None
    schedule: Channel | None = None
    general: Channel | None = None
    posters: Channel | None = None
    questions: Channel | None = None
    organizers: Channel | None = None
    reviewers: Channel | None = None
    chairs: Channel | None = None
    authors: Channel | None = None
    speakers: Channel | None = None
    attendees: Channel | None = None
    conduct: Channel | None = None


class RolesRecord(Record):
    attendees: Line | None = None
    authors: Line | None = None
    speakers: Line | None = None
    reviewers: Line | None = None
    chairs: Line | None = None
    organizers: Line | None = None
    remind: Line | None = None
    conduct: Line | None = None


class ServerFile(Record):
    channels: ChannelsRecord | None = None
    roles: RolesRecord | None = None
