"""The composition root: the one file that knows every part, and the only one that reads the machine's clock."""

import asyncio
import gc
import logging
import signal
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.actions.current import CurrentProgrammes
from bot.actions.publish_program import publish_program
from bot.chat.client import UsherClient
from bot.chat.connection import ConnectionRefusedForeverError, stay_connected
from bot.chat.desk import Desk
from bot.chat.endpoint import point_at
from bot.config import Settings
from bot.domain.errors import UsherError
from bot.domain.program import Program
from bot.domain.search import Category, Index
from bot.domain.times import Clock, RunningClock
from bot.folders import find_event, read_files
from bot.formats.fingerprint import fingerprint
from bot.storage import programmes
from bot.storage.database import Database

log = logging.getLogger(__name__)


#: Seconds after which a starting bot has connected and answered those who waited for it.
_SETTLED_AFTER = 2.0


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def clock_from(start: datetime | None) -> Clock:
    """The machine's clock, or one that starts at ``start`` (aware) now and runs at the same speed."""
    real = SystemClock()
    return real if start is None else RunningClock(start.astimezone(UTC), real.now(), real.now)


class BadEventError(UsherError):
    """The event folder has errors; the text names the first and how to see all."""


async def load_program(db: Database, folder: Path, clock: Clock) -> Program:
    """The folder's programme. Read from the database if these very files were read before, which is much faster.

    Raises BadEventError where the folder has errors: the programme stored before stays in force.
    """
    files = read_files(folder)
    mark = fingerprint(files)
    known = programmes.by_fingerprint(db.reader, mark)
    if known is not None:
        return known
    # Reading takes much longer to import than to skip: most starts find their files unchanged.
    from bot.formats.folder import read_folder
    from bot.formats.report import summary

    reading = read_folder(files, now=clock.now())
    if reading.program is None:
        raise BadEventError(f"{folder} was not loaded.\n{summary(reading)}\nSee all: usher check {folder}")
    await publish_program(db, reading.program, fingerprint=mark, at=clock.now(), by=f"folder {folder.name}")
    return reading.program


@dataclass(frozen=True)
class Parts:
    """What one running bot is made of."""

    database: Database
    desk: Desk
    clock: Clock


@asynccontextmanager
async def assembled(database: Path, event: str, clock: Clock) -> AsyncIterator[Parts]:
    """Open the database, load the programme, and wire the parts that need no connection."""
    folder = find_event(event)
    db = Database.open(database)
    try:
        default = await load_program(db, folder, clock)
        followed = programmes.events_of_guilds(db.reader)
        others: Mapping[str, Program] = {
            name: program
            for name in set(followed.values()) - {default.event.id}
            if (program := programmes.newest(db.reader, name)) is not None
        }
        yield Parts(db, Desk(CurrentProgrammes(default, others, followed), clock), clock)
    finally:
        db.close()


async def connect(parts: Parts, token: str, *, api: str | None, guild: int | None, **options: Any) -> None:
    """Keep one bot connected until it is told to stop. ``options`` go to the library's client."""

    async def one_life() -> None:
        if api:
            await point_at(api)
        async with UsherClient(parts.desk, parts.database, sync_guild=guild, **options) as client:
            await client.start(token)

    await stay_connected(one_life)


async def _until_told(work: Coroutine[Any, Any, None]) -> None:
    """Run ``work`` until it ends or the process is told to (SIGTERM, Ctrl+C), so that everything is closed in order."""
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # Windows has no signal handlers in its event loop
            asyncio.get_running_loop().add_signal_handler(number, told.set)
    working, waiting = asyncio.create_task(work), asyncio.create_task(told.wait())
    await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if told.is_set():
        # Once is not enough: while it reconnects, discord.py swallows a cancellation.
        while not working.done():
            working.cancel()
            await asyncio.wait({working}, timeout=0.2)
        return
    await working


async def _prepare_searching(index: Index) -> None:
    """Index the programme a little after the start, so that the first person to search need not wait for it.

    In a thread: indexing 5,000 posters takes 0.1 s, during which answers must go on.
    """
    await asyncio.sleep(_SETTLED_AFTER)
    for category in Category:
        await asyncio.to_thread(index.prepare, category)


async def run(settings: Settings) -> None:
    """``usher run``: the bot at Discord, or at the server that USHER_DISCORD_API names."""
    if settings.token is None:
        raise ConnectionRefusedForeverError(
            "There is no token. Put DISCORD_TOKEN=... into the environment or a file .env in this folder "
            "(Developer Portal, your application, Bot, Reset Token). To try Usher without one: usher sandbox."
        )
    async with assembled(settings.database, settings.event, SystemClock()) as parts:
        # The programme is for ever: the collector need not walk it again and again, which shows in the slowest answers.
        gc.freeze()
        gc.enable()
        log.info("event: %s", parts.desk.programmes.for_guild(None).program.event.name)
        # Only to a local server is it safe not to wait for guilds: Discord may still be sending them.
        options = {"guild_ready_timeout": 0.0} if settings.discord_api else {}
        preparing = asyncio.create_task(_prepare_searching(parts.desk.programmes.for_guild(None).index))
        await _until_told(connect(parts, settings.token, api=settings.discord_api, guild=settings.guild, **options))
        preparing.cancel()
