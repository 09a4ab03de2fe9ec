"""What people should know of when a programme gives way to another."""

from collections.abc import Iterator

from bot.domain.changes.change import EVENT, Change, Field
from bot.domain.changes.talks import talk_changes
from bot.domain.changes.written import instant, listed, span, value_of
from bot.domain.program import Program
from bot.domain.sessions import Session

_SESSION_FIELDS = (Field.CANCELLED, Field.TIME, Field.ROOM)


def diff(old: Program, new: Program) -> tuple[Change, ...]:
    """From ``old`` to ``new``: the event, sessions in order of start, each with its talks after it, deadlines by due.

    ADDED and REMOVED hold when and what (see ``written.listed``). A session that is and was cancelled is no news,
    whatever else became of it, and of one that is cancelled now nothing else is. TIME of a talk is told only where it
    did not simply move with its session; PEOPLE only where others speak, not where a name is spelled anew. MODE of a
    session only where it did not simply follow the event's. Joining links are no news: not everybody may see them.
    """
    return (*_event(old, new), *_sessions(old, new), *_deadlines(old, new))


def _event(old: Program, new: Program) -> Iterator[Change]:
    if old.event.mode is not new.event.mode:
        yield Change("event", EVENT, Field.MODE, old.event.mode.value, new.event.mode.value)


def _sessions(old: Program, new: Program) -> Iterator[Change]:
    gone = [session for session in old.sessions if session.id not in new.session_by_id]
    talks = talk_changes(old, new)
    for session in sorted((*new.sessions, *gone), key=lambda session: session.start):
        before, after = old.session_by_id.get(session.id), new.session_by_id.get(session.id)
        yield from _session(before, after)
        if before is not None and after is not None and not after.cancelled:
            yield from _mode(old, new, before, after)
        yield from talks.get(session.id, ())


def _session(before: Session | None, after: Session | None) -> Iterator[Change]:
    if before is None or after is None:
        there = after or before
        if there is not None and not there.cancelled:
            text = listed(span(there.start, there.end), there.title)
            yield _came_or_went("session", there.id, text, came=before is None)
        return
    if before.cancelled and after.cancelled:
        return
    for field in _SESSION_FIELDS:
        was, now = value_of(before, field), value_of(after, field)
        if was != now:
            yield Change("session", after.id, field, was, now)
        if after.cancelled:
            return
    if before.title != after.title:
        yield Change("session", after.id, Field.TITLE, before.title, after.title)


def _mode(old: Program, new: Program, before: Session, after: Session) -> Iterator[Change]:
    was, now = old.mode_of(before), new.mode_of(after)
    if was is not now and before.mode is not after.mode:
        yield Change("session", after.id, Field.MODE, was.value, now.value)


def _deadlines(old: Program, new: Program) -> Iterator[Change]:
    was = {deadline.id: deadline for deadline in old.deadlines}
    now = {deadline.id: deadline for deadline in new.deadlines}
    gone = [deadline for deadline in old.deadlines if deadline.id not in now]
    for deadline in sorted((*new.deadlines, *gone), key=lambda deadline: deadline.due):
        before, after = was.get(deadline.id), now.get(deadline.id)
        if before is None or after is None:
            text = listed(instant(deadline.due), deadline.title)
            yield _came_or_went("deadline", deadline.id, text, came=before is None)
        elif before.due != after.due:
            yield Change("deadline", deadline.id, Field.TIME, instant(before.due), instant(after.due))


def _came_or_went(record: str, record_id: str, text: str, *, came: bool) -> Change:
    if came:
        return Change(record, record_id, Field.ADDED, None, text)
    return Change(record, record_id, Field.REMOVED, text, None)
