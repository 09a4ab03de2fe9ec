"""What may be wrong with a session as it would be after an edit: allowed, but worth a look before it is done."""

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from bot.domain.program import Program
from bot.domain.sessions import Session


class DoubtKind(StrEnum):
    """ROOM: the room is taken. PERSON: somebody is needed elsewhere. NIGHT: it ends on another day of the venue."""

    ROOM = "room"
    PERSON = "person"
    NIGHT = "night"


class Doubt(Struct, frozen=True):
    """``other`` is the id of the session it clashes with; ``name`` the room's id, or the person's name as written."""

    kind: DoubtKind
    other: str | None = None
    name: str | None = None


def doubts(program: Program, session_id: str) -> tuple[Doubt, ...]:
    """What to warn of before ``session_id`` takes place as ``program``, the edits in force, says."""
    session = program.session_by_id[session_id]
    if session.cancelled:
        return ()
    return (*_clashes(program, session), *_night(program, session))


def _clashes(program: Program, session: Session) -> Iterator[Doubt]:
    needed = program.people_of(session)
    for other in program.held:
        if other.id == session.id or other.start >= session.end or session.start >= other.end:
            continue
        if session.room is not None and other.room == session.room:
            yield Doubt(DoubtKind.ROOM, other.id, session.room)
        there = set(program.people_of(other))
        yield from (Doubt(DoubtKind.PERSON, other.id, name) for name in needed if name in there)


def _night(program: Program, session: Session) -> Iterator[Doubt]:
    """An end at midnight itself still belongs to the day."""
    zone = program.event.tz
    start, end = session.start.astimezone(zone), session.end.astimezone(zone)
    if end.date() != start.date() and (end.hour, end.minute) != (0, 0):
        yield Doubt(DoubtKind.NIGHT)
