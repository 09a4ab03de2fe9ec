"""1,000 messages due at one instant: how late they are handed over, against a job store of APScheduler.

Both sides run in this process, in turns, with all messages due at the same instant and a receiver that takes
everything at once. Ours has 100,000 more waiting; the other side does only the 1,000. Usher's own pacing is off.
"""

import asyncio
import gc
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

from bot.clock import SystemClock
from bot.delivery.alarm import Alarm
from bot.delivery.outcome import Outcome, Sent
from bot.delivery.pacing import Pacing
from bot.delivery.worker import Worker
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.database import Database, Tables
from bot.storage.delivery import told
from bot.storage.delivery.outbox import Op, Priority, Row
from tests.benchmarks.crowd import remind
from tests.benchmarks.events import large
from tests.benchmarks.figures import Pace, ms, p50, p99
from tests.benchmarks.figures import Row as Line
from tests.benchmarks.heartbeat import heartbeat

LATE_MOST, HELD_MOST, RATIO_MOST = 0.05, 0.02, 0.1
MESSAGES, ROUNDS = 1000, 5
#: Seconds from planning to the instant at which all are due: longer than either side takes to plan.
_AHEAD = 4.0
_GUILD = 1

#: How late each job of the other side was: it finds its function by name, so nothing can be handed to it.
_late: list[float] = []


class Taker:
    """Takes everything at once, and notes how late it came."""

    def __init__(self) -> None:
        self.late: list[float] = []

    async def ready(self) -> frozenset[int]:
        return frozenset({_GUILD})

    def requests(self, row: Row, *, sought: bool) -> int:
        return 1

    async def deliver(self, row: Row) -> Outcome:
        self.late.append(_since(row.due_at))
        return Sent(1, row.id)

    async def find(self, row: Row) -> None:
        """Nothing was sent before."""


async def measure(pace: Pace) -> Sequence[Line]:
    ours, held, theirs, their_held = [], [], [], []
    with large() as event, tempfile.TemporaryDirectory(prefix="usher-bench-") as folder:
        db = Database.open(Path(folder) / "usher.db")
        await remind(db, _GUILD, event.program, event.now)
        # What waits is for another time: the clock here is the machine's, whatever the event's days are.
        later = "UPDATE outbox SET due_at = due_at + :more, expires_at = expires_at + :more"
        await db.write(lambda tables: tables.execute(later, {"more": 10 * 365 * 86_400_000}))
        clock, taker = SystemClock(), Taker()
        alarm = Alarm(clock.wall)
        gc.collect()
        gc.freeze()  # as ``app.run`` does
        worker = Worker(db, taker, clock, alarm, pacing=Pacing(None))
        working = asyncio.create_task(worker.run())
        for number in range(pace.times(ROUNDS)):
            late, longest = await _ours(db, worker, taker, number)
            ours.append(p99(late))
            held.append(longest)
            if find_spec("sqlalchemy"):
                late, longest = await _theirs(Path(folder) / f"{number}.db")
                theirs.append(p99(late))
                their_held.append(longest)
        await worker.finish(5.0)
        await working
        alarm.stop()
        db.close()
    return [_alone(ours, held), _against(ours, theirs, their_held)]


async def _ours(db: Database, worker: Worker, taker: Taker, number: int) -> tuple[list[float], float]:
    taker.late.clear()
    gc.collect()
    due = datetime.now(UTC) + timedelta(seconds=_AHEAD)

    def plan(tables: Tables) -> None:
        for each in range(MESSAGES):
            facts = Facts(NoticeKind.PERSONAL, (f"session-{each % 300}",), due)
            told.add(
                tables,
                _GUILD,
                f"act:bench:{number}:{each}",
                Op.DM,
                facts,
                place=str(each),
                priority=Priority.REMINDER,
                due_at=due,
                expires_at=due + timedelta(minutes=10),
            )

    await db.write(plan)
    worker.wake()

    def recorded() -> bool:
        query = (
            "SELECT count(*) FROM outbox WHERE guild_id = ? AND op = 'dm' AND state = 'sent' AND done_at IS NOT NULL"
        )
        return bool(db.reader.execute(query, [_GUILD]).fetchone()[0] == MESSAGES * (number + 1))

    return taker.late, await _held_until(due, lambda: len(taker.late) == MESSAGES and recorded())


async def _theirs(file: Path) -> tuple[list[float], float]:
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    _late.clear()
    with closing(sqlite3.connect(file)) as made:
        made.execute("PRAGMA journal_mode=WAL")
    scheduler = AsyncIOScheduler(jobstores={"default": SQLAlchemyJobStore(f"sqlite:///{file}")}, timezone="UTC")
    scheduler.start()
    gc.collect()
    due = datetime.now(UTC) + timedelta(seconds=_AHEAD)
    for _ in range(MESSAGES):
        scheduler.add_job(_taken, "date", run_date=due, args=[due], misfire_grace_time=None)
    longest = await _held_until(due, lambda: len(_late) == MESSAGES)
    scheduler.shutdown()
    return list(_late), longest


async def _taken(due: datetime) -> None:
    _late.append(_since(due))


async def _held_until(due: datetime, done: Callable[[], bool]) -> float:
    """The longest block of the event loop from shortly before ``due`` until ``done``, in seconds."""
    await asyncio.sleep(-_since(due) - 0.5)
    async with asyncio.timeout(60), heartbeat() as heart:
        await asyncio.sleep(-_since(due))
        while not done():  # noqa: ASYNC110  # to look seldom disturbs less than to be told each time
            await asyncio.sleep(0.05)
    return heart.longest


def _since(due: datetime) -> float:
    return (datetime.now(UTC) - due).total_seconds()


def _alone(ours: Sequence[float], held: Sequence[float]) -> Line:
    late, longest = p50(ours), p50(held)
    return Line(
        f"{MESSAGES:,} due at one instant, unpaced, with 100,000 more waiting",
        "large",
        f"p99 <= {ms(LATE_MOST)} late, loop held <= {ms(HELD_MOST)}",
        f"p99 {ms(late)} late, loop held {ms(longest)} at most",
        late <= LATE_MOST and longest <= HELD_MOST,
        {"p99_late_s": ours, "held_s": held},
    )


def _against(ours: Sequence[float], theirs: Sequence[float], held: Sequence[float]) -> Line:
    figure = "lateness p99 against APScheduler's SQLAlchemyJobStore (SQLite, WAL)"
    if not theirs:
        return Line(figure, "large", f"<= {RATIO_MOST}", "needs sqlalchemy: pip install -e '.[bench]'", None)
    ratio = p50(ours) / p50(theirs)
    return Line(
        figure,
        "large",
        f"<= {RATIO_MOST}",
        f"{ratio:.3f} ({ms(p50(ours))} against {ms(p50(theirs))}, whose loop is held {ms(p50(held))})",
        ratio <= RATIO_MOST,
        {"ratio": ratio, "p99_late_s": ours, "their_p99_late_s": theirs, "their_held_s": held},
    )
