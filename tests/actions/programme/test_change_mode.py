"""One act: drafts become edits and rows, together, once; a later one takes back what is still to be told."""

from functools import partial

import pytest
from msgspec.structs import replace

from bot.actions.programme.change_mode import change_mode, foresee_mode
from bot.actions.programme.reach import Reach
from bot.chat.organizing.following import Following
from bot.domain.attendance import Attends, Settings
from bot.domain.changes.apply import apply_edits
from bot.domain.changes.live import Standing
from bot.domain.changes.mode import ModeRequest, Scope, set_mode, taken_back
from bot.domain.event import Mode, Server
from bot.domain.reminders.repeats import Repeat
from bot.storage import people
from bot.storage.database import Database
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import Op, Priority, Row, State
from bot.storage.programme import live_edits, mode_changes
from bot.storage.programme.mode_changes import ModeChange, Stage
from tests.chat.samples import at, program
from tests.planned import plan_guild

SMALL = program(server=Server({"announcements": "announcements", "schedule": "schedule"}))
#: Before the talk at 09:10; the opening is over.
NOW = at(-80)
DAY = SMALL.day_of(SMALL.sessions[0])
SUPERSEDED = "superseded by a later change"
ONLINE = ModeRequest(Scope.DAY, Mode.ONLINE, day=DAY, why="A storm")


@pytest.fixture
async def db(db: Database) -> Database:
    await plan_guild(db, 1, SMALL, now=at(-600))
    return db


def standing(db: Database) -> Standing:
    kept = live_edits.of_guild(db.reader, 1, "small")
    return Standing(SMALL, apply_edits(SMALL, kept).program, NOW)


async def draft(db: Database, request: ModeRequest = ONLINE, undoes: int | None = None) -> ModeChange:
    store = partial(mode_changes.draft, guild_id=1, event_id="small", request=request, mark="m", by="7", at=NOW)
    made = mode_changes.of_id(db.reader, 1, await db.write(partial(store, undoes=undoes)))
    assert made is not None
    return made


async def done(db: Database, change: ModeChange) -> Reach | None:
    at_ = standing(db)
    undone = mode_changes.of_id(db.reader, 1, change.undoes) if change.undoes else None
    edits = taken_back(at_, undone.before, None) if undone else set_mode(at_, change.request)
    return await change_mode(db, 1, at_, change, edits, by="7", shown=Following(NOW, ()))


async def wants_copies(db: Database, user_id: int, attends: Attends | None = None) -> None:
    settings = Settings(attends, copies=True, dm_channel_id=user_id + 100)
    await db.write(lambda tables: people.put(tables, 1, user_id, settings))


def news(db: Database, state: State = State.QUEUED) -> list[Row]:
    return [
        row for row in outbox.of_guild(db.reader, 1) if (row.key.startswith("act:mode:"), row.state) == (True, state)
    ]


def act_of(row: Row) -> int:
    return int(row.key.split(":")[2])


async def test_everybody_is_told_at_once_and_again_who_wants_copies_directly(db: Database) -> None:
    await wants_copies(db, 8)
    await db.write(lambda tables: people.put(tables, 1, 9, Settings(Attends.ONLINE)))
    change = await draft(db)
    reach = await done(db, change)
    assert reach is not None
    times = [(NOW, "now"), (at(-60), "T-60m"), (at(-50), "+30m"), (at(-15), "T-15m"), (at(0), "T-0")]
    rows = news(db)
    assert [(row.due_at, row.key) for row in rows if row.op is Op.MESSAGE] == [
        (due, f"act:mode:{change.id}:all:{name}") for due, name in times
    ]
    assert [(row.due_at, row.place, row.channel_id) for row in rows if row.op is Op.DM] == [
        (due, "8", 108) for due, _ in times
    ]
    assert {row.priority for row in rows if row.op is Op.DM} == {Priority.PERSONAL}
    assert {(row.facts.day, row.facts.why, row.expires_at) for row in rows} == {(DAY, "A storm", at(180))}
    assert [one.id for one in mode_changes.to_take_back(db.reader, 1, "small")] == [change.id]


async def test_the_same_draft_twice_does_nothing_more(db: Database) -> None:
    change = await draft(db)
    at_ = standing(db)
    edits = set_mode(at_, change.request)
    again = partial(change_mode, db, 1, at_, change, edits, by="7", shown=Following(NOW, ()))
    assert await again() is not None
    before = (outbox.of_guild(db.reader, 1), live_edits.of_guild(db.reader, 1, "small"))
    assert await again() is None
    assert (outbox.of_guild(db.reader, 1), live_edits.of_guild(db.reader, 1, "small")) == before


async def test_what_is_foreseen_is_what_is_done(db: Database) -> None:
    change, at_ = await draft(db), standing(db)
    edits = set_mode(at_, change.request)
    seen = foresee_mode(db.reader, 1, SMALL, edits, Following(NOW, ()), NOW)
    assert (live_edits.of_guild(db.reader, 1, "small"), news(db)) == ([], [])
    assert await done(db, change) == seen


async def test_times_that_were_switched_off_are_left_out(db: Database) -> None:
    change = replace(await draft(db), without=(Repeat.NOW, Repeat.SOON, Repeat.START))
    await done(db, change)
    assert [row.key.rpartition(":")[2] for row in news(db)] == ["T-60m", "T-15m"]


async def test_a_later_change_of_the_same_sessions_takes_back_what_is_queued(db: Database) -> None:
    first = await draft(db, ModeRequest(Scope.SESSION, Mode.ONLINE, "s2"))
    await done(db, first)
    second = await draft(db, ModeRequest(Scope.SESSION, Mode.IN_PERSON, "s2"))
    await done(db, second)
    assert {act_of(row) for row in news(db)} == {second.id}
    taken = news(db, State.CANCELLED)
    assert {(act_of(row), row.last_error) for row in taken} == {(first.id, SUPERSEDED)}


async def test_a_later_change_of_one_session_leaves_what_is_told_of_the_others_of_the_day(db: Database) -> None:
    await wants_copies(db, 8)
    first = await draft(db)
    await done(db, first)
    before = news(db)
    second = await draft(db, ModeRequest(Scope.SESSION, Mode.HYBRID, "s3"))
    await done(db, second)
    assert [row for row in news(db) if act_of(row) == first.id] == before
    assert {act_of(row) for row in news(db)} == {first.id, second.id}


async def test_what_is_told_of_the_day_goes_by_the_first_session_that_no_later_change_took(db: Database) -> None:
    await wants_copies(db, 8)
    first = await draft(db)
    await done(db, first)
    await done(db, await draft(db, ModeRequest(Scope.SESSION, Mode.HYBRID, "s1")))
    left = [(NOW, "now"), (at(-50), "T-60m"), (at(-5), "T-15m"), (at(10), "T-0")]
    for op in (Op.MESSAGE, Op.DM):
        rows = [row for row in news(db) if act_of(row) == first.id and row.op is op]
        assert [(row.due_at, row.key.rpartition(":")[2]) for row in rows] == left


async def test_a_day_whose_sessions_were_all_changed_one_by_one_is_told_of_no_more(db: Database) -> None:
    first = await draft(db)
    await done(db, first)
    for name in ("s1", "s2", "s3", "s4"):
        assert any(act_of(row) == first.id for row in news(db))
        await done(db, await draft(db, ModeRequest(Scope.SESSION, Mode.HYBRID, name)))
    taken = news(db, State.CANCELLED)
    assert {(act_of(row), row.last_error) for row in taken} == {(first.id, SUPERSEDED)}
    assert first.id not in {act_of(row) for row in news(db)}


async def test_a_later_change_of_other_sessions_leaves_it(db: Database) -> None:
    for name in ("s2", "s4"):
        await done(db, await draft(db, ModeRequest(Scope.SESSION, Mode.ONLINE, name)))
    assert len({row.key.split(":")[2] for row in news(db)}) == 2


async def test_undo_brings_back_what_was_and_is_told(db: Database) -> None:
    first = await draft(db, ModeRequest(Scope.SESSION, Mode.IN_PERSON, "s2"))
    await done(db, first)
    kept = live_edits.of_guild(db.reader, 1, "small")
    second = await draft(db)
    await done(db, second)
    back = await draft(db, replace(second.request, mode=None), undoes=second.id)
    await done(db, back)
    assert [(edit.session, edit.value) for edit in live_edits.of_guild(db.reader, 1, "small")] == [
        (edit.session, edit.value) for edit in kept
    ]
    assert {row.key.split(":")[2] for row in news(db)} == {str(back.id)}
    undone = mode_changes.of_id(db.reader, 1, second.id)
    assert undone is not None
    assert undone.stage is Stage.UNDONE
    assert [one.id for one in mode_changes.to_take_back(db.reader, 1, "small")] == [first.id]


async def test_what_tells_of_sessions_that_are_over_is_not_edited(db: Database) -> None:
    await db.write(
        lambda tables: tables.execute(
            "UPDATE outbox SET state = 'sent', done_at = due_at, channel_id = 5, message_id = 1000 + id"
        )
    )
    later = Standing(SMALL, SMALL, at(20))
    change = await draft(db, ModeRequest(Scope.EVENT, Mode.ONLINE))
    edits = set_mode(later, change.request)
    reach = await change_mode(db, 1, later, change, edits, by="7", shown=Following(at(20), ()))
    assert reach is not None
    concerned = {name for row in reach.messages for name in row.facts.ids}
    assert "s1" not in concerned
    assert {"s2", "s4"} <= concerned


async def test_drafts_are_forgotten_after_a_day_and_are_their_guilds_own(db: Database) -> None:
    change = await draft(db)
    assert mode_changes.of_id(db.reader, 2, change.id) is None
    later = at(60 * 24)
    store = partial(mode_changes.draft, guild_id=1, event_id="small", request=ONLINE, mark="m", by="7", at=later)
    await db.write(store)
    assert mode_changes.of_id(db.reader, 1, change.id) is None
