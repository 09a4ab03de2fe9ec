"""What else differs between two programmes: not news, but an organizer who publishes wants to see it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.call import Deadline, Topic
from bot.domain.program import Poster, Program, Speaker
from bot.domain.sessions import Session, Talk

_Record = Speaker | Poster | Topic | Session | Talk | Deadline


class Other(Struct, frozen=True):
    """How many records of a kind came, went and differ. ``kind`` is a plural; for the rest only that it differs."""

    kind: str
    came: int = 0
    went: int = 0
    differ: int = 0


def others(before: Program, after: Program) -> tuple[Other, ...]:
    """Beside what ``diff`` tells of sessions, talks and dates: their details, people, posters, texts and settings."""
    return (*_details(before, after), *_counted(before, after), *_rest(before, after))


_THEN = datetime(1970, 1, 1, tzinfo=UTC)


def _details(before: Program, after: Program) -> Iterator[Other]:
    """Of sessions, talks and dates that are in both: what is left of them without what is news."""
    for kind, old, new in (
        ("details of sessions", _sessions(before), _sessions(after)),
        ("details of talks", _talks(before), _talks(after)),
        ("details of dates", _dates(before, after), _dates(after, before)),
    ):
        if differ := sum(old[name] != new[name] for name in old.keys() & new.keys()):
            yield Other(kind, differ=differ)


def _sessions(program: Program) -> Mapping[str, _Record]:
    return _by_id(
        replace(session, title="", start=_THEN, end=_THEN, room=None, cancelled=False, mode=None, talks=())
        for session in program.sessions
    )


def _talks(program: Program) -> Mapping[str, _Record]:
    return _by_id(
        replace(talk, title=None, speakers=(), presenters=(), start=None, end=None)
        for session in program.sessions
        for talk in session.talks
    )


def _dates(program: Program, other: Program) -> Mapping[str, _Record]:
    """An extension adds to what was ``earlier``: that is news together with the new time, and else a detail."""
    due = {date.id: date.due for date in other.deadlines}
    return _by_id(
        replace(date, due=_THEN, earlier=date.earlier if due.get(date.id) == date.due else ())
        for date in program.deadlines
    )


def _counted(before: Program, after: Program) -> Iterator[Other]:
    for kind, old, new in (
        ("speakers", _by_id(before.speakers), _by_id(after.speakers)),
        ("posters", _by_id(before.posters), _by_id(after.posters)),
        ("topics", _by_id(before.topics), _by_id(after.topics)),
    ):
        came, went = len(new.keys() - old.keys()), len(old.keys() - new.keys())
        differ = sum(old[name] != new[name] for name in old.keys() & new.keys())
        if came or went or differ:
            yield Other(kind, came, went, differ)


def _by_id(records: Iterable[_Record]) -> Mapping[str, _Record]:
    return {record.id: record for record in records}


def _rest(before: Program, after: Program) -> Iterator[Other]:
    for kind, old, new in (
        ("the event itself", before.event, replace(after.event, mode=before.event.mode)),
        ("organizers", before.organizers, after.organizers),
        ("how to submit", before.submission, after.submission),
        ("texts", before.texts, after.texts),
        ("channels and roles", before.server, after.server),
        ("when reminders go out", before.reminders, after.reminders),
    ):
        if old != new:
            yield Other(kind)
