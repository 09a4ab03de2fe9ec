"""What an attempt leaves behind: when the first one began whose outcome nobody knows."""

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.domain.people import Group
from bot.domain.reminders.notice import Facts, Notice, NoticeKind
from bot.storage.database import Database, Tables
from bot.storage.delivery import claims, outbox, planned, reports, told
from bot.storage.delivery.outbox import Op, Row, State

NOW = datetime(2025, 4, 28, 16, tzinfo=UTC)
LEASE = timedelta(seconds=60)
GUILD = 7
THERE = frozenset({GUILD})


def notice() -> Notice:
    return Notice("k", Facts(NoticeKind.DIGEST), Group.PUBLIC, "schedule", NOW, NOW + timedelta(hours=1))


async def claim(
    db: Database, wall: datetime = NOW, *, there: frozenset[int] = THERE, room: int = 9, turns: int = 1
) -> list[Row]:
    act = partial(claims.claim, now=NOW, wall=wall, lease=LEASE, there=there, room=room, turns=lambda _: turns)
    return await db.write(act)


async def claimed(db: Database, wall: datetime) -> Row:
    (row,) = await claim(db, wall)
    return row


async def put_back(db: Database, row: Row, wall: datetime, *, certain: bool) -> None:
    await db.write(lambda tables: claims.put_back(tables, row, retry_at=wall, error="x", certain=certain))


#: Between two attempts; where it is below zero, the machine's clock was set back.
@pytest.mark.parametrize("apart", [timedelta(minutes=1), timedelta(0), timedelta(minutes=-10)])
@pytest.mark.parametrize(
    ("outcomes", "since"),
    [
        ([True], 1),  # surely not taken: nothing to look for
        ([False], 0),
        ([False, True], 0),  # the first may have been taken, whatever came of the second
        ([True, False], 1),
        ([True, True], 2),
    ],
)
async def test_the_first_uncertain_attempt_is_remembered(
    tmp_path: Path, outcomes: list[bool], since: int, apart: timedelta
) -> None:
    db = Database.open(tmp_path / "usher.db")
    await db.write(lambda tables: planned.sync(tables, GUILD, [notice()], now=NOW))
    for attempt, certain in enumerate(outcomes):
        wall = NOW + attempt * apart
        await put_back(db, await claimed(db, wall), wall, certain=certain)
    row = await claimed(db, NOW + len(outcomes) * apart)
    assert row.claimed_at == (NOW + since * apart if since < len(outcomes) else None)
    db.close()


async def test_an_attempt_that_a_crash_cut_off_is_remembered(tmp_path: Path) -> None:
    db = Database.open(tmp_path / "usher.db")
    await db.write(lambda tables: planned.sync(tables, GUILD, [notice()], now=NOW))
    await claimed(db, NOW)
    await db.write(claims.take_over)
    row = await claimed(db, later(1))
    assert (row.claimed_at, row.attempts) == (NOW, 2)
    db.close()


@pytest.mark.parametrize("tried_before", [False, True])
async def test_what_was_not_tried_is_as_if_it_had_not_been_claimed(tmp_path: Path, *, tried_before: bool) -> None:
    db = Database.open(tmp_path / "usher.db")
    await db.write(lambda tables: planned.sync(tables, GUILD, [notice()], now=NOW))
    if tried_before:
        await put_back(db, await claimed(db, NOW), NOW, certain=False)
    (before,) = outbox.of_guild(db.reader, GUILD)
    row = await claimed(db, later(1))
    await db.write(lambda tables: claims.give_back(tables, row, why="the server is not there now"))
    assert outbox.of_guild(db.reader, GUILD) == [replace(before, last_error="the server is not there now")]
    assert await claim(db, later(1)) == [replace(row, last_error="the server is not there now")]
    db.close()


async def test_a_clock_that_was_set_back_strands_no_retry_and_no_lease(tmp_path: Path) -> None:
    db = Database.open(tmp_path / "usher.db")
    await db.write(lambda tables: planned.sync(tables, GUILD, [notice()], now=NOW))
    later = NOW + timedelta(hours=1)
    row = await claimed(db, later)
    assert outbox.of_guild(db.reader, GUILD)[0].state == "leased"
    await db.write(lambda tables: claims.release_stale(tables, NOW, lease=LEASE))
    row = await claimed(db, NOW)
    await put_back(db, row, later, certain=True)
    again = await claimed(db, NOW)
    assert again.id == row.id
    await put_back(db, again, NOW + claims.LONGEST_WAIT, certain=True)
    assert await claim(db) == []
    db.close()


def change(tables: Tables) -> None:
    """Ask that a message is edited, again and again the same one."""
    told.anew(tables, GUILD, "act:edit:1", Facts(NoticeKind.DIGEST), of=1, priority=1, due_at=NOW, expires_at=later(60))


@pytest.mark.parametrize("ending", ["finish", "give back", "put back"])
async def test_an_attempt_ends_its_own_claim_alone(tmp_path: Path, ending: str) -> None:
    db = Database.open(tmp_path / "usher.db")
    await db.write(change)
    first = await claimed(db, NOW)
    await db.write(change)
    second = await claimed(db, NOW)
    match ending:
        case "finish":
            await db.write(partial(claims.finish, row=first, state=State.SENT, now=NOW))
        case "give back":
            await db.write(partial(claims.give_back, row=first, why="x"))
        case _:
            await put_back(db, first, NOW, certain=True)
    (row,) = outbox.of_guild(db.reader, GUILD)
    assert (second.id, row.state, row.attempts) == (first.id, State.LEASED, 2)
    await put_back(db, second, NOW, certain=False)
    assert [row.state for row in outbox.of_guild(db.reader, GUILD)] == [State.QUEUED]
    db.close()


async def test_what_is_under_way_is_not_claimed_a_second_time(tmp_path: Path) -> None:
    db = Database.open(tmp_path / "usher.db")
    await db.write(change)
    first = await claimed(db, NOW)
    await db.write(change)
    act = partial(claims.claim, now=NOW, wall=NOW, lease=LEASE, there=THERE, room=9, turns=lambda _: 1)
    assert await db.write(partial(act, under_way=[first.id])) == []
    assert [row.id for row in await db.write(act)] == [first.id]
    db.close()


def later(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


async def test_what_the_queue_waits_for_is_read_from_indices_alone(tmp_path: Path) -> None:
    db = Database.open(tmp_path / "usher.db")
    notices = [replace(notice(), key=str(due), due_at=later(due), expires_at=later(600)) for due in (0, 1, 30)]
    await db.write(lambda tables: planned.sync(tables, GUILD, notices, now=NOW))
    await put_back(db, await claimed(db, NOW), later(5), certain=True)
    asked: list[str] = []
    db.reader.conn.set_trace_callback(asked.append)
    assert claims.waiting(db.reader, now=NOW, wall=NOW) == claims.Waiting(NOW, later(1), later(5))
    db.reader.conn.set_trace_callback(None)
    steps = [row[3] for query in asked for row in db.reader.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()]
    assert len(steps) == 3
    assert all("COVERING INDEX" in step and "TEMP B-TREE" not in step for step in steps)
    db.close()


async def test_what_a_change_looks_for_is_found_without_going_through_a_guilds_rows(tmp_path: Path) -> None:
    db = Database.open(tmp_path / "usher.db")
    asked: list[str] = []

    def look(tables: Tables) -> None:
        tables.conn.set_trace_callback(asked.append)
        planned.sync(tables, GUILD, [], now=NOW)
        told.naming(tables, GUILD, ["s1"], [NOW.date()])
        tables.conn.set_trace_callback(None)

    await db.write(look)
    steps = [step[3] for query in asked for step in db.reader.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()]
    found = [step for step in steps if "outbox" in step and "INTEGER PRIMARY KEY" not in step]
    ranges = ["SEARCH outbox USING INDEX sqlite_autoindex_outbox_1 (guild_id=? AND dedupe_key>? AND dedupe_key<?)"]
    assert found == [
        *(ranges * 4),
        "SEARCH outbox USING COVERING INDEX outbox_done (guild_id=? AND state=? AND op=? AND done_at>?)",
        "SCAN outbox USING INDEX outbox_leased",
        "SEARCH outbox USING INDEX outbox_perhaps_said (guild_id=? AND op=?)",
    ]
    db.close()


async def test_what_was_or_may_have_been_said_is_found_by_what_it_names(tmp_path: Path) -> None:
    db = Database.open(tmp_path / "usher.db")
    about = replace(notice(), facts=Facts(NoticeKind.SESSIONS, ("s1",)), expires_at=later(600))
    notices = [replace(about, key=key) for key in ("sent", "under way", "perhaps", "surely not")]
    notices.append(replace(about, key="waiting", due_at=later(5)))
    await db.write(lambda tables: planned.sync(tables, GUILD, notices, now=NOW))
    for row in await claim(db):
        if row.key == "sent":
            await db.write(partial(claims.finish, row=row, state=State.SENT, now=NOW))
        elif row.key != "under way":
            await put_back(db, row, later(5), certain=row.key == "surely not")
    assert [row.key for row in told.naming(db.reader, GUILD, ["s1"], [])] == ["sent", "under way", "perhaps"]
    assert told.naming(db.reader, GUILD + 1, ["s1"], []) == told.naming(db.reader, GUILD, ["s2"], []) == []
    db.close()


async def test_a_start_tries_at_once_what_waited_for_its_next_attempt(tmp_path: Path) -> None:
    db = Database.open(tmp_path / "usher.db")
    await db.write(lambda tables: planned.sync(tables, GUILD, [notice()], now=NOW))
    await put_back(db, await claimed(db, NOW), later(5), certain=True)
    await db.write(claims.take_over)
    assert (await claimed(db, NOW)).attempts == 2
    db.close()


async def test_a_report_that_may_have_gone_out_stays_as_it_was_said(tmp_path: Path) -> None:
    db = Database.open(tmp_path / "usher.db")
    await db.write(lambda tables: planned.sync(tables, GUILD, [notice()], now=NOW))
    (failed,) = outbox.of_guild(db.reader, GUILD)
    await db.write(lambda tables: claims.expire(tables, later(61), there=THERE))

    async def told_of(row: Row) -> list[tuple[str, ...]]:
        await db.write(lambda tables: reports.tell(tables, [row], NOW))
        return [row.facts.ids for row in outbox.of_guild(db.reader, GUILD) if row.facts.kind is NoticeKind.REPORT]

    assert await told_of(failed) == [("1",)]
    assert await told_of(replace(failed, id=8)) == [("1", "8")]
    await put_back(db, await claimed(db, NOW), NOW, certain=False)
    assert await told_of(replace(failed, id=9)) == [("1", "8"), ("9",)]
    db.close()


@pytest.mark.parametrize(("op", "name"), [(Op.MESSAGE, "row 1 (k)"), (Op.DM, "row 1 (dm)")])
def test_a_log_does_not_tell_of_a_persons_agenda(op: Op, name: str) -> None:
    row = Row(1, GUILD, "k", op, "7", Group.PUBLIC, Facts(NoticeKind.PERSONAL), 1, NOW, NOW)
    assert row.name == name
