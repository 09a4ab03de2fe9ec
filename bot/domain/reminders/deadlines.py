"""Deadlines: told in time, to those whom they concern. A date on which authors hear is told as news."""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.call import Deadline, DeadlineKind
from bot.domain.program import Program
from bot.domain.reminders.leads import can_be_told, lead_name, moments, stamp
from bot.domain.reminders.notice import Facts, Notice, NoticeKind
from bot.domain.reminders.places import place_of

#: Nobody has to prepare for news: the day before and the moment itself are enough.
_NEWS_LEADS = (timedelta(days=1), timedelta(0))
#: How long news stays of use. A deadline is of none once it has passed.
_NEWS_LASTS = timedelta(hours=12)


def deadline_notices(program: Program) -> Iterator[Notice]:
    """One notice for each lead of each deadline."""
    for deadline in program.deadlines:
        if can_be_told(deadline.due):
            yield from _notices(program, deadline)


def _notices(program: Program, deadline: Deadline) -> Iterator[Notice]:
    leads, expires_at = program.reminders.deadlines, deadline.due
    if deadline.kind is DeadlineKind.NOTIFICATION and leads:
        leads, expires_at = _NEWS_LEADS, deadline.due + _NEWS_LASTS
    for due_at, lead in moments(program.reminders, program.event.tz, leads, deadline.due).items():
        yield Notice(
            key=f"deadline:{deadline.id}:{stamp(deadline.due)}:{lead_name(lead)}",
            facts=Facts(NoticeKind.DEADLINE, (deadline.id,), deadline.due),
            audience=deadline.audience,
            place=place_of(program.server, deadline.audience),
            due_at=due_at,
            expires_at=expires_at,
        )
