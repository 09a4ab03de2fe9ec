"""Which thread is for what: a deleted one is known by its id, and what waited for one is found quickly."""

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage import threads
from bot.storage.database import Database, Tables
from bot.storage.delivery import outbox, told
from bot.storage.delivery.outbox import Op, Row, State

NOW = datetime(2025, 4, 28, 16, tzinfo=UTC)
GUILD, SUBJECT = 7, "poster/p1"
_FACTS = Facts(NoticeKind.POSTER, ("p1",))


async def opening(db: Database) -> Row:
    """The row that is to open the thread next."""
    await db.write(partial(threads.want, guild_id=GUILD, subject=SUBJECT, facts=_FACTS, priority=1, due_at=NOW))
    return [row for row in outbox.of_guild(db.reader, GUILD) if row.op is Op.THREAD][-1]


async def test_a_thread_that_is_missed_twice_is_opened_anew_once(tmp_path: Path) -> None:
    db = Database.open(tmp_path / "usher.db")
    await db.write(partial(threads.opened, row=await opening(db), thread_id=1, wall=NOW))
    lost = partial(threads.lost, guild_id=GUILD, thread_id=1, now=NOW)
    assert await db.write(lost) == SUBJECT
    await db.write(partial(threads.opened, row=await opening(db), thread_id=2, wall=NOW))
    assert await db.write(lost) is None
    found = threads.of_subject(db.reader, GUILD, SUBJECT)
    assert found is not None
    assert found.thread_id == 2
    db.close()


async def test_what_waited_for_a_thread_goes_out_and_is_found_by_indices(tmp_path: Path) -> None:
    db = Database.open(tmp_path / "usher.db")
    for key in ("failed", "waiting", "elsewhere", "sent"):
        add = partial(told.add, guild_id=GUILD, key=f"act:{key}", op=Op.MESSAGE, facts=_FACTS, priority=1, due_at=NOW)
        place = "poster/p2" if key == "elsewhere" else SUBJECT
        await db.write(partial(add, place=place, expires_at=NOW + timedelta(hours=1)))
    row, asked = await opening(db), list[str]()

    def write(tables: Tables) -> None:
        tables.execute("UPDATE outbox SET state = 'failed', done_at = 1 WHERE dedupe_key = 'act:failed'")
        tables.execute("UPDATE outbox SET state = 'failed', done_at = 1 WHERE dedupe_key = 'act:elsewhere'")
        tables.execute("UPDATE outbox SET state = 'sent', done_at = 1 WHERE dedupe_key = 'act:sent'")
        tables.execute("UPDATE outbox SET retry_at = 5 WHERE dedupe_key = 'act:waiting'")
        tables.conn.set_trace_callback(asked.append)
        threads.opened(tables, row, 1, NOW)
        tables.conn.set_trace_callback(None)

    await db.write(write)
    retry = "SELECT dedupe_key, state, retry_at FROM outbox WHERE op = 'message' ORDER BY id"
    assert db.reader.execute(retry).fetchall() == [
        ("act:failed", State.QUEUED, 0),
        ("act:waiting", State.QUEUED, 0),
        ("act:elsewhere", State.FAILED, 0),
        ("act:sent", State.SENT, 0),
    ]
    updates = [query for query in asked if query.startswith("UPDATE outbox")]
    steps = [step[3] for query in updates for step in db.reader.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert steps == [
        "SEARCH outbox USING INDEX outbox_failed (guild_id=? AND op=?)",
        "SEARCH outbox USING INDEX outbox_retry (retry_at>?)",
    ]
    db.close()
