"""20,000 people: from the press to the last row, and what each of them costs, against 2,000.

At Discord's pace 20,000 messages take 444 s, in which the bot waits most of the time. What one of them costs does not
depend on that, so that here the bot speaks as fast as it can, to a server without limits.
"""

import asyncio
import gc
import sqlite3
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bot.sandbox.state import Channel
from tests.benchmarks.announcing.people import draft, each_has, opted_in, send, wanting, watched
from tests.benchmarks.answering import look_up
from tests.benchmarks.beats import Beats
from tests.benchmarks.events import Measured
from tests.benchmarks.figures import Pace, Row, ms, p50
from tests.benchmarks.running import Driven, server, started, usher
from tests.benchmarks.typed import asked, lookups

COMMITTED_MOST, MEMORY_MOST, GROWTH_MOST = 2.0, 60e6, 1.25
MANY, FEW = 20_000, 2_000
CONFIRMED, SENT = 5, 2
#: How often each lookup is asked before.
_WARM_UP = 5
#: How long nothing may arrive before something is wrong.
_PATIENCE = 30.0


@dataclass(frozen=True)
class _Cost:
    """Of one announcement to ``number`` people: seconds of work for each, of the process and of its loop alone; bytes
    in memory at most, over what there was before; the longest block; and the work for each of the last ``FEW``.
    """

    number: int
    work: float
    in_loop: float
    added: int
    own: float
    last: float
    seconds: float


async def measure(event: Measured, pace: Pace) -> Sequence[Row]:
    many, few = (MANY // 10, FEW // 10) if pace.quick else (MANY, FEW)
    confirmed = [await _confirmed(event, many) for _ in range(1 if pace.quick else CONFIRMED)]
    times = 1 if pace.quick else SENT
    costs = [(await _cost(event, few, few), await _cost(event, many, few)) for _ in range(times)]
    return [_commit(event, confirmed, many), _growth(event, costs), *_memory(event, [one for _, one in costs])]


@asynccontextmanager
async def _bot(event: Measured, number: int, *options: str) -> AsyncIterator[tuple[Driven, Path, list[Channel], Beats]]:
    """A bot that was asked a few things, the file of its database, and the people who asked for announcements."""
    with tempfile.TemporaryDirectory(prefix="usher-bench-") as folder:
        file, told = Path(folder) / "usher.db", Path(folder) / "beats"
        beats = Beats(told)
        async with server(event.program) as sandbox:
            channels = wanting(sandbox.world, number)
            await opted_in(file, sandbox.world, channels)
            async with started(sandbox, usher(event, file, sandbox, "--beats", str(told), *options)) as bot:
                await look_up(bot, [one.data for lookup in lookups(event) for one in asked(event, lookup, _WARM_UP)])
                gc.collect()
                yield bot, file, channels, beats


async def _confirmed(event: Measured, number: int) -> tuple[float, float]:
    """Seconds from the press until all rows are committed and the organizer is answered; until the answer alone."""
    async with _bot(event, number) as (bot, file, _, _):
        preview = await draft(bot.sandbox)
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as db:
            began = perf_counter()
            sending = asyncio.create_task(send(bot.sandbox, preview))
            while _rows(db) < number:  # noqa: ASYNC110  # another process writes them
                await asyncio.sleep(0.005)
            committed = perf_counter() - began
        answered = await sending
    return max(committed, answered), answered


def _rows(db: sqlite3.Connection) -> int:
    (found,) = db.execute("SELECT count(*) FROM outbox WHERE announcement IS NOT NULL AND op = 'dm'").fetchone()
    return int(found)


async def _cost(event: Measured, number: int, last: int) -> _Cost:
    async with _bot(event, number, "--unpaced") as (bot, _, channels, beats):
        preview = await draft(bot.sandbox)
        await asyncio.sleep(1.0)
        before = peak = _held(bot)
        beats.forget()
        began, work, in_loop, work_at_last = perf_counter(), beats.work, beats.work_in_loop, 0.0
        async with watched(bot.sandbox) as seen:
            sending = asyncio.create_task(send(bot.sandbox, preview))
            # One more stands in the channel.
            while seen.messages < number + 1:
                if seen.last and perf_counter() - seen.last > _PATIENCE:
                    raise RuntimeError(f"{seen.messages} messages stand, and no more came")
                if not work_at_last and seen.messages > number - last:
                    work_at_last, left = beats.work, number + 1 - seen.messages
                peak = max(peak, _held(bot))
                await asyncio.sleep(0.05)
            await sending
        each_has(channels, 1)
        own, seconds, worked, looped = beats.own, seen.last - began, beats.work, beats.work_in_loop
    of_last = (worked - work_at_last) / left
    return _Cost(number, (worked - work) / number, (looped - in_loop) / number, peak - before, own, of_last, seconds)


def _held(bot: Driven) -> int:
    return bot.resident_bytes() if sys.platform.startswith("linux") else 0


def _commit(event: Measured, confirmed: Sequence[tuple[float, float]], number: int) -> Row:
    both, answers = [one[0] for one in confirmed], [one[1] for one in confirmed]
    return Row(
        f"an announcement to {number:,}: from the press until every row is committed and the organizer is answered",
        event.name,
        f"<= {COMMITTED_MOST:g} s",
        f"{p50(both):.2f} s, at most {max(both):.2f} s (answered after {p50(answers):.2f} s); {len(both)} times",
        max(both) <= COMMITTED_MOST,
        {"s": both, "answered_s": answers},
    )


def _growth(event: Measured, costs: Sequence[tuple[_Cost, _Cost]]) -> Row:
    few, many = costs[0]
    whole = p50([one.work for _, one in costs]) / p50([one.work for one, _ in costs])
    loop = p50([one.in_loop for _, one in costs]) / p50([one.in_loop for one, _ in costs])
    return Row(
        f"work of the bot for each of {many.number:,} recipients, unpaced, against each of {few.number:,}",
        event.name,
        f"<= {GROWTH_MOST}",
        f"{whole:.2f} ({ms(p50([one.work for _, one in costs]))} against {ms(p50([one.work for one, _ in costs]))}),"
        f" each of the last {few.number:,} {ms(p50([one.last for _, one in costs]))}; in the loop {loop:.2f};"
        f" longest block {ms(max(one.own for _, one in costs))}; {len(costs)} times",
        max(whole, loop) <= GROWTH_MOST,
        {
            "ratio": whole,
            "loop_ratio": loop,
            "work_s": [[one.work for one in pair] for pair in costs],
            "loop_s": [[one.in_loop for one in pair] for pair in costs],
            "last_s": [many.last for _, many in costs],
            "own_s": [[one.own for one in pair] for pair in costs],
            "s": [[one.seconds for one in pair] for pair in costs],
        },
    )


def _memory(event: Measured, costs: Sequence[_Cost]) -> Sequence[Row]:
    figure = f"memory added at most by an announcement to {costs[0].number:,}, until all have it"
    added = [one.added for one in costs]
    if not all(added):
        return [Row(figure, event.name, "-", "only measured on Linux", None)]
    return [
        Row(
            figure,
            event.name,
            f"<= {MEMORY_MOST / 1e6:.0f} MB",
            f"{max(added) / 1e6:.0f} MB; {len(added)} times",
            max(added) <= MEMORY_MOST,
            {"bytes": added},
        )
    ]
