"""How each record of a programme is listed for search: what it is called, and what else is said about it."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from msgspec.structs import replace

from bot.domain.information import information
from bot.domain.listing import Category, Entry, Listing
from bot.domain.program import Poster, Program
from bot.domain.sessions import KIND_NAMES, Session, Talk


def listings(program: Program, category: Category) -> Iterator[Listing]:
    """Everything of one category, in the programme's order."""
    match category:
        case Category.SESSIONS:
            return _sessions(program)
        case Category.TALKS:
            return _talks(program)
        case Category.SPEAKERS:
            return _speakers(program)
        case Category.ORGANIZERS:
            return _organizers(program)
        case Category.POSTERS:
            return _posters(program)
        case Category.TOPICS:
            return _topics(program)
        case Category.DEADLINES:
            return _deadlines(program)
        case Category.INFORMATION:
            return information(program)
        case Category.FAQ:
            return _faq(program)
        case Category.RELATED:
            return _related(program)
        case Category.ROOMS:
            return _rooms(program)
        case Category.EVENT:
            return _event(program)


def listing_at(program: Program, category: Category, number: int) -> Listing:
    """One of a category's ``listings``. Of thousands of posters the others are left out."""
    if category is Category.POSTERS:
        program, number = replace(program, posters=(program.posters[number],)), 0
    return next(islice(listings(program, category), number, None))


def _sessions(program: Program) -> Iterator[Listing]:
    for session in program.sessions:
        room = program.room_by_id.get(session.room or "")
        said = [word for kind in session.kinds for word in (kind.replace("_", " "), KIND_NAMES[kind])]
        said += [session.track or "", room.name if room else "", _state(session) or ""]
        apart = [session.description or "", *session.chairs]
        for talk in session.talks:
            apart += [f"{talk.title or ''}\n{person}" for person in _people(program, talk) or [""]]
        when = _when(program, session.start, session.end)
        detail = _joined(_state(session), when, room.name if room else None)
        names = (session.id, session.title)
        yield Listing(Entry(session.id, session.title, detail), (session.id,), names, tuple(said), tuple(apart))


def _talks(program: Program) -> Iterator[Listing]:
    for session in program.sessions:
        for talk in session.talks:
            people = _people(program, talk)
            label = talk.title or (f"{session.title}: {', '.join(people)}" if people else "")
            if not label:
                continue
            when = _when(program, talk.start or session.start, talk.end or session.end)
            detail = _joined(_state(session), ", ".join(people) if talk.title else None, when)
            entry, facts = Entry(talk.id, label, detail, session.id), (session.title, _state(session) or "")
            yield Listing(entry, (talk.id,), (talk.id, label), facts, tuple(people))


def _speakers(program: Program) -> Iterator[Listing]:
    for speaker in program.speakers:
        where = speaker.affiliation or speaker.position
        detail = _joined(where, None if speaker.confirmed else "invited, not confirmed yet")
        yield Listing(
            Entry(speaker.id, speaker.name, detail),
            (speaker.id, *speaker.aliases),
            (speaker.id, speaker.name, *speaker.aliases),
            (speaker.affiliation or "", speaker.position or ""),
            speaker.areas,
        )


def _organizers(program: Program) -> Iterator[Listing]:
    for person in program.organizers:
        yield Listing(
            Entry(person.id, person.name, _joined(person.duty, person.affiliation or person.position)),
            (person.id, *person.aliases),
            (person.id, person.name, *person.aliases),
            (person.affiliation or "", person.position or "", person.duty or ""),
        )


def _posters(program: Program) -> Iterator[Listing]:
    topics = {topic.id: f"{topic.name} {topic.short}" for topic in program.topics}
    for poster in program.posters:
        board = (poster.board,) if poster.board else ()
        facts = (poster.award or "", poster.decision or "", "board" if poster.board else "")
        yield Listing(
            Entry(poster.id, poster.title, _poster_detail(poster)),
            (poster.id, *board),
            (poster.id, poster.title, *board),
            facts,
            (*poster.authors, *(topics.get(topic, topic) for topic in poster.topics)),
        )


def _poster_detail(poster: Poster) -> str:
    if not poster.authors:
        authors = None
    elif len(poster.authors) <= 2:
        authors = " and ".join(poster.authors)
    else:
        authors = f"{poster.authors[0]} et al."
    return _joined(f"board {poster.board}" if poster.board else None, authors)


def _topics(program: Program) -> Iterator[Listing]:
    for topic in program.topics:
        yield Listing(
            Entry(topic.id, topic.name, topic.group),
            (topic.id, topic.short),
            (topic.id, topic.name, topic.short),
            (topic.group, topic.description or ""),
        )


def _deadlines(program: Program) -> Iterator[Listing]:
    for deadline in program.deadlines:
        yield Listing(
            Entry(deadline.id, deadline.title, deadline.stated, audience=deadline.audience),
            (deadline.id,),
            (deadline.id, deadline.title),
            (deadline.kind.replace("_", " "), "deadline", deadline.note or ""),
        )


def _faq(program: Program) -> Iterator[Listing]:
    for number, entry in enumerate(program.texts.faq):
        yield Listing(Entry(str(number), entry.question, entry.answer), (), (entry.question,), (entry.answer,))


def _related(program: Program) -> Iterator[Listing]:
    for number, workshop in enumerate(program.texts.related):
        facts = (workshop.where, workshop.note or "", "related workshop")
        yield Listing(Entry(str(number), workshop.name, workshop.where), (), (workshop.name,), facts)


def _rooms(program: Program) -> Iterator[Listing]:
    for room in program.event.rooms:
        yield Listing(
            Entry(room.id, room.name, _joined(room.floor, room.note)),
            (room.id,),
            (room.id, room.name),
            (room.floor or "", room.note or "", "room"),
        )


def _event(program: Program) -> Iterator[Listing]:
    """The event itself, by every spelling that was printed."""
    event = program.event
    names = (event.name, event.short_name, *event.aliases)
    detail = _joined(event.short_name if event.short_name != event.name else None, event.parent)
    said = (event.parent, event.tagline, event.description, event.audience)
    facts = tuple(text or "" for text in said)
    yield Listing(Entry(event.id, event.name, detail), (event.id, *names), names, facts)


def _state(session: Session) -> str | None:
    """Stands first in a detail, where nothing can push it out of sight."""
    return "cancelled" if session.cancelled else None


def _people(program: Program, talk: Talk) -> list[str]:
    speakers = (program.speaker_by_id.get(speaker) for speaker in talk.speakers)
    return [speaker.name for speaker in speakers if speaker] + list(talk.presenters)


def _when(program: Program, start: datetime, end: datetime) -> str:
    zone = program.event.tz
    local, until = start.astimezone(zone), end.astimezone(zone)
    return local.strftime(f"%a {local.day} %b, %H:%M–{until.hour:02}:{until.minute:02} venue time")


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)
