"""A start with 100,000 personal reminders waiting, against one with none: until somebody is answered, and in memory.

Both databases know the programme and the commands, as after any restart. Ready is who answers a lookup, and who
stores what a person chose: a write waits for whatever else is being written.
"""

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from bot.sandbox import Sandbox
from bot.storage.database import Database
from tests.benchmarks.crowd import remind
from tests.benchmarks.events import Measured, delta, large
from tests.benchmarks.figures import Pace, Row, p50
from tests.benchmarks.running import server, started, usher

READY_MOST, MEMORY_MOST = 1.5, 30e6
ROUNDS = 7
#: Seconds after which a started bot has done what it does at a start.
_SETTLED = 1.0
_NOW, _CHOOSE = {"name": "now"}, "/remind where:In the channel"


async def measure(pace: Pace) -> Sequence[Row]:
    with large() as event:
        return [*await _on(event, pace), *await _on(delta(), pace)]


async def _on(event: Measured, pace: Pace) -> Sequence[Row]:
    with tempfile.TemporaryDirectory(prefix="usher-bench-") as folder:
        empty, full = Path(folder) / "empty.db", Path(folder) / "full.db"
        async with server(event.program) as sandbox:
            for database in (empty, full):
                await _start(sandbox, event, database)
            db = Database.open(full)
            await remind(db, sandbox.world.guild.id, event.program, event.now)
            db.close()
            without: list[tuple[float, float, int]] = []
            having: list[tuple[float, float, int]] = []
            for turn in range(pace.times(ROUNDS)):
                # Whoever comes first finds colder caches: take turns.
                order = ((empty, without), (full, having))
                for database, found in order if turn % 2 else order[::-1]:
                    found.append(await _start(sandbox, event, database))
    return [
        _ready("to the first answer", event, [one[0] for one in having], [one[0] for one in without]),
        _ready("until a choice is stored", event, [one[1] for one in having], [one[1] for one in without]),
        *_memory(event, [one[2] for one in having], [one[2] for one in without]),
    ]


async def _start(sandbox: Sandbox, event: Measured, database: Path) -> tuple[float, float, int]:
    """Seconds from the start of a process to an answer, and to a stored choice; bytes in memory a moment later."""
    began = perf_counter()
    async with started(sandbox, usher(event, database, sandbox)) as bot:
        answered = (await bot.timed(_NOW)).answered_at - began
        await (await sandbox.person("attendee").command(_CHOOSE, channel="general")).settled(30.0)
        stored = perf_counter() - began
        await asyncio.sleep(_SETTLED)
        held = bot.resident_bytes() if sys.platform.startswith("linux") else 0
    # The same server again: to a new one, the commands would be unknown.
    await sandbox.gateway.drop()
    return answered, stored, held


def _ready(what: str, event: Measured, having: Sequence[float], without: Sequence[float]) -> Row:
    ratio = p50(having) / p50(without)
    return Row(
        f"process start {what}, 100,000 personal reminders against none",
        event.name,
        f"<= {READY_MOST:g}",
        f"{ratio:.2f} ({p50(having):.2f} s against {p50(without):.2f} s)",
        ratio <= READY_MOST,
        {"ratio": ratio, "s": having, "without_s": without},
    )


def _memory(event: Measured, having: Sequence[int], without: Sequence[int]) -> Sequence[Row]:
    if not all(having):
        return [Row("memory added by 100,000 personal reminders", event.name, "-", "only measured on Linux", None)]
    added = p50(having) - p50(without)
    return [
        Row(
            "memory added by 100,000 personal reminders",
            event.name,
            f"<= {MEMORY_MOST / 1e6:.0f} MB",
            f"{added / 1e6:.1f} MB ({p50(having) / 1e6:.0f} MB against {p50(without) / 1e6:.0f} MB)",
            added <= MEMORY_MOST,
            {"bytes": having, "without_bytes": without},
        )
    ]
