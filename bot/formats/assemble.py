"""Typed records -> the values of the domain. Times become instants here, and nowhere else."""

from collections.abc import Container, Iterable
from zoneinfo import ZoneInfo

from bot.domain.call import Submission, SubmissionFormat, Topic
from bot.domain.event import (
    RESPONSE_HOURS,
    Event,
    FaqEntry,
    JoinLink,
    Link,
    Mode,
    RelatedWorkshop,
    Room,
    Server,
    Texts,
    Venue,
)
from bot.domain.folding import fold
from bot.domain.program import Organizer, Poster, Speaker
from bot.formats.event_records import EventFile, JoinRecord, ServerFile, TextsFile
from bot.formats.program_records import (
    OrganizerRecord,
    PosterRecord,
    SpeakerRecord,
    Status,
    SubmissionFile,
    TopicRecord,
)
from bot.formats.record import LinkRecord

_DEFAULT_GROUP = "Topics"
_POSTER_LINKS = (
    ("Paper page", "page_url"), ("PDF", "pdf_url"), ("Slides", "slides_url"), ("Poster", "poster_url"),
    ("Video", "video_url"),
)  # fmt: skip


def event(record: EventFile, zone: ZoneInfo) -> Event:
    dates, venue = record.dates, record.venue
    return Event(
        id=record.id,
        name=record.name,
        short_name=record.short_name or record.name,
        zone=zone.key,
        first_day=dates.first,
        last_day=dates.last or dates.first,
        dates_tentative=bool(dates.tentative),
        dates_source=dates.source,
        aliases=record.aliases,
        parent=record.parent,
        tagline=record.tagline,
        description=record.description,
        website=record.website,
        contact=record.contact,
        audience=record.audience,
        expected_attendees=record.expected_attendees,
        venue=Venue(venue.name, venue.address, venue.city, venue.map_url) if venue else None,
        rooms=tuple(Room(room.id, room.name, room.floor, room.note) for room in record.rooms),
        mode=record.mode or Mode.IN_PERSON,
        how_to_attend=record.how_to_attend,
        joining=join_links(record.joining),
        materials=links(record.materials),
    )


def links(records: Iterable[LinkRecord]) -> tuple[Link, ...]:
    return tuple(Link(record.label, record.url) for record in records)


def join_links(records: Iterable[JoinRecord]) -> tuple[JoinLink, ...]:
    return tuple(JoinLink(record.label, record.url, record.visibility, record.note) for record in records)


def sort_name(record: SpeakerRecord | OrganizerRecord) -> str:
    """As written, else the last word first: "Dawn Song" -> "Song, Dawn"."""
    if record.sort_name:
        return record.sort_name
    first, _, last = record.name.rpartition(" ")
    return f"{last}, {first}" if first else last


def speaker(record: SpeakerRecord) -> Speaker:
    return Speaker(
        id=record.id,
        name=record.name,
        confirmed=record.status is Status.CONFIRMED,
        sort_name=sort_name(record),
        position=record.position,
        affiliation=record.affiliation,
        areas=record.areas,
        bio=record.bio,
        website=record.website,
        aliases=record.aliases,
    )


def in_order(speakers: Iterable[Speaker]) -> tuple[Speaker, ...]:
    """By the name they are sorted under, accents and case aside."""
    return tuple(sorted(speakers, key=lambda speaker: fold(speaker.sort_name)))


def organizer(record: OrganizerRecord) -> Organizer:
    return Organizer(
        id=record.id,
        name=record.name,
        sort_name=sort_name(record),
        position=record.position,
        affiliation=record.affiliation,
        duty=record.duty,
        website=record.website,
        aliases=record.aliases,
    )


def topic(record: TopicRecord) -> Topic:
    """``short`` was checked to be there, or the name to be short enough."""
    return Topic(
        record.id, record.name, record.short or record.name, record.group or _DEFAULT_GROUP, record.description
    )


def submission(record: SubmissionFile) -> Submission:
    formats = tuple(
        SubmissionFormat(item.id, item.name, item.pages, item.excluding, item.note) for item in record.formats
    )
    return Submission(record.portal, formats, record.rules)


def poster(record: PosterRecord, placed: Container[str]) -> Poster:
    """``placed`` are the sessions that have a date. One that has none yet is as good as no session."""
    addresses = ((label, getattr(record, column)) for label, column in _POSTER_LINKS)
    return Poster(
        id=record.id,
        title=record.title,
        authors=record.authors,
        topics=record.topics,
        topics_provisional=record.topics_status is not None,
        decision=record.decision,
        format=record.format,
        board=record.board,
        session=record.session if record.session in placed else None,
        award=record.award,
        links=tuple(Link(label, url) for label, url in addresses if url),
        abstract=record.abstract,
    )


def texts(record: TextsFile) -> Texts:
    conduct = record.conduct
    return Texts(
        conduct=conduct.text if conduct else None,
        conduct_contact=conduct.contact if conduct else None,
        conduct_response_hours=(conduct.response_hours if conduct else None) or RESPONSE_HOURS,
        diversity=record.diversity,
        materials_policy=record.materials_policy,
        faq=tuple(FaqEntry(entry.question, entry.answer) for entry in record.faq),
        related=tuple(RelatedWorkshop(item.name, item.where, item.url, item.note) for item in record.related),
    )


def server(record: ServerFile) -> Server:
    """Only the purposes that have a name."""
    named = [
        {key: name for key, name in part.model_dump(exclude={"at"}).items() if name} if part else {}
        for part in (record.channels, record.roles)
    ]
    return Server(named[0], named[1])
