"""Short pieces of text that several cards share: a session's time, place and people; a link; a page of lines."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.chat.render.card import LinkButton
from bot.chat.render.text import day_name, line, link, listing, stamp, venue_time
from bot.domain.event import MODE_WORDS, Event, Link, Mode
from bot.domain.program import Poster, Program
from bot.domain.sessions import Kind, Session, Talk

TO_BE_ANNOUNCED = "to be announced"
NO_SPEAKER = f"speaker {TO_BE_ANNOUNCED}"
#: Beside what is struck through: a line through words is not read aloud.
CANCELLED = "**cancelled**"
#: Discord refuses a longer address behind a button.
_ADDRESS_MOST = 512

#: One mark per line of a programme; the words beside it always say the same.
MARKS = {
    Kind.OPENING: "👋",
    Kind.INVITED_TALK: "🎤",
    Kind.ORAL: "🎤",
    Kind.POSTER: "📌",
    Kind.PANEL: "💬",
    Kind.TUTORIAL: "📘",
    Kind.DISCUSSION: "💬",
    Kind.BREAK: "☕",
    Kind.LUNCH: "🍽️",
    Kind.SOCIAL: "🎉",
    Kind.AWARDS: "🏆",
    Kind.CLOSING: "👋",
    Kind.OTHER: "•",
}

MODES = MODE_WORDS


def mark(session: Session) -> str:
    return MARKS[session.kinds[0]]


def place_name(program: Program) -> str:
    """Whose clock it is: "venue time", with the city where it is known."""
    venue = program.event.venue
    return f"venue time, {line(venue.city, 40)}" if venue and venue.city else "venue time"


def span(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """The reader's own time, then the clock on the venue's wall."""
    return f"{stamp(start)}–{stamp(end)} (venue {venue_time(start, zone)}–{venue_time(end, zone)})"


def other_time(was: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Old and new on the reader's own clock, then the new one on the venue's wall; with days where those differ."""
    if was.astimezone(zone).date() == now.astimezone(zone).date():
        return f"~~{stamp(was)}~~ → {stamp(now)} (venue {venue_time(now, zone)})"
    return f"~~{stamp(was, 'f')}~~ → {stamp(now, 'f')} (venue {day_name(now, zone)}, {venue_time(now, zone)})"


def is_online(program: Program, session: Session) -> bool:
    """Whether nobody meets in a room: everybody joins from afar."""
    return program.mode_of(session) is Mode.ONLINE and not session.is_pause


def room_name(program: Program, session: Session) -> str:
    """Where it is: its room, "online" where there is none to go to; "" where it is not known."""
    if is_online(program, session):
        return "online"
    if program.mode_of(session) is Mode.ONLINE:
        return ""
    room = program.room_by_id.get(session.room) if session.room else None
    return line(room.name, 80) if room else ""


def speaker_names(program: Program, talk: Talk) -> str:
    """Who talks, escaped; "" where nobody is named yet."""
    names = [line(program.speaker_by_id[speaker].name, 80) for speaker in talk.speakers]
    names += [line(name, 80) for name in talk.presenters]
    return listing(names)


def chairs(session: Session) -> str:
    """Chair: Ann Lee; "" where there is none."""
    names = [line(chair, 80) for chair in session.chairs[:3]]
    return f"Chair{'s' if len(names) > 1 else ''}: {', '.join(names)}" if names else ""


def who(program: Program, session: Session) -> str:
    """The people of a session in one line; "to be announced" for talks without a name."""
    names = [program.speaker_by_id[person].name for talk in session.talks for person in talk.speakers]
    names += [name for talk in session.talks for name in talk.presenters]
    if names:
        known = list(dict.fromkeys(names))
        shown = [line(name, 60) for name in (known if len(known) <= 3 else known[:2])]
        return listing(shown) if len(shown) == len(known) else f"{', '.join(shown)} and {len(known) - 2} others"
    return NO_SPEAKER if Kind.INVITED_TALK in session.kinds else ""


def session_label(program: Program, session: Session) -> str:
    """Plain text for a menu: 09:10 Invited Talk 1. Menus render neither markup nor timestamps.

    "Cancelled" stands first, where a long title cannot push it out.
    """
    title = f"Cancelled: {session.title}" if session.cancelled else session.title
    return f"{venue_time(session.start, program.event.tz)} {title}"


def links(items: Sequence[Link], most: int = 6) -> str:
    shown = [link(item.label, item.url) for item in items[:most]]
    return " · ".join([*shown, f"and {len(items) - most} more"] if len(items) > most else shown)


def website(address: str | None) -> tuple[str, tuple[LinkButton, ...]]:
    """A line of text and buttons for a website: one of the two, or neither where there is no address."""
    if not address:
        return "", ()
    return (link("Website", address), ()) if len(address) > _ADDRESS_MOST else ("", (LinkButton("Website", address),))


def tentative(event: Event) -> str:
    """Stands behind a date of the event that is still to come."""
    return " (tentative date)" if event.dates_tentative else ""


def authors(poster: Poster, most: int = 3) -> str:
    names = [line(name, 60) for name in poster.authors[:most]]
    more = len(poster.authors) - most
    return ", ".join(names) + (f" and {more} more" if more > 0 else "")


def few(names: Sequence[str], most: int = 3) -> str:
    """The first names, cut and escaped, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(line(name, 60) for name in names[:most]) + more


def struck(text: str) -> str:
    """Text that is escaped already, with a line through it."""
    return f"~~{text}~~"


def bullet(text: str) -> str:
    return f"- {text}"


def heading(text: str, level: int = 2) -> str:
    return f"{'#' * level} {line(text, 250)}"


def session_heading(session: Session) -> str:
    """The title of a session's card, struck through where it is cancelled."""
    return f"## {struck(line(session.title, 250))}" if session.cancelled else heading(session.title)
