"""What an organizer asks for on the day, checked and turned into edits. Nothing is changed here."""

from datetime import datetime, timedelta

from msgspec import Struct

from bot.domain.changes.change import Field
from bot.domain.changes.edit import Edit
from bot.domain.changes.written import NO, YES, span, value_of
from bot.domain.errors import NotFoundError, UsherError
from bot.domain.program import Program
from bot.domain.sessions import Session
from bot.domain.times import on_the_wall

#: A delay by more minutes than a day has is a slip of the finger.
DELAY_MOST = 24 * 60
#: What every refusal says.
KEPT = "Nothing was changed."


class Standing(Struct, frozen=True):
    """Where things stand: ``program`` is in force, ``imported`` what the files say; ``now`` is in UTC.

    All builders take it, and give edits against ``imported``; an edit whose value is its base undoes an earlier one.
    They raise UsherError, with a text for the organizer, for a session that is unknown, over, or already as asked.
    """

    imported: Program
    program: Program
    now: datetime


def delay(at: Standing, session_id: str, minutes: int, why: str | None = None) -> tuple[Edit, ...]:
    """The session and its talks ``minutes`` later, earlier if negative.

    So many minutes later is an instant: it is none of those that the clocks skip or show twice.
    """
    session = to_come(at, session_id)
    if minutes == 0:
        raise UsherError(f"A delay of 0 minutes changes nothing. {KEPT} Say by how many minutes, such as 10.")
    if abs(minutes) > DELAY_MOST:
        raise UsherError(
            f"A delay can be at most {DELAY_MOST} minutes. {KEPT} For another day, change the files and publish them."
        )
    by = timedelta(minutes=minutes)
    return move(at, session_id, session.start + by, session.end + by, why)


def move(at: Standing, session_id: str, start: datetime, end: datetime, why: str | None = None) -> tuple[Edit, ...]:
    """The session from ``start`` to ``end`` (aware), on one of the event's days."""
    to_come(at, session_id)
    event = at.program.event
    if end <= start:
        raise UsherError(
            f"The end must be after the start: {_clock(at, start)} to {_clock(at, end)} is not. {KEPT}"
            " Check the two times; they are the venue's."
        )
    if end <= at.now:
        raise UsherError(f"At {_clock(at, end)} venue time the session would be over already. {KEPT} Say a later time.")
    day = start.astimezone(event.tz).date()
    if not event.first_day <= day <= event.last_day:
        days = f"{event.first_day}" + (f" to {event.last_day}" if event.last_day != event.first_day else "")
        raise UsherError(f"{day} is outside the event's dates ({days}). {KEPT} Choose a day of the event.")
    same = "The session is at that time already"
    return (_edit(at, session_id, Field.TIME, span(start, end), why, same),)


def change_room(at: Standing, session_id: str, room_id: str, why: str | None = None) -> tuple[Edit, ...]:
    """The session in another of the event's rooms, whether or not that is free then (see ``doubts``)."""
    to_come(at, session_id)
    if room_id not in at.program.room_by_id:
        raise NotFoundError(f"The event has no such room. {KEPT} Choose one from the list that the command offers.")
    return (_edit(at, session_id, Field.ROOM, room_id, why, "The session is in that room already"),)


def cancel(at: Standing, session_id: str, why: str | None = None) -> tuple[Edit, ...]:
    """The session does not take place, but stays in the programme, so that people learn of it."""
    _not_over(at, _known(at, session_id))
    return (_edit(at, session_id, Field.CANCELLED, YES, why, "The session is cancelled already"),)


def restore(at: Standing, session_id: str, why: str | None = None) -> tuple[Edit, ...]:
    """A cancelled session takes place after all, at the time and in the room it had before."""
    _not_over(at, _known(at, session_id))
    return (_edit(at, session_id, Field.CANCELLED, NO, why, "The session is not cancelled"),)


def _edit(at: Standing, session_id: str, field: Field, value: str, why: str | None, same: str) -> Edit:
    if value == value_of(_known(at, session_id), field):
        raise UsherError(f"{same}. {KEPT}")
    return Edit(session_id, field, value, value_of(at.imported.session_by_id[session_id], field), why)


def _known(at: Standing, session_id: str) -> Session:
    session = at.program.session_by_id.get(session_id)
    if session is None or session_id not in at.imported.session_by_id:
        raise NotFoundError(f"That session is not in the programme. {KEPT} /schedule lists the sessions there are.")
    return session


def to_come(at: Standing, session_id: str) -> Session:
    """A session that can be given another time or room: of a cancelled one nobody would be told."""
    session = _known(at, session_id)
    _not_over(at, session)
    if session.cancelled:
        raise UsherError(f"That session is cancelled. {KEPT} Use /live restore first.")
    return session


def _not_over(at: Standing, session: Session) -> None:
    if session.end <= at.now:
        raise UsherError(
            f"That session is over: it ended at {_clock(at, session.end)} venue time. {KEPT}"
            " Only sessions that are on now or still to come can be changed."
        )


def _clock(at: Standing, moment: datetime) -> str:
    return on_the_wall(moment, at.program.event.tz)
