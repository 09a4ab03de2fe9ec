"""Bots as processes of their own, each connected to its own server in this process."""

import json
import os
import sys
import tempfile
from asyncio.subprocess import Process, create_subprocess_exec
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.domain.program import Program
from bot.sandbox import Exchange, InteractionType, Sandbox, Timed
from bot.sandbox_app import world_for
from tests.benchmarks.events import Measured

#: A bot that is not there by then will not come.
READY_WITHIN = 60.0
CHECKOUT = Path(__file__).parents[2]


@dataclass
class Driven:
    """A server, the bot on it, and the people's side of it."""

    sandbox: Sandbox
    process: Process
    last_answer: dict[str, Any] = field(default_factory=dict)

    async def use(self, data: Mapping[str, Any], kind: InteractionType = InteractionType.COMMAND) -> float:
        """Send one interaction; seconds from INTERACTION_CREATE sent to callback received. Raises if it failed."""
        return seconds(await self.timed(data, kind))

    async def timed(self, data: Mapping[str, Any], kind: InteractionType = InteractionType.COMMAND) -> Timed:
        world = self.sandbox.world
        timed = await self.sandbox.interact(world.person("attendee"), world.channel_named("general"), kind, dict(data))
        if timed.outcome.error:
            raise RuntimeError(f"/{data['name']}: {timed.outcome.error}")
        return timed

    def resident_bytes(self) -> int:
        """What the process holds in memory now (Linux)."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        raise LookupError("The system does not say how much memory a process holds.")

    def _observe(self, exchange: Exchange) -> None:
        if exchange.path.endswith("/callback"):
            self.last_answer = dict(exchange.request_json or {})


def seconds(timed: Timed) -> float:
    return timed.answered_at - timed.sent_at


def usher(event: Measured, database: Path, sandbox: Sandbox, *options: str) -> Sequence[str]:
    """The command line of Usher in the middle of ``event``; see ``usher_bot`` for the options."""
    where = (sandbox.api_url, sandbox.token, str(database), str(event.folder), event.now.isoformat())
    return (sys.executable, "-m", "tests.benchmarks.usher_bot", *where, *options)


def echo(answers: Path, sandbox: Sandbox) -> Sequence[str]:
    """The command line of the bare bot."""
    return (sys.executable, "-m", "tests.benchmarks.echo_bot", sandbox.api_url, sandbox.token, str(answers))


@asynccontextmanager
async def server(program: Program, *, limits: bool = False) -> AsyncIterator[Sandbox]:
    """A server as the event expects it, without rate limits unless ``limits``."""
    async with Sandbox(world_for(program), enforce_rate_limits=limits) as sandbox:
        yield sandbox


@asynccontextmanager
async def started(sandbox: Sandbox, command: Sequence[str], **environment: str) -> AsyncIterator[Driven]:
    """Start a bot on ``sandbox`` and wait until it is there; end it afterwards."""
    process = await create_subprocess_exec(*command, cwd=CHECKOUT, env={**_as_operated(), **environment})
    driven = Driven(sandbox, process)
    sandbox.observers.append(driven._observe)
    try:
        await sandbox.gateway.ready(READY_WITHIN)
        yield driven
    finally:
        sandbox.observers.remove(driven._observe)
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


def _as_operated() -> Mapping[str, str]:
    """The environment, in which Python keeps what it compiled. A library was compiled when it was installed: where a
    checkout may not be, Usher alone would be compiled again at every start.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@asynccontextmanager
async def usher_on(event: Measured) -> AsyncIterator[Driven]:
    """Usher on a server of its own with a new database."""
    with tempfile.TemporaryDirectory(prefix="usher-bench-") as folder:
        file = Path(folder) / "bench.db"
        async with server(event.program) as sandbox, started(sandbox, usher(event, file, sandbox)) as driven:
            yield driven


@asynccontextmanager
async def echo_on(event: Measured, answers: Mapping[str, Any]) -> AsyncIterator[Driven]:
    """The bare bot on a server of its own."""
    with tempfile.TemporaryDirectory(prefix="usher-bench-") as folder:
        file = Path(folder) / "answers.json"
        file.write_text(json.dumps(answers), encoding="utf-8")
        async with server(event.program) as sandbox, started(sandbox, echo(file, sandbox)) as driven:
            yield driven
