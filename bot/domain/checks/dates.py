"""Rules about the event's dates and its deadlines."""

from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.domain.call import Deadline, DeadlineKind
from bot.domain.checks.problem import Problem, error, warning
from bot.domain.program import Program
from bot.domain.times import AOE

#: The order of a call for papers. Each pair is checked by the first deadline of its kinds: a call may have several.
_ORDER = (
    (DeadlineKind.SUBMISSION, DeadlineKind.REVIEW),
    (DeadlineKind.BIDDING, DeadlineKind.REVIEW),
    (DeadlineKind.SUBMISSION, DeadlineKind.NOTIFICATION),
    (DeadlineKind.REVIEW, DeadlineKind.NOTIFICATION),
    (DeadlineKind.NOTIFICATION, DeadlineKind.CAMERA_READY),
)


def event_ends_before_it_starts(program: Program) -> list[Problem]:
    event = program.event
    if event.last_day >= event.first_day:
        return []
    message = f"the event ends on {event.last_day}, before its first day, {event.first_day}."
    fix = f"Write last: {event.first_day}, or a later date."
    return [error("end-before-start", ("event", event.id, "dates.last"), str(event.last_day), message, fix)]


def dates_are_tentative(program: Program) -> list[Problem]:
    event = program.event
    if not event.dates_tentative:
        return []
    message = f"the date {event.first_day} is tentative, and every answer says so."
    fix = "Write tentative: false when the date is certain."
    return [warning("dates-tentative", ("event", event.id, "dates.tentative"), "true", message, fix)]


def event_is_over(program: Program, now: datetime) -> list[Problem]:
    event = program.event
    if now.astimezone(event.tz).date() <= event.last_day:
        return []
    message = f"the event was over on {event.last_day}."
    fix = "Nothing, if this is meant; else write the dates of the event to come."
    field = "dates.last" if event.last_day != event.first_day else "dates.first"
    return [warning("event-over", ("event", event.id, field), str(event.last_day), message, fix)]


def extension_is_earlier(program: Program) -> list[Problem]:
    """An extension moves a deadline to a later time, each one further than the one before."""
    problems = []
    for deadline in program.deadlines:
        steps = (*deadline.earlier, deadline.due)
        late = next((old for old, new in pairwise(steps) if new <= old), None)
        if late is not None:
            to = "the same time" if late == deadline.due else f"an earlier time: {_shown(deadline, deadline.due)}"
            message = f"it was extended from {_shown(deadline, late)} to {to}."
            if steps[-2] < deadline.due:
                message = f"the extended dates are not in order: {', '.join(_shown(deadline, step) for step in steps)}."
            fix = "Write in due the date in force, and in extended_from the dates before it, oldest first."
            subject = ("deadline", deadline.id, "extended_from")
            problems.append(error("extension-order", subject, _shown(deadline, late), message, fix))
    return problems


def range_ends_before_it_opens(program: Program) -> list[Problem]:
    return [
        error(
            "end-before-start",
            ("deadline", deadline.id, "opens"),
            _shown(deadline, deadline.opens),
            f"it opens on {_shown(deadline, deadline.opens)}, but is due on {_shown(deadline, deadline.due)}.",
            "Write an earlier date in opens, or a later one in due.",
        )
        for deadline in program.deadlines
        if deadline.opens is not None and deadline.opens >= deadline.due
    ]


def deadlines_out_of_order(program: Program) -> list[Problem]:
    """Papers are handed in, then reviewed, then decided, then finished."""
    first: dict[DeadlineKind, Deadline] = {}
    for deadline in program.deadlines:
        first.setdefault(deadline.kind, deadline)
    problems = []
    for earlier_kind, later_kind in _ORDER:
        earlier, later = first.get(earlier_kind), first.get(later_kind)
        if earlier and later and later.due < earlier.due:
            message = (
                f"{_words(later_kind)} is due on {_shown(later, later.due)}, before "
                f"{_words(earlier_kind)} ({earlier.id}) on {_shown(earlier, earlier.due)}."
            )
            fix = "Correct one of the two dates."
            subject = ("deadline", later.id, "due")
            problems.append(warning("deadline-order", subject, _shown(later, later.due), message, fix))
    return problems


def _words(kind: DeadlineKind) -> str:
    return kind.value.replace("_", " ")


def _shown(deadline: Deadline, instant: datetime) -> str:
    """As the organizer wrote it: in the deadline's own zone."""
    zone = AOE if deadline.zone == "AoE" else ZoneInfo(deadline.zone)
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}"
