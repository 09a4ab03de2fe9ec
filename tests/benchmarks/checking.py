"""``usher check`` on the large event, as a process from start to exit."""

import sys
from asyncio.subprocess import DEVNULL, create_subprocess_exec
from collections.abc import Sequence
from time import perf_counter

from tests.benchmarks.events import Measured, delta, large
from tests.benchmarks.figures import Pace, Row, p50
from tests.benchmarks.running import CHECKOUT

MOST = 3.0
ROUNDS = 3


async def measure(pace: Pace) -> Sequence[Row]:
    with large() as event:
        return [await _on(event, pace.times(ROUNDS)), await _on(delta(), pace.times(ROUNDS))]


async def _on(event: Measured, rounds: int) -> Row:
    took = []
    for _ in range(rounds):
        began = perf_counter()
        process = await create_subprocess_exec(
            *(sys.executable, "-m", "bot", "check", str(event.folder)), cwd=CHECKOUT, stdout=DEVNULL
        )
        if await process.wait() != 0:
            raise RuntimeError(f"usher check found errors in the event {event.name}")
        took.append(perf_counter() - began)
    middle = p50(took)
    return Row(
        "usher check, the whole command", event.name, f"<= {MOST:g} s", f"{middle:.2f} s", middle <= MOST, {"s": took}
    )
