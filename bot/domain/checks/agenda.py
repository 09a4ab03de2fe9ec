"""Rules about sessions and talks: when and where they are."""

from collections.abc import Hashable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TypeVar

from bot.domain.checks.problem import Problem, error, warning
from bot.domain.program import Program
from bot.domain.sessions import Session, Talk

K = TypeVar("K", bound=Hashable)

_A_DAY = timedelta(hours=24)


def session_outside_event(program: Program) -> list[Problem]:
    """A session starts on one of the event's days, at the venue."""
    event, problems = program.event, []
    if event.last_day < event.first_day:
        return []
    for session in program.sessions:
        day = program.day_of(session)
        if not event.first_day <= day <= event.last_day:
            days = f"{event.first_day}"
            if event.last_day != event.first_day:
                days += f" to {event.last_day}"
            message = f"{day} is outside the event's dates ({days})."
            fix = f"Write a day of the event, such as day: {event.first_day}, or correct dates in event.yaml."
            problems.append(error("session-outside-event", ("session", session.id, "day"), str(day), message, fix))
    return problems


def longer_than_a_day(program: Program) -> list[Problem]:
    """Most often ``ends_next_day`` was left from an entry that was copied."""
    problems = []
    for session in program.sessions:
        if not _is_short(session):
            message = f"it lasts for 24 hours or more: {_hours(program, session)} of the next day."
            fix = "Remove ends_next_day, unless the session goes on through the night and the next day."
            problems.append(
                warning("longer-than-a-day", ("session", session.id, "ends_next_day"), "true", message, fix)
            )
    return problems


def room_taken_twice(program: Program) -> list[Problem]:
    # One that lasts for days is told as such, and not again by every session after it.
    rooms = ((session.room, session) for session in program.held if session.room is not None and _is_short(session))
    problems = []
    for room, first, second in _overlaps(rooms):
        message = (
            f'room "{room}" is taken at {_clock(program, second.start)}: "{first.title}" ({first.id}) is there until '
        )
        message += f"{_clock(program, first.end)}."
        fix = f"Give one of the two another room, or another time: {second.id} from {_clock(program, first.end)}."
        problems.append(error("room-taken", ("session", second.id, "room"), room, message, fix))
    return problems


def talk_outside_session(program: Program) -> list[Problem]:
    problems = []
    for session in program.sessions:
        for talk in session.talks:
            field, instant = _outside(session, talk)
            if instant is not None:
                message = (
                    f"{_clock(program, instant)} is outside its session ({session.id}, {_hours(program, session)})."
                )
                fix = f"Write a time from {_hours(program, session)}, or change the session's times."
                subject = ("talk", talk.id, field)
                problems.append(error("talk-outside-session", subject, _clock(program, instant), message, fix))
    return problems


def talks_overlap(program: Program) -> list[Problem]:
    """Two talks of one session, by their own times: the one before has not ended when the next one starts."""
    problems = []
    for session in program.sessions:
        talks = sorted((talk for talk in session.talks if talk.start), key=lambda talk: talk.start or session.start)
        for first, second in pairwise(talks):
            if first.end is not None and second.start is not None and second.start < first.end:
                start, end = _clock(program, second.start), _clock(program, first.end)
                message = f"it starts at {start}, and the talk {first.id} ends at {end}."
                fix = f"Write a start from {end} on, or an earlier end of {first.id}."
                problems.append(warning("talks-overlap", ("talk", second.id, "start"), start, message, fix))
    return problems


def person_in_two_places(program: Program) -> list[Problem]:
    """Speakers by id; chairs and presenters by their exact name, the speakers' included."""
    people = ((name, session) for session in program.held if _is_short(session) for name in program.people_of(session))
    return [
        warning(
            "person-twice",
            ("session", second.id, "start"),
            name,
            f"{name} is in two sessions at once: {first.id} ({_hours(program, first)}) and {second.id} "
            f"({_hours(program, second)}).",
            "Move one of the two sessions, or correct the name.",
        )
        for name, first, second in _overlaps(people)
    ]


def speaker_named_twice(program: Program) -> list[Problem]:
    """The same name twice in one talk, most often left from the entry that was copied."""
    problems = []
    for talk in (talk for session in program.sessions for talk in session.talks):
        for field, names in (("speakers", talk.speakers), ("presenters", talk.presenters)):
            for name in (name for name in dict.fromkeys(names) if names.count(name) > 1):
                message = f'"{name}" stands here twice.'
                fix = "Write it once, or write the other person's name."
                problems.append(warning("speaker-twice", ("talk", talk.id, field), name, message, fix))
    return problems


def gaps(program: Program) -> list[Problem]:
    """Time between the first and the last session of a day in which nothing takes place."""
    problems = []
    before: Session | None = None
    for session in program.held:
        if before is not None and session.start > before.end and program.day_of(before) == program.day_of(session):
            start, end = _clock(program, before.end), _clock(program, session.start)
            message = (
                f'nothing is planned from {start} to {end}, between "{before.title}" ({before.id}) and this session.'
            )
            fix = f"Add a session of kind break or lunch from {start} to {end}, or move one of the two."
            problems.append(warning("gap", ("session", session.id, "start"), end, message, fix))
        if before is None or session.end > before.end:
            before = session
    return problems


def _overlaps(pairs: Iterable[tuple[K, Session]]) -> Iterator[tuple[K, Session, Session]]:
    """Key, earlier and later session, for sessions with one key that overlap. Sessions come in order of start."""
    latest: dict[K, Session] = {}
    for key, session in pairs:
        before = latest.get(key)
        if before is not None and session.start < before.end:
            yield key, before, session
        if before is None or session.end > before.end:
            latest[key] = session


def _is_short(session: Session) -> bool:
    return session.end - session.start < _A_DAY


def _outside(session: Session, talk: Talk) -> tuple[str, datetime | None]:
    if talk.start is not None and not session.start <= talk.start < session.end:
        return "start", talk.start
    if talk.end is not None and not session.start < talk.end <= session.end:
        return "end", talk.end
    return "start", None


def _clock(program: Program, instant: datetime) -> str:
    return f"{instant.astimezone(program.event.tz):%H:%M}"


def _hours(program: Program, session: Session) -> str:
    if session.start == session.end:
        # One that is still being checked, and whose end was refused.
        return f"from {_clock(program, session.start)}"
    return f"{_clock(program, session.start)} to {_clock(program, session.end)}"
