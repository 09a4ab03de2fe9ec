"""When an announcement goes out: each of its turns as a UTC instant."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.domain.announce.announcement import Content, When
from bot.domain.errors import NotFoundError
from bot.domain.program import Program
from bot.domain.sessions import Session

#: In all, and minutes apart: more would be noise.
TIMES_MOST, APART_LEAST = 20, timedelta(minutes=5)
#: How long after its time it is still worth saying.
_USEFUL = timedelta(hours=6)


def first(when: When, program: Program, now: datetime) -> datetime:
    """Raises NotFoundError where the session that it goes by is no more, or was cancelled."""
    if when.session is None:
        return when.at or now
    session = session_of(when, program)
    return (session.end if when.from_end else session.start) + when.offset


def turns(content: Content, program: Program, now: datetime) -> Iterator[datetime]:
    """All of them, the first one too where it is past. Raises as ``first``."""
    begin, repeat = first(content.when, program, now), content.repeat
    for number in range(repeat.times):
        at = begin + number * repeat.every
        if repeat.until is None or at <= repeat.until:
            yield at


def expires(content: Content, program: Program, due: datetime) -> datetime:
    """The UTC instant from which a turn is of no use: by the end of the session that it goes by, else hours later."""
    if content.when.session is None:
        return due + _USEFUL
    return max(due + timedelta(minutes=10), session_of(content.when, program).end)


def session_of(when: When, program: Program) -> Session:
    """Raises NotFoundError, see ``first``."""
    session = program.session_by_id.get(when.session or "")
    if session is None or session.cancelled:
        raise NotFoundError("The session that this announcement goes by was cancelled, or is no longer there.")
    return session
