"""Commands per second with 50 people waiting at any time, against the bare bot.

The mix is every lookup in turn, so both bots send the same messages.
"""

import asyncio
from collections.abc import Sequence
from itertools import cycle
from time import perf_counter

from tests.benchmarks.events import Measured, delta, large
from tests.benchmarks.figures import Pace, Row, p50
from tests.benchmarks.running import Driven
from tests.benchmarks.typed import Lookup, asked, both_sides

LEAST = 0.6
IN_FLIGHT = 50
ROUNDS, COMMANDS = 5, 1500


async def measure(pace: Pace) -> Sequence[Row]:
    rows = [await _on(delta(), pace)]
    with large() as event:
        rows.append(await _on(event, pace))
    return rows


async def _on(event: Measured, pace: Pace) -> Row:
    commands = pace.times(COMMANDS)
    async with both_sides(event) as (bot, bare, every):
        # Every lookup in turn, those with a value with another one each time.
        columns = [asked(event, lookup, commands // len(every) + 1) for lookup in every]
        typed = [lookup for row in zip(*columns, strict=True) for lookup in row]
        for side in (bot, bare):
            await _per_second(side, typed, commands // 5)
        ours, echoed = [], []
        for _ in range(ROUNDS):
            ours.append(await _per_second(bot, typed, commands))
            echoed.append(await _per_second(bare, typed, commands))
    ratio = p50(ours) / p50(echoed)
    return Row(
        f"commands/s, {IN_FLIGHT} in flight, against the echo",
        event.name,
        f">= {LEAST}",
        f"{ratio:.2f} ({p50(ours):.0f} against {p50(echoed):.0f} per second)",
        ratio >= LEAST,
        {"ratio": ratio, "per_second": ours, "echo_per_second": echoed},
    )


async def _per_second(side: Driven, typed: Sequence[Lookup], commands: int) -> float:
    waiting = iter([lookup.data for lookup, _ in zip(cycle(typed), range(commands), strict=False)])

    async def person() -> None:
        for data in waiting:
            await side.use(data)

    began = perf_counter()
    await asyncio.gather(*(person() for _ in range(IN_FLIGHT)))
    return commands / (perf_counter() - began)
