"""Small programmes to plan notices of: plain values, each made for one question."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from bot.domain.call import Deadline, DeadlineKind
from bot.domain.event import Event, Server
from bot.domain.people import Group
from bot.domain.program import Program
from bot.domain.reminders.policy import Policy
from bot.domain.sessions import Kind, Session, Talk

DAY = date(2025, 4, 28)
#: Nothing but what a test asks for.
SILENT = Policy(deadlines=(), sessions=(), talks=False, digest=None, overview=None)


def utc(text: str) -> datetime:
    """An instant from ISO text without a zone, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def event(zone: str = "UTC", first: date = DAY, last: date | None = None) -> Event:
    return Event("event", "Event", "Event", zone, first, last or first)


def session(
    id: str, start: str, minutes: int = 60, kind: Kind = Kind.ORAL, *talks: Talk, cancelled: bool = False
) -> Session:
    """``start`` is a time in UTC on DAY, or a whole date and time."""
    begin = utc(start if "T" in start else f"{DAY}T{start}")
    end = begin + timedelta(minutes=minutes)
    return Session(id, id.title(), (kind,), begin, end, talks=talks, cancelled=cancelled)


def deadline(
    id: str, due: str, kind: DeadlineKind = DeadlineKind.SUBMISSION, audience: Group = Group.PUBLIC
) -> Deadline:
    return Deadline(id, id.title(), kind, utc(due), audience)


def program(
    *sessions: Session,
    deadlines: tuple[Deadline, ...] = (),
    policy: Policy = SILENT,
    zone: str = "UTC",
    channels: Mapping[str, str] | None = None,
    roles: Mapping[str, str] | None = None,
) -> Program:
    ordered = tuple(sorted(sessions, key=lambda session: session.start))
    server = Server(channels or {}, roles or {})
    return Program(event(zone), ordered, deadlines=deadlines, server=server, reminders=policy)
