"""Which changes are news, and for whom: what is over is none, and a date is told to those it is meant for."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct

from bot.domain.agenda import Star, StarKind, standing_for
from bot.domain.call import Deadline
from bot.domain.changes.change import Change, Field
from bot.domain.people import Group
from bot.domain.program import Program
from bot.domain.sessions import Session


class News(Struct, frozen=True):
    """One change that people should hear of.

    ``audience`` is the circle that it is for. ``moved``: a date that is now due at another time. ``stars`` bring what
    changed into an agenda.
    """

    change: Change
    audience: Group
    moved: bool
    stars: tuple[Star, ...]


def news(before: Program, after: Program, changes: Iterable[Change], now: datetime) -> Iterator[News]:
    """What of ``changes`` (the difference of the two programmes) is of use to anybody at ``now`` (UTC)."""
    for change in changes:
        match change.record:
            case "event":
                if any(session.end > now for session in after.held):
                    yield News(change, Group.PUBLIC, moved=False, stars=())
            case "deadline":
                yield from _of_deadline(before, after, change, now)
            case _:
                yield from _of_session(before, after, change, now)


def _of_session(before: Program, after: Program, change: Change, now: datetime) -> Iterator[News]:
    """A session, or one of its talks."""
    known = [(program, found) for program in (after, before) if (found := _session(program, change))]
    if not any(session.end > now for _, session in known):
        return
    if change.record == "session":
        stars = [star for program, session in known for star in standing_for(program, session)]
    else:
        stars = [star for _, session in known for star in _talk_stars(session, change.id)]
    yield News(change, Group.PUBLIC, moved=False, stars=tuple(dict.fromkeys(stars)))


def _session(program: Program, change: Change) -> Session | None:
    if change.record == "session":
        return program.session_by_id.get(change.id)
    found = program.talk_by_id.get(change.id)
    return found[0] if found else None


def _talk_stars(session: Session, talk_id: str) -> Iterator[Star]:
    """The talk's, its speakers', and its session's, whose reader will be there."""
    yield Star(StarKind.SESSION, session.id)
    for talk in session.talks:
        if talk.id == talk_id:
            yield Star(StarKind.TALK, talk.id)
            yield from (Star(StarKind.SPEAKER, speaker) for speaker in talk.speakers)


def _of_deadline(before: Program, after: Program, change: Change, now: datetime) -> Iterator[News]:
    known = [found for program in (after, before) if (found := _deadline(program, change.id))]
    if known and any(item.due > now for item in known):
        star = Star(StarKind.DEADLINE, change.id)
        yield News(change, known[0].audience, moved=change.field is Field.TIME, stars=(star,))


def _deadline(program: Program, deadline_id: str) -> Deadline | None:
    return next((item for item in program.deadlines if item.id == deadline_id), None)
