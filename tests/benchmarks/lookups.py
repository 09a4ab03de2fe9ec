"""Each lookup against a bare bot that answers with the same messages, made beforehand.

Lookups with a value are asked for another poster, person, session or word each time.
"""

import gc
from collections.abc import Sequence

from tests.benchmarks.events import Measured, delta, large
from tests.benchmarks.figures import Pace, Row, ms, p50, p99
from tests.benchmarks.running import Driven
from tests.benchmarks.typed import COMMAND, PLAIN, Lookup, asked, both_sides, in_turns

P50_MOST, P99_MOST = 1.25, 2.0
ROUNDS, WARM_UP = 250, 15


async def measure(pace: Pace) -> Sequence[Row]:
    rows = list(await _on(delta(), pace))
    with large() as event:
        rows += await _on(event, pace)
    return rows


async def _on(event: Measured, pace: Pace) -> Sequence[Row]:
    async with both_sides(event) as (bot, bare, typed):
        return [await _one(event, lookup, bot, bare, pace.times(ROUNDS)) for lookup in typed]


async def _one(event: Measured, lookup: Lookup, bot: Driven, bare: Driven, rounds: int) -> Row:
    for _ in range(WARM_UP):
        for side, data in ((bot, lookup.data), (bare, lookup.data), (bare, PLAIN)):
            await side.use(data, COMMAND)
    gc.collect()
    every = [each.data for each in asked(event, lookup, rounds)]
    ours, echoed = await in_turns(bot, every, bare, every)
    few = every[: len(every) // 3 + 1]
    _, plain = await in_turns(bot, few, bare, [PLAIN] * len(few))
    middle, end = p50(ours) / p50(echoed), p99(ours) / p99(echoed)
    return Row(
        f"/{lookup.name} against the echo",
        event.name,
        f"p50 <= {P50_MOST}, p99 <= {P99_MOST:g}",
        f"p50 {middle:.2f} ({ms(p50(ours))}), p99 {end:.2f} ({ms(p99(ours))}); plain text {p50(ours) / p50(plain):.2f}",
        middle <= P50_MOST and end <= P99_MOST,
        {
            "p50_ratio": middle,
            "p99_ratio": end,
            "p50_ratio_to_plain": p50(ours) / p50(plain),
            "p50_ms": p50(ours) * 1000,
            "p99_ms": p99(ours) * 1000,
            "echo_p50_ms": p50(echoed) * 1000,
            "echo_p99_ms": p99(echoed) * 1000,
        },
    )
