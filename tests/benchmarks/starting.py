"""From the start of the process to the first command answered, on the large event, against the bare bot.

Cold: a new database, so the folder is read and checked. Warm: the database knows the folder. Both bots run
with ``guild_ready_timeout`` 0, register their commands where they have to, and find themselves compiled (see
``running``).
"""

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from bot.sandbox import Sandbox
from tests.benchmarks.events import Measured, delta, large
from tests.benchmarks.figures import Pace, Row, p50
from tests.benchmarks.running import echo, server, started

MOST = 2.0
ROUNDS = 5
#: As an operator starts it.
USHER = (sys.executable, "-m", "bot", "run")
NOW = {"name": "now"}
_ANSWER: dict[str, Any] = {"option": None, "components": [[{"type": 10, "content": "Now: a session."}]], "choices": {}}


async def measure(pace: Pace) -> Sequence[Row]:
    with large() as event:
        return [*await _on(event, pace, MOST), *await _on(delta(), pace, None)]


async def _on(event: Measured, pace: Pace, most: float | None) -> Sequence[Row]:
    bare, cold, warm = [], [], []
    with tempfile.TemporaryDirectory(prefix="usher-bench-") as folder:
        answers = Path(folder) / "answers.json"
        answers.write_text(json.dumps({"now": _ANSWER}), encoding="utf-8")
        for number in range(pace.times(ROUNDS)):
            database = Path(folder) / f"{number}.db"
            async with server(event.program) as sandbox:
                bare.append(await _first_answer(sandbox, echo(answers, sandbox)))
            async with server(event.program) as sandbox:
                settings = {
                    "DISCORD_TOKEN": sandbox.token,
                    "USHER_DISCORD_API": sandbox.api_url,
                    "USHER_EVENT": str(event.folder),
                    "USHER_DATABASE": str(database),
                }
                cold.append(await _first_answer(sandbox, USHER, **settings))
                # The same server: to a new one, the commands would be unknown.
                await sandbox.gateway.drop()
                warm.append(await _first_answer(sandbox, USHER, **settings))
    return [
        Row(
            f"process start to the first answer, {name} database, against the bare bot",
            event.name,
            f"<= {most:g}" if most else "-",
            f"{p50(ours) / p50(bare):.2f} ({p50(ours):.2f} s against {p50(bare):.2f} s)",
            p50(ours) / p50(bare) <= most if most else None,
            {"ratio": p50(ours) / p50(bare), "s": ours, "bare_s": bare},
        )
        for name, ours in (("warm", warm), ("cold", cold))
    ]


async def _first_answer(sandbox: Sandbox, command: Sequence[str], **environment: str) -> float:
    began = perf_counter()
    async with started(sandbox, command, **environment) as bot:
        return (await bot.timed(NOW)).answered_at - began
