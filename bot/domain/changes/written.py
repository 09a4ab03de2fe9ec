"""The fixed form in which a change or an edit holds a value: text that is stored, compared and read back."""

from datetime import UTC, datetime

from bot.domain.changes.change import Field
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


def value_of(session: Session, field: Field) -> str | None:
    """What ``session`` says now in a field that can be edited. Raises ValueError for any other field."""
    match field:
        case Field.TIME:
            return span(session.start, session.end)
        case Field.ROOM:
            return session.room
        case Field.CANCELLED:
            return YES if session.cancelled else NO
        case _:
            raise ValueError(f"{field} of a session cannot be edited")
