"""What else differs between two programmes: not news, but an organizer who publishes wants to see it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.domain.call import Topic
from bot.domain.program import Poster, Program, Speaker

_Record = Speaker | Poster | Topic


@dataclass(frozen=True, slots=True)
class Other:
    """How many records of a kind came, went and differ. ``kind`` is a plural; for the rest only that it differs."""

    kind: str
    came: int = 0
    went: int = 0
    differ: int = 0


def others(before: Program, after: Program) -> tuple[Other, ...]:
    """Beside sessions, talks and dates as ``diff`` tells them: people, posters, texts and settings."""
    return (*_counted(before, after), *_rest(before, after))


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
        ("the event itself", before.event, after.event),
        ("organizers", before.organizers, after.organizers),
        ("how to submit", before.submission, after.submission),
        ("texts", before.texts, after.texts),
        ("channels and roles", before.server, after.server),
        ("when reminders go out", before.reminders, after.reminders),
    ):
        if old != new:
            yield Other(kind)
