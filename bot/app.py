"""The composition root of ``usher run``: it knows every part."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from pathlib import Path, PurePath
from urllib.parse import urlsplit

from bot.actions.programme.current import CurrentProgrammes, Published
from bot.actions.programme.publish_program import publish_program
from bot.chat.boards import Boards
from bot.chat.connection import Connection, ConnectionRefusedForeverError
from bot.chat.desk import Desk
from bot.chat.organizing.publishing import Source
from bot.clock import SystemClock
from bot.config import Settings
from bot.delivery.alarm import Alarm
from bot.domain.errors import UsherError
from bot.domain.program import Program
from bot.domain.search import Category
from bot.domain.times import Clock
from bot.folders import find_event, read_files
from bot.formats.fingerprint import fingerprint
from bot.lifetime import SETTLED_AFTER, Parts, keep_house_when_settled, speaking, until_told
from bot.storage.database import Database, forget
from bot.storage.lock import ProcessLock
from bot.storage.posters import at_board
from bot.storage.programme import event_folders, live_edits, programmes
from bot.storage.programme.event_folders import SeenFolder
from bot.storage.programme.programmes import Version

log = logging.getLogger(__name__)


_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


_NOT_AT_DISCORD = (
    "--clock rehearses another day, and people at Discord would be told of it today. It needs a server on this "
    "machine: name one with USHER_DISCORD_API, such as http://127.0.0.1:8787/api/v10."
)


class BadEventError(UsherError):
    """The event folder has errors; the text names the first and how to see all."""


async def load_program(db: Database, source: Source, clock: Clock) -> Version:
    """The programme in force for the event in a folder.

    Read from the database where the folder did not change since it was read last: that is much faster, and what was
    published since from elsewhere stays in force. A folder that has errors by now changes nothing; they are logged.
    Raises BadEventError where nothing was stored before.
    """
    files = source.read()
    mark = fingerprint(files)
    seen = event_folders.seen(db.reader, source.path)
    stored = programmes.newest(db.reader, seen.event_id) if seen else programmes.by_fingerprint(db.reader, mark)
    if stored is not None and seen is None:
        known = SeenFolder(stored.program.event.id, mark)
        await db.write(partial(event_folders.see, path=source.path, folder=known))
        return stored
    if stored is not None and seen is not None and seen.fingerprint == mark:
        return stored
    try:
        program = _checked(source.path, files, clock.now())
    except BadEventError as error:
        if stored is None:
            raise
        log.error("%s\nThe programme that was published before stays in force.", error)
        return stored
    by = f"folder {PurePath(source.path).name}"
    return await publish_program(db, program, fingerprint=mark, at=clock.now(), by=by, folder=source.path)


def _checked(path: str, files: Mapping[str, bytes], now: datetime) -> Program:
    # Reading takes much longer to import than to skip: most starts find their files unchanged.
    from bot.formats.folder import read_folder
    from bot.formats.report import summary

    reading = read_folder(files, now=now)
    if reading.program is None:
        raise BadEventError(f"{path} was not loaded.\n{summary(reading)}\nSee all: usher check {path}")
    return reading.program


@asynccontextmanager
async def assembled(
    database: Path, event: str, clock: Clock, *, publishers: frozenset[int] = frozenset(), fresh: bool = False
) -> AsyncIterator[Parts]:
    """Open the database, load the programme, and wire the parts that need no connection.

    ``publishers`` as in Source. ``fresh``: what the database held is forgotten first.
    """
    folder = find_event(event)
    source = Source(str(folder.absolute()), partial(read_files, folder), publishers)
    # Before the file is so much as opened: of two processes that start together only one may migrate it.
    lock = ProcessLock.take(database)
    db = None
    try:
        if fresh:
            forget(database)
        db = Database.open(database, now=clock.wall())
        default = await load_program(db, source, clock)
        followed = programmes.events_of_guilds(db.reader)
        own = default.program.event.id
        others = {name: programmes.newest(db.reader, name) for name in set(followed.values()) - {own}}
        for name in [name for name, version in others.items() if version is None]:
            log.warning("event %s is not stored in a form this release reads: its servers see %s", name, own)
        known = {name: version for name, version in others.items() if version is not None}
        current = CurrentProgrammes(default, known, followed, live_edits.of_all(db.reader))
        yield Parts(db, Desk(current, clock, Boards(at_board.of_all(db.reader))), clock, Alarm(clock.wall), source)
    finally:
        if db:
            db.close()
        lock.release()


async def _prepare_searching(programmes_in_force: Iterable[Published]) -> None:
    """Index the programmes a little after the start, so that the first person to search need not wait for it.

    In a thread: indexing 5,000 posters takes 0.1 s, during which answers must go on.
    """
    await asyncio.sleep(SETTLED_AFTER)
    for published in programmes_in_force:
        for category in Category:
            try:
                await asyncio.to_thread(published.index.prepare, category)
            except Exception:
                log.exception("could not prepare searching %s", category)


async def run(settings: Settings, *, rehearsal: str | None = None) -> None:
    """``usher run``: the bot at Discord, or at the server that USHER_DISCORD_API names.

    ``rehearsal`` is what ``--clock`` was given. Raises UsherError where it cannot be.
    """
    if settings.token is None:
        raise ConnectionRefusedForeverError(
            "There is no token. Put DISCORD_TOKEN=... into the environment or a file .env in this folder "
            "(Developer Portal, your application, Bot, Reset Token). To try Usher without one: usher sandbox."
        )
    begin, database = None, settings.database
    clock: Clock = SystemClock()
    if rehearsal is not None:
        from bot.rehearsal_clock import rehearsing

        if not (settings.discord_api and urlsplit(settings.discord_api).hostname in _THIS_MACHINE):
            raise UsherError(_NOT_AT_DISCORD)
        # What cannot be rehearsed is refused here, before the last rehearsal is forgotten.
        folder = find_event(settings.event)
        zone = _checked(str(folder.absolute()), read_files(folder), clock.now()).event.tz
        # On another day the real rows would be due, or too late: a rehearsal keeps its tables in a file of its own,
        # without what was said in the last one: each begins anew.
        clock, begin, database = *rehearsing(rehearsal, zone), Path(f"{settings.database}.rehearsal")
    there = assembled(database, settings.event, clock, publishers=settings.publishers, fresh=begin is not None)
    async with there as parts:
        if begin is not None:
            begin(parts.alarm.ring)
        # The programme is for ever: the collector need not walk it again and again, which shows in the slowest answers.
        gc.freeze()
        gc.enable()
        log.info("event: %s", parts.desk.programmes.for_guild(None).program.event.name)
        api = settings.discord_api
        # Only a server on this machine has sent its guilds at once: Discord itself may still be sending them.
        options = {"guild_ready_timeout": 0.0} if api and urlsplit(api).hostname in _THIS_MACHINE else {}
        preparing = asyncio.create_task(_prepare_searching(parts.desk.programmes.all()))
        keeping = asyncio.create_task(keep_house_when_settled(parts))
        try:
            connection = Connection(
                parts.desk,
                parts.database,
                settings.token,
                api=api,
                guild=settings.guild,
                source=parts.source,
                wake=parts.alarm.ring,
                **options,
            )
            async with speaking(parts, connection) as voices:
                await until_told(connection, voices)
        finally:
            preparing.cancel()
            keeping.cancel()
