"""What tells again how people attend moves with the session that it is about, in the act that moves that."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from msgspec.structs import replace

from bot.actions.programme.change_session import change_session
from bot.chat.organizing.following import Following
from bot.domain.changes import live
from bot.domain.changes.edit import Edit
from bot.domain.changes.live import Standing
from bot.domain.changes.mode import ModeRequest, Scope
from bot.domain.event import Mode
from bot.domain.program import Program
from bot.storage.database import Database
from bot.storage.delivery.outbox import Op, Row, State
from tests.actions.programme.test_change_mode import DAY, NOW, SMALL, done, draft, news, standing, wants_copies
from tests.chat.samples import at
from tests.planned import plan_guild

ONE = ModeRequest(Scope.SESSION, Mode.ONLINE, "s2")


@pytest.fixture
async def db(db: Database) -> Database:
    await plan_guild(db, 1, SMALL, now=at(-600))
    return db


async def changed(db: Database, edits: Sequence[Edit], act: int, now: datetime = NOW) -> None:
    await change_session(db, 1, SMALL, edits, act=act, at=now, by="7", shown=Following(now, ()))


async def delayed(db: Database, minutes: int, act: int = 1, now: datetime = NOW) -> None:
    await changed(db, live.delay(replace(standing(db), now=now), "s2", minutes), act, now)


def times(rows: Sequence[Row], op: Op = Op.MESSAGE) -> dict[str, datetime]:
    return {row.key.rpartition(":")[2]: row.due_at for row in rows if row.op is op}


def moved_by(minutes: int) -> Program:
    later = [
        replace(one, start=at(10 + minutes), end=at(50 + minutes)) if one.id == "s2" else one for one in SMALL.sessions
    ]
    return replace(SMALL, sessions=tuple(sorted(later, key=lambda one: one.start)))


async def test_what_is_told_before_the_start_moves_with_a_delay(db: Database) -> None:
    await wants_copies(db, 8)
    await done(db, await draft(db, ONE))
    before = times(news(db))
    assert before == {"now": NOW, "T-60m": at(-50), "T-15m": at(-5), "T-0": at(10)}
    await delayed(db, 60)
    after = {"now": NOW, "T-60m": at(10), "T-15m": at(55), "T-0": at(70)}
    assert (times(news(db)), times(news(db), Op.DM)) == (after, after)
    # Of use until the session ends.
    assert {row.expires_at for row in news(db)} == {at(110)} | {row.expires_at for row in news(db) if row.due_at == NOW}


async def test_what_is_moved_to_a_moment_that_has_passed_is_taken_back_until_it_has_one_again(db: Database) -> None:
    await done(db, await draft(db, ONE))
    await delayed(db, -10, now=at(-55))
    assert times(news(db)) == {"now": NOW, "T-15m": at(-15), "T-0": at(0)}
    await delayed(db, 20, act=2, now=at(-54))
    assert times(news(db)) == {"now": NOW, "T-60m": at(-40), "T-15m": at(5), "T-0": at(20)}


async def test_what_is_about_a_cancelled_session_is_taken_back_and_comes_with_it(db: Database) -> None:
    await done(db, await draft(db, ONE))
    before = times(news(db))
    await changed(db, live.cancel(standing(db), "s2"), 1)
    assert (times(news(db)), len(news(db, State.CANCELLED))) == ({"now": NOW}, 3)
    await changed(db, live.restore(standing(db), "s2"), 2)
    assert times(news(db)) == before


async def test_what_a_later_change_took_the_place_of_does_not_come_back(db: Database) -> None:
    first = await draft(db, ONE)
    await done(db, first)
    await delayed(db, -10, now=at(-55))
    second = await draft(db, replace(ONE, mode=Mode.IN_PERSON))
    await done(db, second)
    await delayed(db, 30, act=2, now=at(-54))
    assert {row.key.split(":")[2] for row in news(db)} == {str(second.id)}


async def test_of_a_whole_day_it_follows_what_comes_first(db: Database) -> None:
    await done(db, await draft(db, ModeRequest(Scope.DAY, Mode.ONLINE, day=DAY)))
    opening = live.delay(Standing(SMALL, standing(db).program, NOW), "s1", 5)
    await changed(db, opening, 1)
    assert times(news(db)) == {"now": NOW, "+30m": at(-50), "T-60m": at(-55), "T-15m": at(-10), "T-0": at(5)}


async def test_it_follows_the_files_too(db: Database) -> None:
    await done(db, await draft(db, ONE))
    await plan_guild(db, 1, moved_by(60), now=NOW)
    assert times(news(db)) == {"now": NOW, "T-60m": at(10), "T-15m": at(55), "T-0": at(70)}


async def test_what_was_due_already_is_left_as_it_is(db: Database) -> None:
    await done(db, await draft(db, ONE))
    await delayed(db, 60, now=at(-40))
    assert times(news(db)) == {"now": NOW, "T-60m": at(-50), "T-15m": at(55), "T-0": at(70)}
