"""Autocomplete over the connection, against a bare bot that answers with the same choices, made beforehand."""

import gc
from collections.abc import Sequence

from tests.benchmarks.events import Measured, delta, large
from tests.benchmarks.figures import Pace, Row, ms, p50, p99
from tests.benchmarks.running import Driven
from tests.benchmarks.typed import AUTOCOMPLETE, COMPLETED, PLAIN, Lookup, both_sides, in_turns, unfinished

P50_MOST = 1.25
ROUNDS, WARM_UP = 300, 20


async def measure(pace: Pace) -> Sequence[Row]:
    with large() as event:
        return [*await _on(event, pace), *await _on(delta(), pace)]


async def _on(event: Measured, pace: Pace) -> Sequence[Row]:
    async with both_sides(event, pace.times(ROUNDS)) as (bot, bare, typed):
        completed = [lookup for lookup in typed if lookup.name in COMPLETED]
        return [await _one(event, lookup, bot, bare, pace.times(ROUNDS)) for lookup in completed]


async def _one(event: Measured, lookup: Lookup, bot: Driven, bare: Driven, rounds: int) -> Row:
    queries = [begun.unfinished for begun in unfinished(event, lookup, rounds)]
    for data in queries[:WARM_UP]:
        await bot.use(data, AUTOCOMPLETE)
        await bare.use(data, AUTOCOMPLETE)
    gc.collect()
    ours, choosing = await in_turns(bot, queries, bare, queries, AUTOCOMPLETE)
    few = [lookup.data] * (rounds // 3 + 1)
    _, answering = await in_turns(bot, few, bare, few)
    _, plain = await in_turns(bot, few, bare, [PLAIN] * len(few))
    strict, loose = p50(ours) / p50(choosing), p50(ours) / p50(answering)
    return Row(
        f"autocomplete of /{lookup.name}, against an echo of the same choices",
        event.name,
        f"p50 <= {P50_MOST}",
        f"p50 {strict:.2f} ({ms(p50(ours))}), p99 {p99(ours) / p99(choosing):.2f} ({ms(p99(ours))}); "
        f"echo of a message {loose:.2f}, plain text {p50(ours) / p50(plain):.2f}",
        strict <= P50_MOST,
        {
            "p50_ratio": strict,
            "p99_ratio": p99(ours) / p99(choosing),
            "p50_ratio_to_a_message": loose,
            "p50_ratio_to_plain": p50(ours) / p50(plain),
            "p50_ms": p50(ours) * 1000,
            "p99_ms": p99(ours) * 1000,
        },
    )
