"""What an attempt leaves behind: when the first one began whose outcome nobody knows."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.people import Group
from bot.domain.reminders.notice import Facts, Notice, NoticeKind
from bot.storage import claims, outbox, planned
from bot.storage.database import Database
from bot.storage.outbox import Row

NOW = datetime(2025, 4, 28, 16, tzinfo=UTC)
LEASE = timedelta(seconds=60)
GUILD = 7


def notice() -> Notice:
    return Notice("k", Facts(NoticeKind.DIGEST), Group.PUBLIC, "schedule", NOW, NOW + timedelta(hours=1))


async def claimed(db: Database, wall: datetime) -> Row:
    (row,) = await db.write(lambda tables: claims.claim(tables, now=NOW, wall=wall, lease=LEASE, most=9))
    return row


async def put_back(db: Database, row: Row, wall: datetime, *, certain: bool) -> None:
    await db.write(lambda tables: claims.put_back(tables, row, retry_at=wall, error="x", certain=certain, lease=LEASE))


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
async def test_the_first_uncertain_attempt_is_remembered(tmp_path: Path, outcomes: list[bool], since: int) -> None:
    db = Database.open(tmp_path / "usher.db")
    await db.write(lambda tables: planned.sync(tables, GUILD, [notice()], now=NOW))
    for attempt, certain in enumerate(outcomes):
        wall = NOW + timedelta(minutes=attempt)
        row = await claimed(db, wall)
        await put_back(db, row, wall, certain=certain)
    assert (await claimed(db, NOW + timedelta(minutes=len(outcomes)))).claimed_at == NOW + timedelta(minutes=since)
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
    assert (await claimed(db, NOW)).id == row.id
    await put_back(db, row, NOW + claims.LONGEST_WAIT, certain=True)
    assert await db.write(lambda tables: claims.claim(tables, now=NOW, wall=NOW, lease=LEASE, most=9)) == []
    db.close()
