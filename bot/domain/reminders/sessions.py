"""Sessions before they start, and talks when they start. What runs in parallel is one message."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from bot.domain.people import Group
from bot.domain.program import Program
from bot.domain.reminders.choice import ReminderChoice
from bot.domain.reminders.leads import can_be_told, lead_name, moments, stamp
from bot.domain.reminders.notice import Facts, Notice, NoticeKind
from bot.domain.reminders.places import programme_place
from bot.domain.sessions import Kind, Session, Talk

T = TypeVar("T")

#: How long after its start a session, or a talk, is worth telling of.
_SESSION_LASTS = timedelta(minutes=30)
_TALK_LASTS = timedelta(minutes=10)


def told_sessions(program: Program) -> list[Session]:
    """The sessions that people are told of: those that take place and are more than a break."""
    return [
        session
        for session in program.sessions
        if not session.cancelled and not session.is_pause and can_be_told(session.start)
    ]


def is_yet_to_be_told(program: Program, start: datetime, now: datetime) -> bool:
    """Whether a reminder of a session that starts at ``start`` is still to come at ``now``. Both in UTC.

    Where the policy has none for everybody, one that somebody asked for, with the usual lead.
    """
    leads = program.reminders.sessions or (ReminderChoice().lead,)
    return can_be_told(start) and max(moments(program.reminders, program.event.tz, leads, start)) >= now


def start_notices(program: Program) -> Iterator[Notice]:
    """For each lead, one notice of all sessions that start at the same instant."""
    for start, sessions in _grouped((session.start, session) for session in told_sessions(program)).items():
        shortest = min(session.end for session in sessions) - start
        for due_at, lead in moments(program.reminders, program.event.tz, program.reminders.sessions, start).items():
            yield Notice(
                key=f"start:{stamp(start)}:{lead_name(lead)}",
                facts=Facts(NoticeKind.SESSIONS, tuple(session.id for session in sessions), start),
                audience=Group.PUBLIC,
                place=programme_place(program.server),
                due_at=due_at,
                expires_at=start + min(_SESSION_LASTS, shortest),
            )


def talk_notices(program: Program, starts: Iterable[Notice]) -> Iterator[Notice]:
    """One notice of all talks that start at the same instant, at that instant.

    ``starts`` are the notices of sessions: a talk whose session one of them tells of in the same minute is left out.
    """
    if not program.reminders.talks:
        return
    told = {(notice.due_at, session) for notice in starts for session in notice.facts.ids}
    talks = (
        (start, talk)
        for session in told_sessions(program)
        for start, talk in _starting(session)
        if (start, session.id) not in told
    )
    for start, together in _grouped(talks).items():
        yield Notice(
            key=f"talk:{stamp(start)}:T-0",
            facts=Facts(NoticeKind.TALKS, tuple(talk.id for talk in together), start),
            audience=Group.PUBLIC,
            place=programme_place(program.server),
            due_at=start,
            expires_at=start + _TALK_LASTS,
        )


def _starting(session: Session) -> Iterator[tuple[datetime, Talk]]:
    """The session's talks whose start is known. The only talk of an invited-talk session starts with it."""
    alone = len(session.talks) == 1 and Kind.INVITED_TALK in session.kinds
    for talk in session.talks:
        start = talk.start or (session.start if alone else None)
        if start is not None and can_be_told(start):
            yield start, talk


def _grouped(pairs: Iterable[tuple[datetime, T]]) -> Mapping[datetime, list[T]]:
    found: dict[datetime, list[T]] = {}
    for instant, item in pairs:
        found.setdefault(instant, []).append(item)
    return found
