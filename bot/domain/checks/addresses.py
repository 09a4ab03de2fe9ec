"""Web addresses that are too long to be links."""

from collections.abc import Iterable, Iterator

from bot.domain.addresses import ADDRESS_MOST
from bot.domain.checks.problem import Problem, warning
from bot.domain.event import JoinLink, Link
from bot.domain.program import Program

#: kind, record, field and address
_Entry = tuple[str, str | None, str | None, str | None]


def addresses_too_long(program: Program) -> list[Problem]:
    return [
        warning(
            "long-address",
            (kind, record, field),
            url,
            f"this address has {len(url):,} characters, and a link holds {ADDRESS_MOST:,}.",
            "Write a shorter address of the same page; until then only the words of the link are shown.",
        )
        for kind, record, field, url in _entries(program)
        if url is not None and len(url) > ADDRESS_MOST
    ]


def _entries(program: Program) -> Iterator[_Entry]:
    event = program.event
    yield "event", event.id, "website", event.website
    yield "event", event.id, "contact", event.contact
    yield "event", event.id, "venue.map_url", event.venue.map_url if event.venue else None
    yield from _links("event", event.id, materials=event.materials, joining=event.joining)
    for session in program.sessions:
        yield from _links(
            "session", session.id, links=session.links, materials=session.materials, joining=session.joining
        )
        for talk in session.talks:
            yield from _links("talk", talk.id, materials=talk.materials)
    for speaker in program.speakers:
        yield "speaker", speaker.id, "website", speaker.website
    for organizer in program.organizers:
        yield "organizer", organizer.id, "website", organizer.website
    for deadline in program.deadlines:
        yield "deadline", deadline.id, "url", deadline.url
    yield "submission", None, "portal", program.submission.portal
    for related in program.texts.related:
        yield "texts", None, "related.url", related.url
    for poster in program.posters:
        for link in poster.links:
            yield "poster", poster.id, None, link.url


def _links(kind: str, record: str, **fields: Iterable[Link | JoinLink]) -> Iterator[_Entry]:
    for field, links in fields.items():
        for link in links:
            yield kind, record, f"{field}.url", link.url
