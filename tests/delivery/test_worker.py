"""The worker: nothing waits for what takes long, and what fails for a while is tried as long as it is of use."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bot.actions.announce.confirm import confirm
from bot.actions.announce.drafts import draft
from bot.clock import SystemClock
from bot.delivery.alarm import Alarm
from bot.delivery.outcome import Found, Later, Outcome, Refused, Sent
from bot.delivery.pacing import Pacing
from bot.delivery.worker import Worker
from bot.domain.announce.announcement import Content
from bot.domain.audit import By
from bot.domain.event import Server
from bot.domain.reminders.choice import ReminderChoice
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.domain.times import Clock
from bot.storage.agenda import reminder_choices
from bot.storage.database import Database
from bot.storage.delivery import outbox, told
from bot.storage.delivery.outbox import Op, Priority, State
from tests.chat.samples import program
from tests.faults.delivered import until

START = datetime.now(UTC)
Answer = Callable[[int], Awaitable[Outcome]]
#: Requests that a row takes whose message is looked for.
SOUGHT = 9


async def sent(_: int) -> Outcome:
    return Sent(1, 2)


async def nothing(_: int) -> Found:
    return None


@dataclass
class Answering:
    """A Discord that answers each key as it is told: ``answers`` take how often it was tried, from 1.

    ``finds`` says the same of looking for a message, of which there is none unless it is told.
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    finds: Callable[[int], Awaitable[Found]] = nothing
    tried: Counter[str] = field(default_factory=Counter)
    looked: int = 0
    there: frozenset[int] = frozenset({1})

    async def ready(self) -> frozenset[int]:
        return self.there

    def requests(self, row: outbox.Row, *, sought: bool) -> int:
        return SOUGHT if sought else 1

    async def deliver(self, row: outbox.Row) -> Outcome:
        self.tried[row.key] += 1
        return await self.answers.get(row.key, sent)(self.tried[row.key])

    async def find(self, _: outbox.Row) -> Found:
        self.looked += 1
        return await self.finds(self.looked)


async def queue(
    db: Database, *keys: str, op: Op = Op.MESSAGE, guild: int = 1, priority: int = Priority.REMINDER
) -> None:
    for key in keys:
        add = partial(
            told.add,
            guild_id=guild,
            key=key,
            op=op,
            facts=Facts(NoticeKind.SESSIONS, ("s1",), START),
            place="7",
            priority=priority,
            due_at=START,
            expires_at=START + timedelta(hours=1),
        )
        await db.write(add)


@asynccontextmanager
async def working(
    db: Database, sender: Answering, *, clock: Clock | None = None, pacing: Pacing | None = None
) -> AsyncIterator[Worker]:
    alarm = Alarm(SystemClock().wall)
    worker = Worker(db, sender, clock or SystemClock(), alarm, pacing=pacing or Pacing(None))
    running = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        await worker.finish(2.0)
        running.cancel()
        await asyncio.wait({running})
        alarm.stop()
        db.close()


def rows(db: Database) -> dict[str, outbox.Row]:
    return {row.key: row for row in outbox.of_guild(db.reader, 1)}


def states(db: Database) -> dict[str, State]:
    return {key: row.state for key, row in rows(db).items()}


async def test_a_request_that_hangs_holds_no_other_up(db: Database) -> None:
    released = asyncio.Event()

    async def hanging(_: int) -> Outcome:
        await released.wait()
        return Sent(1, 2)

    await queue(db, "slow", "quick")
    async with working(db, Answering({"slow": hanging})) as worker:
        await until(lambda: states(db)["quick"] is State.SENT)
        await queue(db, "later")
        worker.wake()
        await until(lambda: states(db)["later"] is State.SENT)
        assert states(db)["slow"] is State.LEASED
        released.set()
        await until(lambda: states(db)["slow"] is State.SENT)


async def test_what_failed_is_tried_again_while_another_request_hangs(db: Database) -> None:
    released = asyncio.Event()

    async def hanging(_: int) -> Outcome:
        await released.wait()
        return Sent(1, 2)

    async def busy(attempt: int) -> Outcome:
        return Sent(1, 2) if attempt > 1 else Later("Discord is busy", 0.0)

    await queue(db, "slow", "busy")
    async with working(db, Answering({"slow": hanging, "busy": busy})):
        await until(lambda: states(db)["busy"] is State.SENT)
        assert states(db)["slow"] is State.LEASED
        released.set()


async def test_what_is_changed_while_it_is_under_way_is_sent_again_behind_it(db: Database) -> None:
    begun, released, ends = asyncio.Event(), asyncio.Event(), list[int]()

    async def edit(attempt: int) -> Outcome:
        begun.set()
        if attempt == 1:
            await released.wait()
        ends.append(attempt)
        return Sent(1, 2)

    await queue(db, "act:edit:1", "other", op=Op.EDIT)
    async with working(db, Answering({"act:edit:1": edit})) as worker:
        await begun.wait()
        anew = partial(told.anew, guild_id=1, key="act:edit:1", facts=Facts(NoticeKind.DIGEST), of=1)
        later = START + timedelta(hours=1)
        await db.write(partial(anew, priority=Priority.REMINDER, due_at=START, expires_at=later))
        await queue(db, "next")
        worker.wake()
        await until(lambda: states(db)["next"] is State.SENT)
        assert (ends, states(db)["act:edit:1"]) == ([], State.QUEUED)
        released.set()
        await until(lambda: states(db)["act:edit:1"] is State.SENT)
    assert ends == [1, 2]


async def test_what_fails_for_long_is_told_once_and_tried_on(db: Database) -> None:
    async def late(attempt: int) -> Outcome:
        return Sent(1, 2) if attempt > 30 else Later("Discord is down", 0.0)

    await queue(db, "stubborn")
    sender = Answering({"stubborn": late})
    async with working(db, sender):
        await until(lambda: states(db)["stubborn"] is State.SENT)
        reports = [row for row in outbox.of_guild(db.reader, 1) if row.facts.kind is NoticeKind.REPORT]
        assert (sender.tried["stubborn"], len(reports)) == (31, 1)


async def test_somebody_whose_direct_messages_are_closed_is_not_written_to_again(db: Database) -> None:
    async def closed(_: int) -> Outcome:
        return Refused("this person takes no direct messages", closed=True)

    awake = ReminderChoice(switched_off=False)
    await db.write(partial(reminder_choices.put, guild_id=1, user_id=7, choice=awake))
    await queue(db, "dm:7:first", op=Op.DM)
    later = partial(
        db.write,
        lambda tables: tables.execute("UPDATE outbox SET due_at = due_at + 3600000 WHERE dedupe_key = 'dm:7:next'"),
    )
    await queue(db, "dm:7:next", op=Op.DM)
    await later()
    async with working(db, Answering({"dm:7:first": closed})):
        await until(lambda: states(db)["dm:7:first"] is State.FAILED)
        assert states(db)["dm:7:next"] is State.CANCELLED
        choice = reminder_choices.of_person(db.reader, 1, 7)
        assert (choice.switched_off, choice.closed) == (True, True)


async def test_a_fault_of_the_sender_costs_only_its_own_row(db: Database, caplog: pytest.LogCaptureFixture) -> None:
    async def broken(_: int) -> Outcome:
        raise RuntimeError("broken")

    await queue(db, "bad", "good")
    async with working(db, Answering({"bad": broken})):
        await until(lambda: states(db) == {"bad": State.QUEUED, "good": State.SENT})
    assert ["could not be handed over" in record.getMessage() for record in caplog.records] == [True]


async def test_what_an_announcement_becomes_goes_before_what_can_wait(db: Database) -> None:
    await queue(db, "one", "two", priority=Priority.BULK)
    small = program(server=Server({"announcements": "announcements"}))
    by, lunch = By(1, 1, START), Content("Lunch is here", copies=False)
    await confirm(db, await draft(db, 1, lunch, None, by=by), small, by=by)
    sender = Answering()
    async with working(db, sender):
        await until(lambda: {row.state for row in rows(db).values()} == {State.SENT})
    assert list(sender.tried) == ["act:announce:1:0:here", "act:announce:1:0:publish", "one", "two"]


async def test_what_is_on_its_way_is_finished_and_the_rest_stays(db: Database) -> None:
    released = asyncio.Event()

    async def slow(_: int) -> Outcome:
        released.set()
        await asyncio.sleep(0.05)
        return Sent(1, 2)

    await queue(db, "under way")
    async with working(db, Answering({"under way": slow})) as worker:
        await released.wait()
        await queue(db, "next")
        await worker.finish(2.0)
        assert states(db) == {"under way": State.SENT, "next": State.QUEUED}
