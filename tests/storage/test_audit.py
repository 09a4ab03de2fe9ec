"""The trail: each act once, the newest first, each server its own."""

from functools import partial

import pytest
from msgspec.structs import replace

from bot.domain.audit import ActKind, Entry, Outcome, person
from bot.storage import audit
from bot.storage.database import Database
from tests.chat.samples import NINE, at

DELAYED = Entry(NINE, 7, ActKind.CHANGE_SESSION, "Session 1", detail="moved 09:00–09:10 → 09:20–09:30")
PUBLISHED = Entry(at(1), None, ActKind.PUBLISH, "Small", detail="by usher publish; 1 change")
REFUSED = Entry(at(2), 8, ActKind.SEE_DELIVERIES, "/deliveries", Outcome.REFUSED)


@pytest.fixture
async def db(db: Database) -> Database:
    for guild, mark, entry in ((1, "a", DELAYED), (1, "b", PUBLISHED), (2, "a", REFUSED)):
        await db.write(partial(audit.add, guild_id=guild, entry=entry, mark=mark))
    return db


def test_each_server_reads_its_own_newest_first(db: Database) -> None:
    assert [audit.newest(db.reader, guild, most=9) for guild in (1, 2, 3)] == [[PUBLISHED, DELAYED], [REFUSED], []]
    assert [audit.count(db.reader, guild) for guild in (1, 2, 3)] == [2, 1, 0]
    assert audit.newest(db.reader, 1, skip=1, most=9) == [DELAYED]


async def test_the_same_act_is_written_once(db: Database) -> None:
    assert await db.write(partial(audit.add, guild_id=1, entry=replace(DELAYED, actor=9), mark="a")) is None
    assert audit.newest(db.reader, 1, most=9) == [PUBLISHED, DELAYED]
    assert [audit.known(db.reader, 1, mark) for mark in ("a", "c")] == [True, False]


async def test_an_entry_is_found_by_its_id_in_its_own_server(db: Database) -> None:
    found = await db.write(partial(audit.add, guild_id=1, entry=REFUSED, mark="d"))
    assert found is not None
    asked = [(1, found), (1, found + 1), (2, found)]
    assert [audit.of_id(db.reader, guild, entry_id) for guild, entry_id in asked] == [REFUSED, None, None]


@pytest.mark.parametrize(("by", "found"), [("7", 7), ("usher publish", None), ("folder delta-2025", None)])
def test_who_did_it_is_a_person_or_a_program(by: str, found: int | None) -> None:
    assert person(by) == found
