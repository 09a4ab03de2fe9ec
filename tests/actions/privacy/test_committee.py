"""Whoever is on the conduct committee and deletes their data goes on to be brought its cases, until they leave it."""

import pytest

from bot.actions.conduct.committee import remove_member
from bot.actions.conduct.report import Written, report
from bot.actions.privacy.decide import delete_data, forget, held
from bot.domain.audit import By
from bot.domain.conduct.case import Member, Person, Way
from bot.storage.conduct import committee
from bot.storage.database import Database, Tables
from bot.storage.delivery import outbox
from bot.storage.privacy.holding import Leaving
from tests.chat.samples import at, lowest, program

GUILD, MEMBER, REPORTER = 11, 661720242585600015, 4002
ANA = Member(MEMBER, "Ana")
IN, BY_DM = f"act:case:100:member:{MEMBER}:0", f"act:case:101:{MEMBER}"
#: What calls them again where nobody reads it, a day later.
AGAIN = f"act:case:101:waiting:{MEMBER}"


@pytest.fixture
async def db(db: Database) -> Database:
    """With a case in a thread, and one that goes to the committee directly."""
    await db.write(lambda tables: committee.put(tables, GUILD, ANA, at(0)))
    for form, way in ((1, Way.THREAD), (3, Way.DIRECT)):
        await report(db, GUILD, Written(form, "x"), way=way, by=By(REPORTER, form + 1, at(form)), draw=lowest)
    return db


async def ended(db: Database, state: str) -> None:
    await db.write(lambda tables: tables.execute("UPDATE outbox SET state = ?", [state]))


def theirs(db: Database) -> list[tuple[str, str]]:
    """What bears their id, and what became of it."""
    rows = outbox.of_guild(db.reader, GUILD)
    return [(row.key, row.state.value) for row in rows if row.key.startswith("act:case:") and str(MEMBER) in row.key]


@pytest.mark.parametrize("state", ["queued", "leased", "sent"])
async def test_what_brings_them_cases_stays_while_they_are_on_it(state: str, db: Database) -> None:
    await ended(db, state)
    assert await delete_data(db, GUILD, by=By(MEMBER, 9, at(9))) == []
    assert theirs(db) == [(IN, state), (BY_DM, state), (AGAIN, state)]


async def test_it_is_handed_over_with_that_they_are_on_it(db: Database) -> None:
    found = [(one.holding.name, *one.entries) for one in await held(db, GUILD, MEMBER) if one.entries]
    direct = [{"case": 101, "state": "queued", "due_at": due.isoformat()} for due in (at(3), at(3 + 24 * 60))]
    assert found == [("Conduct committee", {"since": at(0).isoformat(), "called": "Ana", "direct_messages": direct})]


async def test_after_they_left_all_of_it_goes_but_what_takes_them_out_of_the_thread(db: Database) -> None:
    await ended(db, "sent")
    await remove_member(db, GUILD, ANA, program().server, by=By(1, 8, at(8)))
    assert [one.name for one, _ in await delete_data(db, GUILD, by=By(MEMBER, 9, at(9)))] == ["Direct messages"]
    assert theirs(db) == [(f"act:case:100:member:{MEMBER}:8", "queued")]


async def test_when_the_time_is_up_it_stays_until_every_case_is_closed(db: Database) -> None:
    await ended(db, "sent")

    def time_is_up(tables: Tables) -> list[str]:
        return [one.name for one, _ in forget(tables, Leaving(GUILD, MEMBER, at(9), time_is_up=True))]

    assert (await db.write(time_is_up), theirs(db)) == ([], [(IN, "sent"), (BY_DM, "sent"), (AGAIN, "sent")])
    await db.write(lambda tables: tables.execute("UPDATE conduct_case SET stage = 'closed', closed_at = 0"))
    assert await db.write(time_is_up) == ["Direct messages", "Conduct committee"]
    # Who was let into a thread goes with its own term.
    assert theirs(db) == [(IN, "sent")]


async def test_one_who_was_taken_off_it_by_somebody_involved_goes_on_to_be_brought_that_case(db: Database) -> None:
    """It stays with them, and so does what brings it."""
    involved = Written(5, "x", involved=(Person(1, "Org"),))
    await report(db, GUILD, involved, way=Way.DIRECT, by=By(REPORTER, 6, at(5)), draw=lowest)
    await ended(db, "sent")
    await remove_member(db, GUILD, ANA, program().server, by=By(1, 8, at(8)))
    await delete_data(db, GUILD, by=By(MEMBER, 9, at(9)))
    brought = f"act:case:102:{MEMBER}"
    assert brought in [key for key, _ in theirs(db)]
    await remove_member(db, GUILD, ANA, program().server, by=By(2, 10, at(10)))
    await delete_data(db, GUILD, by=By(MEMBER, 11, at(11)))
    assert brought not in [key for key, _ in theirs(db)]
