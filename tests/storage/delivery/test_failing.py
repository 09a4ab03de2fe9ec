"""What fails again and again: how long it waits each time, and when organizers are told."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.delivery.outcome import Later, Outcome, Sent
from bot.delivery.recorder import Recorder
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.database import Database, Tables
from bot.storage.delivery import outbox, reports, told
from bot.storage.delivery.outbox import Op, Row
from tests.storage.delivery.test_outbox import GUILD, NOW, change, claim, later


@pytest.mark.parametrize("meanwhile", [False, True], ids=["after it ended", "while it is sent"])
async def test_what_fails_waits_by_how_often_it_failed_since_it_ended_last(tmp_path: Path, meanwhile: bool) -> None:
    """A row that is used anew again and again: the edits of what many upvote, a role, a plan."""
    db = Database.open(tmp_path / "usher.db")
    recorder = Recorder(db, SystemClock(), lambda done: recorded.set())
    recorded = asyncio.Event()
    running = asyncio.create_task(recorder.run())

    async def ends(outcome: Outcome) -> Row:
        row = (await claim(db, SystemClock().now() + timedelta(hours=1)))[0]
        if meanwhile:
            await db.write(change)
        recorded.clear()
        recorder.put(row, outcome)
        await recorded.wait()
        return row

    await db.write(change)
    for _ in range(20):
        await ends(Sent(1, 1))
        await db.write(change)
    meanwhile, began = False, SystemClock().now()
    waits: list[int] = []
    reports_at: list[int] = []
    for attempt in range(1, 13):
        row = await ends(Later("x", 2.0))
        ((retry_at,),) = db.reader.execute("SELECT retry_at FROM outbox WHERE id = ?", [row.id])
        waits.append(round((outbox.instant(retry_at) - began).total_seconds()))
        if any(one.facts.kind is NoticeKind.REPORT for one in outbox.of_guild(db.reader, GUILD)):
            reports_at.append(attempt)
    running.cancel()
    assert (waits[:4], reports_at) == ([2, 4, 8, 16], [12])
    db.close()


async def test_what_no_role_can_be_given_for_is_told_once_a_day(tmp_path: Path) -> None:
    db = Database.open(tmp_path / "usher.db")
    known, day = 0, 24 * 60

    async def told_when(minute: int, author: int, why: str = "no") -> bool:
        """Whether it makes a report that the role of another author is not given for this reason."""

        def write(tables: Tables) -> int:
            facts = Facts(NoticeKind.AUTHOR_ROLE)
            key = f"act:role:{author}"
            told.anew(tables, GUILD, key, facts, of=author, op=Op.ROLE, priority=1, due_at=NOW, expires_at=later(9))
            tables.execute(
                "UPDATE outbox SET state = 'failed', last_error = ?, done_at = ? WHERE dedupe_key = ?",
                [why, outbox.millis(later(minute)), key],
            )
            (row,) = [one for one in outbox.of_guild(tables, GUILD) if one.key == key]
            reports.tell(tables, [row], later(minute))
            found = [one.id for one in outbox.of_guild(tables, GUILD) if one.facts.kind is NoticeKind.REPORT]
            tables.execute(
                "UPDATE outbox SET state = 'sent' WHERE id IN (SELECT value FROM json_each(?))", [str(found)]
            )
            return len(found)

        nonlocal known
        before, known = known, await db.write(write)
        return known > before

    assert [await told_when(0, 1), await told_when(5, 2), await told_when(6, 3, "other")] == [True, False, True]
    # A day after the last one.
    assert [await told_when(day + 4, 4), await told_when(2 * day + 5, 5), await told_when(2 * day + 6, 6)] == [
        *(False, True, False)
    ]
    db.close()
