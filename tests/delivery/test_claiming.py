"""What the worker remembers of an attempt of which nobody knows what came."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.delivery.outcome import Found, Later, Outcome, Sent, Unseen
from bot.storage.database import Database
from bot.storage.delivery.outbox import State
from tests.delivery.test_worker import Answering, queue, states, working
from tests.faults.delivered import until


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return Database.open(tmp_path / "usher.db")


class TurnedBack(SystemClock):
    """The machine's clock, which is set back ``by`` so much."""

    def __init__(self) -> None:
        self.by = timedelta(0)

    def now(self) -> datetime:
        return super().now() - self.by

    def wall(self) -> datetime:
        return super().wall() - self.by


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
