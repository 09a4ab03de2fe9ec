"""Passwords in what everybody may read: addresses that carry one, and texts that say one."""

import re
from collections.abc import Iterable, Iterator

from bot.domain.checks.problem import Problem, warning
from bot.domain.event import JoinLink, Link
from bot.domain.people import Group
from bot.domain.program import Program

_IN_ADDRESS = re.compile(
    r"[?&#/;](?:pwd|passwd|password|passcode|pw|token|tk|accesscode|access_code|key)=", re.IGNORECASE
)
#: "Passcode: 1234", "the password is swordfish". "A password is needed" says none.
_SAID = re.compile(
    r"\b(?:pwd|pass ?code|password|access code|pin code|pin)\b"
    r"(?:\s*[:=]\s*|\s+is:?\s+|\s+(?=[\"'“(]?\w*\d))[\"'“(]?([\w!#$%&*+.-]+)",
    re.IGNORECASE,
)
#: What follows "the password is" where none is told.
_TELLS_NONE = re.compile(
    r"(?:an?|the|not?|never|needed|required|necessary|optional|none|in|on|at|by|from|with|for|your|our|to|sent|shared|"
    r"given|shown|handed|(?:e-?)?mailed|posted|printed|available|announced|different|secret|protected|see|ask|tba|tbd|"
    r"only|also|used|changed)\.?$",
    re.IGNORECASE,
)

#: kind, record, field and text
_Entry = tuple[str, str | None, str | None, str | None]


def password_made_public(program: Program) -> list[Problem]:
    """A joining link that is public, and every other address or text that anybody may see."""
    return [*_joining(program), *(_problem(entry) for entry in _public(program) if holds_password(entry[3]))]


def holds_password(text: str | None) -> bool:
    """Whether an address in ``text``, or its words, tell a password."""
    if not text:
        return False
    if "=" in text and _IN_ADDRESS.search(text):
        return True
    return any(not _TELLS_NONE.match(match[1]) for match in _SAID.finditer(text))


def _joining(program: Program) -> Iterator[Problem]:
    yield from _joining_of("event", program.event.id, program.event.joining)
    for session in program.sessions:
        yield from _joining_of("session", session.id, session.joining)


def _joining_of(kind: str, record: str, joining: Iterable[JoinLink]) -> Iterator[Problem]:
    for link in joining:
        for field, text in _told_by(link):
            message = f'the joining link "{link.label}" holds a password, and everyone may see it.'
            fix = "Write visibility: attendees, or give the link without its password."
            yield warning("public-password", (kind, record, f"joining.{field}"), text, message, fix)


def tells_password(link: JoinLink) -> bool:
    """Whether everybody would see a password in it."""
    return any(_told_by(link))


def _told_by(link: JoinLink) -> Iterator[tuple[str, str]]:
    """Field and text of everything in which everybody would see a password."""
    if link.visibility is Group.PUBLIC:
        fields = (("label", link.label), ("url", link.url), ("note", link.note))
        yield from ((field, text) for field, text in fields if text and holds_password(text))


def _problem(entry: _Entry) -> Problem:
    kind, record, field, text = entry
    message = "a password or an access code stands here, and everyone may see it."
    fix = "Take it out; put the link into joining in event.yaml, with visibility: attendees."
    return warning("public-password", (kind, record, field), text, message, fix)


def _public(program: Program) -> Iterator[_Entry]:
    yield from _of_event(program)
    for session in program.sessions:
        yield "session", session.id, "title", session.title
        yield "session", session.id, "description", session.description
        yield from _links("session", session.id, "links", session.links)
        yield from _links("session", session.id, "materials", session.materials)
        for talk in session.talks:
            yield "talk", talk.id, "abstract", talk.abstract
            yield from _links("talk", talk.id, "materials", talk.materials)
    for speaker in program.speakers:
        yield "speaker", speaker.id, "bio", speaker.bio
        yield "speaker", speaker.id, "website", speaker.website
    for organizer in program.organizers:
        yield "organizer", organizer.id, "duty", organizer.duty
        yield "organizer", organizer.id, "website", organizer.website
    for deadline in program.deadlines:
        if deadline.audience is Group.PUBLIC:
            yield "deadline", deadline.id, "note", deadline.note
            yield "deadline", deadline.id, "url", deadline.url
    for poster in program.posters:
        for link in poster.links:
            yield "poster", poster.id, None, link.url


def _of_event(program: Program) -> Iterator[_Entry]:
    event, texts, submission = program.event, program.texts, program.submission
    for field in ("website", "contact", "tagline", "description", "audience", "how_to_attend"):
        yield "event", event.id, field, getattr(event, field)
    yield from _links("event", event.id, "materials", event.materials)
    if event.venue is not None:
        yield "event", event.id, "venue.map_url", event.venue.map_url
    for room in event.rooms:
        yield "room", room.id, "note", room.note
    yield "texts", None, "conduct.text", texts.conduct
    yield "texts", None, "conduct.contact", texts.conduct_contact
    yield "texts", None, "materials_policy", texts.materials_policy
    for entry in texts.faq:
        yield "texts", None, "faq.answer", entry.answer
    for related in texts.related:
        yield "texts", None, "related.url", related.url
        yield "texts", None, "related.note", related.note
    yield "submission", None, "portal", submission.portal
    for rule in submission.rules:
        yield "submission", None, "rules", rule


def _links(kind: str, record: str, field: str, links: Iterable[Link]) -> Iterator[_Entry]:
    for link in links:
        yield kind, record, f"{field}.label", link.label
        yield kind, record, f"{field}.url", link.url
