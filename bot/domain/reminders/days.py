"""Whole days: what is on today, in the morning, and what the event will be, on the day before it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.domain.people import Group
from bot.domain.program import Program
from bot.domain.reminders.notice import Facts, Notice, NoticeKind
from bot.domain.reminders.places import programme_place
from bot.domain.reminders.quiet import allowed, at_wall
from bot.domain.reminders.sessions import told_sessions
from bot.domain.sessions import Session

#: A digest comes at least this long before the day's first session, however early that is.
_BEFORE_FIRST = timedelta(minutes=30)


def day_notices(program: Program) -> Iterator[Notice]:
    """A digest for each of the venue's days that have sessions, and an overview on the day before the first."""
    days: dict[date, list[Session]] = {}
    for session in told_sessions(program):
        days.setdefault(program.day_of(session), []).append(session)
    for day, sessions in days.items():
        yield from _digest(program, day, sessions)
    if days:
        first = min(days)
        yield from _overview(program, first, days[first])


def _digest(program: Program, day: date, sessions: list[Session]) -> Iterator[Notice]:
    start = min(session.start for session in sessions)
    due = digest_at(program, day, start)
    if due is None:
        return
    yield Notice(
        key=f"digest:{day}",
        facts=Facts(NoticeKind.DIGEST, day=day),
        audience=Group.PUBLIC,
        place=programme_place(program.server),
        due_at=due,
        expires_at=max(session.end for session in sessions),
    )


def digest_at(program: Program, day: date, start: datetime | None) -> datetime | None:
    """When a digest of ``day`` goes out (UTC) whose first session or talk is at ``start``, None where it has only
    dates to keep: nobody gets up for these. None where the event has no digest.
    """
    policy, zone = program.reminders, program.event.tz
    if policy.digest is None:
        return None
    morning = at_wall(day, policy.digest, zone)
    if start is None:
        return allowed(policy, zone, morning, morning + policy.quiet_ahead)
    return allowed(policy, zone, min(morning, start - _BEFORE_FIRST), start)


def _overview(program: Program, first: date, sessions: list[Session]) -> Iterator[Notice]:
    """``day`` and key name the event's first day, which it tells of; it is of use until that begins."""
    policy, zone = program.reminders, program.event.tz
    if policy.overview is None:
        return
    start = min(session.start for session in sessions)
    due = at_wall(first - timedelta(days=1), policy.overview, zone)
    yield Notice(
        key=f"overview:{first}",
        facts=Facts(NoticeKind.OVERVIEW, day=first),
        audience=Group.PUBLIC,
        place=programme_place(program.server),
        due_at=allowed(policy, zone, due, start),
        expires_at=start,
    )
