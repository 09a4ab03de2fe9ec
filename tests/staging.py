"""The real bot on the sandbox, as most tests want it: without the waits that are not their subject."""

import asyncio
import atexit
import functools
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot import app
from bot.sandbox_app import Stage, staged
from bot.sandbox_clock import StageClock
from tests.discord_schema import SchemaCheck

DELTA = "delta-2025"
#: 20 minutes into the workshop's day.
NINE_TWENTY = "2025-04-28T09:20"
#: So many times faster than Discord's the rate limits run: five messages in a channel in half a second.
_LIMITS = 10.0


@asynccontextmanager
async def on_stage(
    at: str = NINE_TWENTY,
    *,
    schema: SchemaCheck | None = None,
    database: Path | None = None,
    message_content: bool = False,
) -> AsyncIterator[Stage]:
    """The DeLTa event; ``at`` is venue time. Every exchange is held against ``schema``.

    ``database`` is begun with where it is not there yet; otherwise each has its own.
    """
    observers = [schema] if schema else []
    if schema:
        schema.violations.clear()
    with tempfile.TemporaryDirectory(prefix="usher-") as folder:
        database = database or Path(folder) / "stage.db"
        if not database.exists():
            shutil.copy(await asyncio.to_thread(_left_behind), database)
        there = staged(DELTA, at=at, database=database, message_content=message_content, observers=observers)
        async with there as running:
            running.sandbox.limiter.scale = _LIMITS
            yield running
    assert schema is None or schema.violations == []


@functools.cache
def _left_behind() -> Path:
    """What a bot leaves that ran with the event: to read it and to make the tables is most of a start."""

    async def left() -> None:
        async with app.assembled(database, DELTA, StageClock()):
            pass

    folder = Path(tempfile.mkdtemp(prefix="usher-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    database = folder / "usher.db"
    asyncio.run(left())
    return database
