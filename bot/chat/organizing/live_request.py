"""What an organizer asks for with /live, as a value that fits into the button that does it."""

import re
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256

from msgspec import Struct

from bot.chat.lookup import Lookup, as_typed, same, short
from bot.domain.changes import live
from bot.domain.changes.change import Field
from bot.domain.changes.edit import Edit
from bot.domain.changes.live import Standing
from bot.domain.changes.written import value_of
from bot.domain.errors import NotFoundError, UsherError
from bot.domain.program import Program
from bot.domain.sessions import Session
from bot.domain.times import UnreadableTimeError, localize

#: Why, in a few words: with the rest it has to fit into a button's custom_id.
WHY_MOST = 50
_NAME = "l"
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.h]([0-5]\d)")
_EPOCH, _MINUTE = datetime(1970, 1, 1, tzinfo=UTC), timedelta(minutes=1)


class Verb(StrEnum):
    DELAY = "d"
    MOVE = "m"
    ROOM = "r"
    CANCEL = "c"
    RESTORE = "x"


class Request(Struct, frozen=True):
    """``session`` is an id. ``value`` are the minutes of a delay, a room's id in short, or "START+MINUTES" of a move,
    START being minutes since 1970 in UTC.
    """

    verb: Verb
    session: str
    value: str = ""
    why: str | None = None

    @classmethod
    def to_move(cls, session: Session, start: datetime, end: datetime, why: str | None = None) -> "Request":
        value = f"{(start - _EPOCH) // _MINUTE}+{(end - start) // _MINUTE}"
        return cls(Verb.MOVE, session.id, value, why)

    @classmethod
    def of(cls, lookup: Lookup, program: Program) -> "Request":
        """What a button asks for. Raises NotFoundError where its session is no more."""
        found = [session.id for session in program.sessions if same(session.id, lookup.arg(1))]
        if not found:
            raise NotFoundError("That session is no longer in the programme. Nothing was changed.")
        return cls(Verb(lookup.arg(0)), found[0], lookup.arg(2), lookup.arg(4) or None)

    def lookup(self, program: Program) -> Lookup:
        """For the button below a preview; it also says what the session was like then."""
        mark = mark_of(program, self.session)
        return Lookup(
            _NAME, (self.verb.value, short(self.session), self.value, mark, as_typed(self.why or "", WHY_MOST))
        )

    def still_true(self, lookup: Lookup, program: Program) -> bool:
        """Whether the session is as it was when the button was made."""
        return lookup.arg(3) == mark_of(program, self.session)

    def edits(self, at: Standing) -> tuple[Edit, ...]:
        """Raises UsherError for what cannot be done, see ``domain.changes.live``."""
        match self.verb:
            case Verb.DELAY:
                return live.delay(at, self.session, int(self.value), self.why)
            case Verb.MOVE:
                minutes, _, lasts = self.value.partition("+")
                start = _EPOCH + int(minutes) * _MINUTE
                return live.move(at, self.session, start, start + int(lasts) * _MINUTE, self.why)
            case Verb.ROOM:
                room = next((room.id for room in at.program.event.rooms if same(room.id, self.value)), self.value)
                return live.change_room(at, self.session, room, self.why)
            case Verb.CANCEL:
                return live.cancel(at, self.session, self.why)
            case Verb.RESTORE:
                return live.restore(at, self.session, self.why)


def mark_of(program: Program, session_id: str) -> str:
    """Four characters that differ once somebody changed the session."""
    session = program.session_by_id[session_id]
    values = [value_of(session, field) for field in (Field.TIME, Field.ROOM, Field.CANCELLED)]
    return sha256(repr(values).encode()).hexdigest()[:4]


def times_of(program: Program, session: Session, start: str, end: str | None) -> tuple[datetime, datetime]:
    """Clocks on the venue's wall on the session's day -> UTC instants; without an end it lasts as long as before.

    Of a session that runs past midnight, an end before the start is on the next day. Of any other it is
    taken for a slip, and left to ``domain.changes.live`` to refuse. Raises UsherError for what is no time, or one that
    the day does not have.
    """
    day = program.day_of(session)
    begins = _instant(program, day, start)
    if not end:
        return begins, begins + (session.end - session.start)
    overnight = session.end.astimezone(program.event.tz).date() > day
    after = timedelta(days=1) if overnight and _wall(end) < _wall(start) else timedelta()
    return begins, _instant(program, day + after, end)


def _instant(program: Program, day: date, text: str) -> datetime:
    try:
        return localize(day, _wall(text), program.event.tz)
    except UnreadableTimeError as error:
        raise UsherError(f"{error}. Nothing was changed. Choose another time.") from None


def _wall(text: str) -> time:
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        raise UsherError(f"{as_typed(text, 20)} is not a time. Nothing was changed. Write 11:40, in venue time.")
    return time(int(found[1]), int(found[2]))
