"""An agenda -> an iCalendar file (RFC 5545) that calendar programs open.

A file travels further than the server it came from, so it holds no joining links: what the programme says to everybody
and nothing else.
"""

import unicodedata
from collections.abc import Iterable
from datetime import datetime

from icalendar import Calendar, Event

from bot.domain.agenda import Item, StarKind
from bot.domain.call import Deadline, DeadlineKind
from bot.domain.program import Program
from bot.domain.sessions import Session, Talk

#: Characters of a description; some calendar programs cut or refuse much longer ones.
_TEXT_MOST = 4000
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


def calendar(program: Program, items: Iterable[Item], *, name: str, stamped: datetime, sequence: int) -> bytes:
    """The dated ``items`` as a calendar called ``name``; those without a time are left out.

    ``stamped`` is the UTC instant at which it was made. ``sequence`` must not fall from one file to the next: calendar
    programs take an entry with the same UID and a higher one as its new version (RFC 5545, 3.8.7.4).
    """
    made = Calendar()
    made.add("prodid", "-//Usher//Usher for workshops//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", clean(name))
    for item in items:
        if item.start is None or item.end is None:
            continue
        entry = _deadline(program, item.deadline) if item.deadline else _slot(program, item)
        entry.add("dtstamp", stamped)
        entry.add("sequence", sequence)
        entry.add("dtstart", item.start)
        # Without an end, an entry ends as it starts (RFC 5545, 3.6.1): that is what a deadline does.
        if item.end > item.start:
            entry.add("dtend", item.end)
        made.add_component(entry)
    return bytes(made.to_ical())


def uid(program: Program, item: Item) -> str:
    """Names an entry for as long as its record keeps its id, whatever else changes of it."""
    if item.deadline:
        return f"{item.deadline.id}.deadline@{program.event.id}.usher"
    if item.talk:
        return f"{item.talk.id}.talk@{program.event.id}.usher"
    assert item.session is not None, "what has a time is a session, a talk or a deadline"
    return f"{item.session.id}@{program.event.id}.usher"


def clean(text: str) -> str:
    """``text`` on its lines, without characters that hide, reorder or break a line elsewhere."""
    shown = "".join(char for char in text if char == "\n" or unicodedata.category(char) not in _HIDDEN).strip()
    # The library takes a backslash and a capital N for a line break already escaped; LaTeX may begin like that.
    return shown.replace("\\N", "\\ N")


def _entry(program: Program, item: Item, title: str, rows: Iterable[str]) -> Event:
    entry = Event()
    entry.add("uid", uid(program, item))
    entry.add("summary", clean(title))
    entry.add("description", clean("\n".join(row for row in rows if row))[:_TEXT_MOST])
    return entry


def _deadline(program: Program, due: Deadline) -> Event:
    word = "Expected" if due.kind is DeadlineKind.NOTIFICATION else "Due"
    where = " (anywhere on Earth, UTC-12)" if due.zone == "AoE" else ""
    rows = [f"{word} {due.stated}{where}.", due.note or "", due.url or ""]
    entry = _entry(program, Item(due.title, due.due, due.due, (), deadline=due), f"{word}: {due.title}", rows)
    entry.add("status", "CONFIRMED")
    # It is kept in view and takes up nobody's time.
    entry.add("transp", "TRANSPARENT")
    return entry


def _slot(program: Program, item: Item) -> Event:
    session = item.session
    assert session is not None
    talks = (item.talk,) if item.talk else session.talks
    title = item.title
    if len(talks) == 1 and talks[0].title and talks[0].title != title:
        title = f"{title}: {talks[0].title}"
    rows = [
        "Cancelled." if item.cancelled else "",
        "The date is tentative." if program.event.dates_tentative else "",
        f"Part of {session.title}." if item.talk else "",
        *(_talk_row(program, talk) for talk in talks),
        f"Chair: {', '.join(session.chairs)}" if session.chairs else "",
        _posters(program, item),
        session.description or "",
        *(f"{link.label}: {link.url}" for link in (*session.links, *session.materials)),
        "Times and rooms may change: /schedule in the server has the latest.",
    ]
    entry = _entry(program, item, f"Cancelled: {title}" if item.cancelled else title, rows)
    entry.add("status", _status(program, item))
    if place := _place(program, session):
        entry.add("location", place)
    return entry


def _status(program: Program, item: Item) -> str:
    if item.cancelled:
        return "CANCELLED"
    return "TENTATIVE" if program.event.dates_tentative else "CONFIRMED"


def _talk_row(program: Program, talk: Talk) -> str:
    names = [*(program.speaker_by_id[speaker].name for speaker in talk.speakers), *talk.presenters]
    when = f"{talk.start.astimezone(program.event.tz):%H:%M} at the venue" if talk.start else ""
    return " · ".join(part for part in (when, talk.title or "Title to be announced", ", ".join(names)) if part)


def _posters(program: Program, item: Item) -> str:
    """The posters that somebody starred, where the line stands for their session."""
    starred = [program.poster_by_id[star.record_id] for star in item.stars if star.kind is StarKind.POSTER]
    named = [poster.title + (f" (board {poster.board})" if poster.board else "") for poster in starred]
    return "\n".join(["Posters to see:", *named]) if named else ""


def _place(program: Program, session: Session) -> str:
    room = program.room_by_id.get(session.room) if session.room else None
    venue = program.event.venue
    parts = [room.name if room else "", *((venue.name, venue.city or "") if venue else ())]
    return clean(", ".join(part for part in parts if part))
