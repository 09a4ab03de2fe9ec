"""What waits for a server that is not there: it is not touched, ends in time, and costs the others little."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.storage.database import Database
from bot.storage.delivery import claims, outbox, planned
from bot.storage.delivery.outbox import State
from tests.storage.delivery.test_outbox import GUILD, NOW, claim, claimed, later, notice, put_back

AWAY = 8
NOBODY: frozenset[int] = frozenset()


@pytest.fixture
async def db(db: Database) -> Database:
    """A notice is due in a server that is there, and the same in one that is not."""
    for guild in (GUILD, AWAY):
        await plan(db, guild, notice().key)
    return db


async def plan(db: Database, guild: int, *keys: str) -> None:
    notices = [replace(notice(), key=key) for key in keys]
    await db.write(lambda tables: planned.sync(tables, guild, notices, now=NOW))


async def test_what_is_for_a_server_that_is_not_there_is_not_touched_until_it_is(db: Database) -> None:
    before = outbox.of_guild(db.reader, AWAY)
    assert [row.guild_id for row in await claim(db)] == [GUILD]
    assert await claim(db) == []
    assert outbox.of_guild(db.reader, AWAY) == before
    assert [row.attempts for row in await claim(db, there=frozenset({AWAY}))] == [1]
    db.close()


async def test_nobody_wakes_for_what_waits_for_its_server(db: Database) -> None:
    await claim(db)
    assert claims.waiting(db.reader, now=NOW, wall=NOW) == claims.Waiting(NOW, None, None)
    db.close()


async def test_what_became_due_since_the_last_claim_is_not_slept_through(db: Database) -> None:
    await claim(db)
    before = NOW - timedelta(milliseconds=1)
    assert claims.waiting(db.reader, now=before, wall=before) == claims.Waiting(NOW, NOW, None)
    db.close()


@pytest.mark.parametrize(
    ("sent_perhaps", "minutes", "there", "why"),
    [
        (False, 59, False, None),
        (False, 60, True, "too late to be useful"),
        (False, 60, False, "the server was not there before it was too late"),
        # It is looked for, when its server is there; whoever removed the bot does not bring it back.
        (True, 60 + 24 * 60, True, None),
        (True, 59 + 24 * 60, False, None),
        (True, 60 + 24 * 60, False, "x"),
    ],
)
async def test_a_server_that_does_not_come_back_keeps_nothing_for_ever(
    db: Database, *, sent_perhaps: bool, minutes: int, there: bool, why: str | None
) -> None:
    await claim(db)
    if sent_perhaps:
        (row,) = await claim(db, there=frozenset({AWAY}))
        await put_back(db, row, NOW, certain=False)
    known = frozenset({AWAY}) if there else NOBODY
    ended = await db.write(lambda tables: claims.expire(tables, later(minutes), there=known))
    assert [(row.guild_id, row.state, row.last_error) for row in ended] == ([(AWAY, State.EXPIRED, why)] if why else [])
    db.close()


async def test_a_claim_takes_as_many_turns_as_there_is_room_for(db: Database) -> None:
    await plan(db, GUILD, *"abcdefgh")
    # The last one may take more than is left: one that takes more than all the room would never go.
    assert [len(await claim(db, room=room, turns=3)) for room in (1, 3, 4, 99)] == [1, 1, 2, 4]
    db.close()


async def test_what_is_due_is_looked_through_without_reading_rows(db: Database) -> None:
    asked: list[str] = []
    await db.aside(lambda tables: tables.conn.set_trace_callback(asked.append))
    await claimed(db, NOW)
    await db.write(lambda tables: claims.expire(tables, NOW, there=NOBODY))
    await db.aside(lambda tables: tables.conn.set_trace_callback(None))
    plans = [
        [row[3] for row in db.reader.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()]
        for query in asked
        if query.startswith(("SELECT *", "UPDATE outbox SET state = 'expired'"))
    ]
    looks = [step for plan in plans for step in plan if "outbox_due" in step]
    assert looks == ["SEARCH outbox USING COVERING INDEX outbox_due (due_at<?)"] * 2
    db.close()
