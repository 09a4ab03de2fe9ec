"""Conduct cases are kept for as long as the event says, and who reported no longer than they can be answered."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.conduct.case import Case, Person, Stage, Step, Way
from bot.domain.privacy.retention import Term
from bot.storage.conduct import cases, entries
from bot.storage.database import Database, Tables
from bot.storage.privacy.conduct import REPORTED
from bot.storage.privacy.holding import Leaving
from bot.storage.privacy.purges import PURGES
from tests.chat.samples import at

GUILD, REPORTER = 11, 661720242585600015
NEW = Case(
    GUILD, 0, "What happened", "Hall", "Somebody", (Person(5, "Ben"),), None, REPORTER, None, Stage.OPEN, Way.THREAD,
    None, at(0),
)  # fmt: skip


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(tmp_path / "usher.db")
    yield opened
    opened.close()


async def reported(db: Database, *closed: int | None) -> None:
    """A case for each, closed so many minutes after 09:00, or still open."""

    def write(tables: Tables) -> None:
        for act, minutes in enumerate(closed, start=1):
            case = cases.add(tables, NEW, act=act)
            entries.add(tables, case, Step.ANSWERED, by=None, text="And then", at=at(1), act=act)
            if minutes is not None:
                tables.execute(
                    "UPDATE conduct_case SET stage = 'closed', closed_at = ? WHERE number = ?",
                    [int(at(minutes).timestamp() * 1000), case.number],
                )

    await db.write(write)


async def test_closed_cases_go_whole_when_their_time_is_up_and_open_ones_stay(db: Database) -> None:
    await reported(db, 10, None, 20, 30)
    purge = PURGES[Term.CASES]
    counts = [await db.write(lambda tables: purge(tables, GUILD, at(25), 1)) for _ in range(3)]
    left = db.reader.execute("SELECT number FROM conduct_case ORDER BY number").fetchall()
    entered = db.reader.execute("SELECT DISTINCT number FROM conduct_entry ORDER BY number").fetchall()
    named = db.reader.execute("SELECT DISTINCT number FROM conduct_involved ORDER BY number").fetchall()
    assert (counts, left, entered, named) == ([1, 1, 0], [(2,), (4,)], [(2,), (4,)], [(2,), (4,)])


async def test_the_newest_number_is_not_given_again(db: Database) -> None:
    await reported(db, 10)
    await db.write(lambda tables: PURGES[Term.CASES](tables, GUILD, at(60), 9))
    await reported(db, None)
    found = db.reader.execute("SELECT number, what, reporter FROM conduct_case ORDER BY number").fetchall()
    assert found == [(1, "", None), (2, "What happened", REPORTER)]


async def test_whoever_deletes_their_data_can_be_written_to_no_more(db: Database) -> None:
    await reported(db, 10, None)
    leaving = Leaving(GUILD, REPORTER, at(60))
    assert REPORTED.forget is not None
    forget = REPORTED.forget
    assert await db.write(lambda tables: forget(tables, replace(leaving, time_is_up=True))) == 1
    assert [one["case"] for one in REPORTED.of_person(db.reader, GUILD, REPORTER)] == [2]
    assert await db.write(lambda tables: forget(tables, leaving)) == 1
    assert REPORTED.of_person(db.reader, GUILD, REPORTER) == []


async def test_the_file_has_what_was_reported_and_what_both_sides_wrote(db: Database) -> None:
    await reported(db, None)
    (entry,) = REPORTED.of_person(db.reader, GUILD, REPORTER)
    assert entry == {
        "case": 1,
        "what": "What happened",
        "where": "Hall",
        "who": "Somebody",
        "with_your_name": False,
        "stage": "open",
        "reported_at": at(0).isoformat(),
        "written_since": [{"by": "you", "text": "And then", "at": (at(0) + timedelta(minutes=1)).isoformat()}],
    }
