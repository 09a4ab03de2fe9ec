"""The large event: what benchmarks stand on has to be a real event, without a mistake."""

from datetime import UTC, datetime
from itertools import chain
from typing import Any

from msgspec.structs import fields

from bot.formats.folder import read_folder
from tests.event_folder import folder_of
from tests.large_event import large_event

BEFORE = datetime(2027, 1, 1, tzinfo=UTC)
SMALL = large_event(posters=60, sessions=24, speakers=40, days=2)


def test_it_has_the_size_that_was_asked_for() -> None:
    assert (len(SMALL.posters), len(SMALL.sessions), len(SMALL.speakers), len(SMALL.days)) == (60, 24, 40, 2)


def test_it_is_the_same_every_time() -> None:
    assert large_event(posters=60, sessions=24, speakers=40, days=2) == SMALL


def test_its_folder_reads_back_as_the_same_programme() -> None:
    assert read_folder(folder_of(SMALL), now=BEFORE).program == SMALL


def test_its_folder_has_no_error() -> None:
    problems = read_folder(folder_of(large_event(posters=600, sessions=60, speakers=200)), now=BEFORE).problems
    assert [located for located in problems if located.is_error] == []


def test_every_field_is_filled() -> None:
    lists = (SMALL.sessions, SMALL.speakers, SMALL.organizers, SMALL.deadlines, SMALL.topics, SMALL.posters)
    talks = [talk for session in SMALL.sessions for talk in session.talks]
    records: list[Any] = [SMALL.event, SMALL.submission, SMALL.texts, SMALL.server, *talks, *chain.from_iterable(lists)]
    empty = {(type(one), field.name) for one in records for field in fields(one) if not filled(one, field.name)}
    assert empty == set()


def filled(record: object, name: str) -> bool:
    value = getattr(record, name)
    return isinstance(value, bool) or value not in (None, (), "", {})
