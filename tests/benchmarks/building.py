"""Building the search index: time and memory, because one process holds the index of several events."""

import gc
import tracemalloc
from collections.abc import Sequence
from time import perf_counter

from bot.domain.search import Index
from tests.benchmarks.events import Measured, delta, large
from tests.benchmarks.figures import Pace, Row, ms

#: Building happens between a publication and the first answer after it, in the event loop.
LONGEST = 0.5
ROUNDS = 7


async def measure(pace: Pace) -> Sequence[Row]:
    with large() as event:
        return [_on(event, pace.times(ROUNDS)), _on(delta(), pace.times(ROUNDS))]


def _built(event: Measured) -> Index:
    index = Index.of(event.program)
    index.prepare()
    return index


def _on(event: Measured, rounds: int) -> Row:
    took = []
    for _ in range(rounds):
        began = perf_counter()
        _built(event)
        took.append(perf_counter() - began)
    gc.collect()
    tracemalloc.start()
    index = _built(event)
    gc.collect()
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del index
    return Row(
        "building the index",
        event.name,
        f"<= {ms(LONGEST)}",
        f"{ms(min(took))}; holds {held / 1e6:.1f} MB, at most {peak / 1e6:.1f} MB while building",
        min(took) <= LONGEST,
        {"ms": min(took) * 1000, "held_bytes": held, "peak_bytes": peak},
    )
