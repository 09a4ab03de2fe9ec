"""How the authors of posters want to hear of questions, and when they are looked for at their boards."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from bot.domain.program import Poster, Program
from bot.domain.reminders.leads import can_be_told
from bot.domain.reminders.quiet import at_wall, is_quiet
from bot.domain.sessions import Session

#: How long before a poster session its authors are asked whether they are at their boards.
LEADS = tuple(timedelta(minutes=minutes) for minutes in (60, 30, 15))
#: How long before a poster session somebody may say that they are there.
EARLY = timedelta(minutes=90)
_DAY = timedelta(days=1)


class Times(StrEnum):
    """When an author hears of questions. The values stand in the database and are never changed.

    DIGEST: of what is unanswered, at the end of each session that shows their poster, and in the morning.
    """

    AT_ONCE = "at_once"
    DIGEST = "digest"


class Place(StrEnum):
    """Where: in a direct message, or with a mention in the poster's thread, which everybody reads."""

    DM = "dm"
    THREAD = "thread"


class AuthorChoice(Struct, frozen=True):
    times: Times = Times.AT_ONCE
    place: Place = Place.DM


class Author(Struct, frozen=True):
    """A person who is an author of ``posters`` (ids).

    ``dm_channel_id`` is the direct channel that was opened for them; ``closed``: it takes no messages.
    """

    user_id: int
    posters: tuple[str, ...]
    choice: AuthorChoice = AuthorChoice()
    dm_channel_id: int | None = None
    closed: bool = False

    @property
    def reads_directly(self) -> bool:
        return self.choice.place is Place.DM and not self.closed


def showings(program: Program, posters: Iterable[str]) -> list[tuple[Session, list[Poster]]]:
    """The sessions in which these posters (ids) are shown, in order of start, each with those of them shown there."""
    found: dict[str, list[Poster]] = {}
    for poster in (program.poster_by_id[name] for name in posters if name in program.poster_by_id):
        for session in program.sessions_of(poster):
            found.setdefault(session.id, []).append(poster)
    return [(session, found[session.id]) for session in program.sessions if session.id in found]


def looked_for(session: Session) -> Iterator[tuple[timedelta, datetime, datetime]]:
    """When its authors are asked whether they are there: how long before, when (UTC), and until when that is of use."""
    if not can_be_told(session.start):
        return
    for lead, following in zip(LEADS, (*LEADS[1:], timedelta(0)), strict=True):
        yield lead, session.start - lead, session.start - following


def may_come(session: Session, now: datetime) -> bool:
    """Whether it makes sense to say at ``now`` (UTC) that one is at a board of this session."""
    return not session.cancelled and session.start - EARLY <= now < session.end


def waking(program: Program, now: datetime) -> datetime:
    """``now`` (UTC), or the end of the venue's quiet hours where it lies in them."""
    policy, local = program.reminders, now.astimezone(program.event.tz)
    return morning_after(program, now) if is_quiet(policy, local) else now


def morning_after(program: Program, now: datetime) -> datetime:
    """The first end of the venue's quiet hours after ``now``. Both in UTC."""
    policy, zone = program.reminders, program.event.tz
    day = now.astimezone(zone).date()
    today = at_wall(day, policy.quiet_until, zone)
    return today if today > now.astimezone(UTC) else at_wall(day + _DAY, policy.quiet_until, zone)
