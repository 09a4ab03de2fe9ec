"""One act: the edits, the plan, the news, and what was posted before, together or not at all."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from functools import partial

import pytest
from msgspec.structs import replace

from bot.actions.programme.change_session import change_session, foresee
from bot.actions.programme.reach import Reach
from bot.chat.organizing.following import Following
from bot.domain.audit import ActKind, Entry
from bot.domain.changes.change import Change, Field
from bot.domain.changes.edit import Edit
from bot.domain.changes.live import Standing, cancel, delay
from bot.domain.changes.written import span
from bot.domain.event import Server
from bot.domain.reminders.notice import NoticeKind
from bot.storage import audit
from bot.storage.database import Database, Tables
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import Op, Row, State
from bot.storage.programme import live_edits, shared_cards
from bot.storage.programme.shared_cards import SharedCard
from tests.chat.samples import at, program
from tests.planned import plan_guild

SMALL = program(server=Server({"announcements": "announcements", "schedule": "schedule"}))
ACT = 77
#: The T-15 of the talk at 09:10 was sent by then.
NOW = at(-4)


def delayed(minutes: int, session: str = "s2") -> tuple[Edit, ...]:
    return delay(Standing(SMALL, SMALL, NOW), session, minutes, "A late train")


async def changed(db: Database, edits: Sequence[Edit], *, act: int = ACT, now: datetime = NOW) -> Reach | None:
    return await change_session(db, 1, SMALL, edits, act=act, at=now, by="7", shown=Following(now, ()))


async def send_what_is_due(db: Database, now: datetime = NOW) -> None:
    """All that is due is sent, each with the row's id as the message's."""
    wanted = [row for row in outbox.of_guild(db.reader, 1) if row.due_at <= now]
    for row in wanted:
        query = "UPDATE outbox SET state = 'sent', done_at = due_at, channel_id = 5, message_id = ? WHERE id = ?"
        await db.write(partial(Tables.execute, sql=query, parameters=[1000 + row.id, row.id]))


def rows(db: Database, *, op: Op = Op.MESSAGE, state: State = State.QUEUED, guild: int = 1) -> list[Row]:
    return [row for row in outbox.of_guild(db.reader, guild) if (row.op, row.state) == (op, state)]


async def test_a_delay_is_stored_planned_and_told_once(db: Database) -> None:
    await plan_guild(db, 1, SMALL, now=at(-600))
    await plan_guild(db, 2, SMALL, now=at(-600))
    untouched = outbox.of_guild(db.reader, 2)
    await send_what_is_due(db)
    reach = await changed(db, delayed(20))
    assert reach is not None
    moved = Change("session", "s2", Field.TIME, span(at(10), at(50)), span(at(30), at(70)))
    assert reach.changes == (moved,)
    assert live_edits.of_guild(db.reader, 1, "small") == list(delayed(20))
    assert [row.due_at for row in rows(db) if row.key.startswith("start:") and "s2" in row.facts.ids] == [at(15)]
    (news,) = [row for row in rows(db) if row.key == f"act:changed:{ACT}"]
    assert (news.place, news.facts.changes, news.facts.why) == ("announcements", (moved,), "A late train")
    edits = rows(db, op=Op.EDIT)
    named = {row.id for row in rows(db, state=State.SENT) if "s2" in row.facts.ids or row.facts.kind == "digest"}
    assert {int(edit.place) for edit in edits} == named
    assert {edit.message_id for edit in edits} == {1000 + row_id for row_id in named}
    assert outbox.of_guild(db.reader, 2) == untouched


async def test_the_same_act_twice_does_nothing_more(db: Database) -> None:
    await changed(db, delayed(20))
    before = outbox.of_guild(db.reader, 1)
    assert await changed(db, delayed(40)) is None
    assert outbox.of_guild(db.reader, 1) == before
    assert live_edits.of_guild(db.reader, 1, "small") == list(delayed(20))


async def test_the_act_is_written_down_once_with_what_differs_and_why(db: Database) -> None:
    for _ in range(2):
        await changed(db, delayed(20))
    why = "moved 09:10–09:50 → 09:30–10:10. Why: A late train"
    assert audit.newest(db.reader, 1, most=9) == [Entry(NOW, 7, ActKind.CHANGE_SESSION, "Session 2", detail=why)]
    # The event names no channel for organizers.
    assert [row for row in rows(db) if row.facts.kind is NoticeKind.AUDIT] == []


@pytest.mark.parametrize("table", ["audit", "live_edit"])
async def test_an_act_and_its_entry_are_stored_together_or_not_at_all(db: Database, table: str) -> None:
    refuse = f"CREATE TRIGGER broken BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
    await db.write(lambda tables: tables.execute(refuse))
    with pytest.raises(sqlite3.IntegrityError, match="disk is full"):
        await changed(db, delayed(20))
    assert (audit.count(db.reader, 1), live_edits.of_guild(db.reader, 1, "small"), rows(db)) == (0, [], [])


async def test_what_is_foreseen_is_what_is_done(db: Database) -> None:
    await plan_guild(db, 1, SMALL, now=at(-600))
    await send_what_is_due(db)
    seen = foresee(db.reader, 1, SMALL, delayed(20), Following(NOW, ()))
    assert live_edits.of_guild(db.reader, 1, "small") == []
    assert await changed(db, delayed(20)) == seen


async def test_a_message_that_is_just_on_its_way_is_edited_too(db: Database) -> None:
    await plan_guild(db, 1, SMALL, now=at(-600))
    await db.write(lambda tables: tables.execute("UPDATE outbox SET state = 'leased' WHERE dedupe_key LIKE 'start:%'"))
    await changed(db, delayed(20))
    (on_its_way,) = [row for row in rows(db, state=State.LEASED) if "s2" in row.facts.ids]
    assert [edit.place for edit in rows(db, op=Op.EDIT)] == [str(on_its_way.id)]


@pytest.mark.parametrize(
    ("lookup", "follows"),
    [
        ("session||s2", True),
        ("session||s4", False),
        ("schedule|", True),
        ("now|", True),
        ("speaker||dawn", True),
        ("posters|", False),
        ("session||nothing", False),
    ],
)
async def test_shared_cards_follow_where_they_read_otherwise(db: Database, lookup: str, follows: bool) -> None:
    card = SharedCard(10, 1, 2, 3, lookup, NOW)
    await db.write(lambda tables: shared_cards.add(tables, card))
    await db.write(lambda tables: shared_cards.add(tables, replace(card, message_id=11, guild_id=2)))
    # The opening is on, and the talk is next.
    await changed(db, delayed(20), now=at(5))
    edits = [(edit.channel_id, edit.message_id, edit.facts.card) for edit in rows(db, op=Op.EDIT)]
    assert edits == ([(2, 10, lookup)] if follows else [])


async def test_a_cancelled_session_takes_its_reminders_back_and_a_second_change_undoes_it(db: Database) -> None:
    await plan_guild(db, 1, SMALL, now=at(-600))
    planned = {row.key: row.due_at for row in rows(db)}
    await changed(db, cancel(Standing(SMALL, SMALL, at(-600)), "s4"), now=at(-600))
    assert [row.key for row in rows(db) if "s4" in row.facts.ids and not row.key.startswith("act:")] == []
    back = Edit("s4", Field.CANCELLED, "no", "no")
    await changed(db, [back], act=78, now=at(-600))
    assert live_edits.of_guild(db.reader, 1, "small") == []
    assert {row.key: row.due_at for row in rows(db) if not row.key.startswith("act:")} == planned
