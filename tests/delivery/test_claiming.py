"""What the worker claims, and what it remembers of an attempt: of servers that are not there, and of old messages."""

import asyncio
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from bot.clock import SystemClock
from bot.delivery.outcome import Found, Later, Outcome, Sent, Unseen, Untried
from bot.delivery.pacing import Pacing
from bot.delivery.worker import CLAIM_AHEAD
from bot.storage.database import Database
from bot.storage.delivery import claims
from bot.storage.delivery.outbox import Priority, State
from tests.delivery.test_worker import SOUGHT, START, Answering, queue, rows, states, working
from tests.faults.delivered import until


class TurnedBack(SystemClock):
    """The machine's clock, which is set back ``by`` so much."""

    def __init__(self) -> None:
        self.by = timedelta(0)

    def now(self) -> datetime:
        return super().now() - self.by

    def wall(self) -> datetime:
        return super().wall() - self.by


async def test_what_waits_for_its_server_is_not_tried_and_goes_when_that_comes(db: Database) -> None:
    sender = Answering(there=frozenset({2}))
    await queue(db, "a", "b")
    async with working(db, sender) as worker:
        # One after the other: each time the worker has looked at what waits.
        for key in "cdefghijklmnopq":
            await queue(db, key, guild=2)
            worker.wake()
            await until(partial(sender.tried.__contains__, key))
        assert [(row.state, row.attempts) for row in rows(db).values()] == [(State.QUEUED, 0)] * 2
        sender.there = frozenset({1, 2})
        worker.wake()
        await until(lambda: states(db) == {"a": State.SENT, "b": State.SENT})
        assert [row.attempts for row in rows(db).values()] == [1, 1]


async def test_a_server_that_leaves_when_its_turn_has_come_costs_no_attempt(db: Database) -> None:
    sender = Answering()

    async def left(attempt: int) -> Outcome:
        if attempt > 1:
            return Sent(1, 2)
        sender.there = frozenset()
        return Untried("the server is not there now")

    sender.answers["a"] = left
    await queue(db, "a")
    async with working(db, sender) as worker:
        await until(lambda: rows(db)["a"].last_error is not None)
        assert (rows(db)["a"].attempts, rows(db)["a"].claimed_at) == (0, None)
        sender.there = frozenset({1})
        worker.wake()
        await until(lambda: states(db)["a"] is State.SENT)
        assert rows(db)["a"].attempts == 1


async def test_what_had_no_turn_when_the_bot_is_stopped_was_not_tried(db: Database) -> None:
    begun, released = asyncio.Event(), asyncio.Event()

    async def slow(_: int) -> Outcome:
        begun.set()
        await released.wait()
        return Sent(1, 2)

    await queue(db, "first", "second")
    async with working(db, Answering({"first": slow}), pacing=Pacing(None, in_flight=1)) as worker:
        await begun.wait()
        finishing = asyncio.create_task(worker.finish(2.0))
        await asyncio.sleep(0)
        released.set()
        await finishing
        assert states(db) == {"first": State.SENT, "second": State.QUEUED}
        assert (rows(db)["second"].attempts, rows(db)["second"].claimed_at) == (0, None)


async def test_no_more_are_handed_over_at_once_than_may_be_in_flight_and_the_next_goes_when_one_is_done(
    db: Database,
) -> None:
    keys, under_way, most = [f"row-{number:02}" for number in range(12)], 0, 0

    async def slow(_: int) -> Outcome:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        for _ in range(9):
            await asyncio.sleep(0)
        under_way -= 1
        return Sent(1, 2)

    await queue(db, *keys)
    async with working(db, Answering(dict.fromkeys(keys, slow)), pacing=Pacing(None, in_flight=3)) as worker:
        await until(lambda: set(states(db).values()) == {State.SENT})
        # As many again: whoever was done is there for what comes later.
        later = [f"later-{number:02}" for number in range(12)]
        await queue(db, *later)
        worker.wake()
        await until(lambda: len(states(db)) == 24 and set(states(db).values()) == {State.SENT})
    assert most == 3


async def test_what_is_cancelled_from_outside_is_tried_again_and_what_waits_behind_it_goes(db: Database) -> None:
    """As by a session that is closed while its requests wait for an address."""
    keys = [f"row-{number}" for number in range(6)]

    async def cancelled(attempt: int) -> Outcome:
        if attempt > 1:
            return Sent(1, 2)
        gone = asyncio.get_running_loop().create_future()
        gone.cancel()
        await gone
        raise AssertionError("unreachable")

    await queue(db, *keys)
    sender = Answering(dict.fromkeys(keys[:3], cancelled))
    async with working(db, sender, pacing=Pacing(None, in_flight=3)) as worker:
        await until(lambda: [states(db)[key] for key in keys[3:]] == [State.SENT] * 3)
        await until(lambda: all(rows(db)[key].last_error for key in keys[:3]))
        await db.write(lambda tables: tables.execute("UPDATE outbox SET retry_at = 0 WHERE state = 'queued'"))
        worker.wake()
        await until(lambda: set(states(db).values()) == {State.SENT})
    assert [sender.tried[key] for key in keys] == [2, 2, 2, 1, 1, 1]


async def test_a_search_that_cannot_be_made_forgets_no_attempt_though_the_clock_was_set_back(db: Database) -> None:
    clock = TurnedBack()

    async def lost(_: int) -> Outcome:
        clock.by = timedelta(hours=1)
        return Later("no answer", 0.0)

    async def seen_late(look: int) -> Found:
        return Sent(1, 2) if look > 3 else Unseen("Discord asks to wait", 0.0)

    sender = Answering({"a": lost}, seen_late)
    await queue(db, "a")
    await db.write(lambda tables: tables.execute("UPDATE outbox SET due_at = due_at - 7200000"))
    async with working(db, sender, clock=clock):
        await until(lambda: states(db)["a"] is State.SENT)
        assert (sender.tried["a"], sender.looked) == (1, 4)


async def test_what_is_refused_for_now_is_looked_for_again_though_the_clock_was_set_back(db: Database) -> None:
    clock = TurnedBack()

    async def lost_then_put_off(attempt: int) -> Outcome:
        clock.by = timedelta(hours=1)
        put_off = Later("Discord asks to wait", 0.0, certain=True)
        return Sent(1, 2) if attempt > 2 else put_off if attempt > 1 else Later("no answer", 0.0)

    sender = Answering({"a": lost_then_put_off})
    await queue(db, "a")
    await db.write(lambda tables: tables.execute("UPDATE outbox SET due_at = due_at - 7200000"))
    async with working(db, sender, clock=clock):
        await until(lambda: states(db)["a"] is State.SENT)
        assert (sender.tried["a"], sender.looked) == (3, 2)


async def test_a_reminder_waits_for_few_turns_of_what_must_be_looked_for(db: Database) -> None:
    ahead = Pacing(None).turns_in(CLAIM_AHEAD)
    go, turns, turns_before = asyncio.Event(), 0, 0

    async def seen(_: int) -> Found:
        nonlocal turns
        await go.wait()
        for _ in range(SOUGHT):
            turns += 1
            await asyncio.sleep(0)
        return Sent(1, 2)

    async def reminder(_: int) -> Outcome:
        nonlocal turns_before
        turns_before = turns
        return Sent(1, 2)

    await queue(db, *(f"old {number}" for number in range(2 * ahead)), priority=Priority.BULK)
    await db.write(lambda tables: tables.execute("UPDATE outbox SET claimed_at = 0"))
    sender = Answering({"reminder": reminder}, seen)
    async with working(db, sender) as worker:
        await until(lambda: sender.looked > 0)
        await queue(db, "reminder")
        worker.wake()
        go.set()
        await until(lambda: sender.tried["reminder"] == 1)
        assert 0 < turns_before < ahead + SOUGHT


@pytest.mark.parametrize("room", [0, -3])
async def test_without_room_nothing_is_read(db: Database, room: int) -> None:
    await queue(db, "a", "b")
    options: dict[str, Any] = {
        "now": START,
        "wall": START,
        "lease": timedelta(minutes=1),
        "there": [1],
        "turns": lambda _: 1,
    }
    asked: list[str] = []
    db.reader.conn.set_trace_callback(asked.append)
    assert claims.claim(db.reader, **options, room=room) == []
    db.reader.conn.set_trace_callback(None)
    assert asked == []
    db.close()
