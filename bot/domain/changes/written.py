"""The fixed form in which a change or an edit holds a value: text that is stored, compared and read back."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from bot.domain.changes.change import Field
from bot.domain.event import Event, JoinLink, Mode
from bot.domain.people import Group
from bot.domain.sessions import Session

YES, NO = "yes", "no"


def instant(moment: datetime) -> str:
    """2025-04-28T16:00:00Z"""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def span(start: datetime, end: datetime) -> str:
    """2025-04-28T16:00:00Z/2025-04-28T16:40:00Z"""
    return f"{instant(start)}/{instant(end)}"


def read_instant(text: str) -> datetime:
    """The UTC instant that ``instant`` wrote. Raises ValueError for any other text."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} names no zone")
    return moment.astimezone(UTC)


def read_span(text: str) -> tuple[datetime, datetime]:
    """The UTC instants that ``span`` wrote. Raises ValueError for any other text."""
    start, _, end = text.partition("/")
    return read_instant(start), read_instant(end)


def listed(when: str, title: str) -> str:
    """A record that came or went: when it is, then its title, which tells two of one name apart."""
    return f"{when} {title}".rstrip()


def read_listed(text: str) -> tuple[str, str]:
    """``when`` and ``title`` of ``listed``; the title is "" for a talk still without one."""
    when, _, title = text.partition(" ")
    return when, title


def links_text(links: Iterable[JoinLink]) -> str | None:
    """Joining links, addresses and all, in one line; None where there are none."""
    rows = [[link.label, link.url, link.visibility.value, link.note] for link in links]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")) if rows else None


def read_links(text: str | None) -> tuple[JoinLink, ...]:
    """The links that ``links_text`` wrote. Raises ValueError for any other text."""
    rows = json.loads(text) if text else []
    return tuple(JoinLink(label, url, Group(circle), note) for label, url, circle, note in rows)


def labels_of(text: str | None) -> str | None:
    """What ``links_text`` wrote, as everybody may see it: the labels without the addresses."""
    return ", ".join(link.label for link in read_links(text)) or None


def read_mode(text: str | None) -> Mode | None:
    """Raises ValueError for what is no mode."""
    return Mode(text) if text else None


def value_of(record: Session | Event, field: Field) -> str | None:
    """What a session, or the event, says now in a field that can be edited. Raises ValueError for any other field."""
    match field:
        case Field.MODE:
            return record.mode.value if record.mode else None
        case Field.JOINING:
            return links_text(record.joining)
        case _ if isinstance(record, Session):
            return _of_session(record, field)
        case _:
            raise ValueError(f"{field} of the event cannot be edited")


def _of_session(session: Session, field: Field) -> str | None:
    match field:
        case Field.TIME:
            return span(session.start, session.end)
        case Field.ROOM:
            return session.room
        case Field.CANCELLED:
            return YES if session.cancelled else NO
        case _:
            raise ValueError(f"{field} of a session cannot be edited")
