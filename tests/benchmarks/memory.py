"""What a process holds in memory after every lookup was answered a few times, against the bare bot."""

import sys
from collections.abc import Sequence

from tests.benchmarks.events import Measured, delta, large
from tests.benchmarks.figures import Pace, Row
from tests.benchmarks.typed import AUTOCOMPLETE, COMPLETED, both_sides, unfinished

MOST = 1.6
ROUNDS = 30


async def measure(pace: Pace) -> Sequence[Row]:
    if not sys.platform.startswith("linux"):
        return [Row("resident memory against the bare bot", "DeLTa", f"<= {MOST}", "only measured on Linux", None)]
    rows = [await _on(delta(), pace, MOST)]
    with large() as event:
        rows.append(await _on(event, pace, None))
    return rows


async def _on(event: Measured, pace: Pace, most: float | None) -> Row:
    rounds = pace.times(ROUNDS)
    async with both_sides(event, rounds) as (bot, bare, typed):
        for side in (bot, bare):
            for lookup in typed:
                for _ in range(rounds):
                    await side.use(lookup.data)
                if lookup.name in COMPLETED:
                    for begun in unfinished(event, lookup, rounds):
                        await side.use(begun.unfinished, AUTOCOMPLETE)
        ours, theirs = bot.resident_bytes(), bare.resident_bytes()
    return Row(
        "resident memory against the bare bot",
        event.name,
        f"<= {most}" if most else "-",
        f"{ours / theirs:.2f} ({ours / 1e6:.0f} MB against {theirs / 1e6:.0f} MB)",
        ours / theirs <= most if most else None,
        {"ratio": ours / theirs, "bytes": ours, "bare_bytes": theirs},
    )
