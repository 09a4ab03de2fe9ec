"""The life of a running bot: it speaks, keeps house, and ends in order."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from msgspec import Struct

from bot.actions.privacy.purge import purge
from bot.chat.connection import Connection
from bot.chat.desk import Desk
from bot.chat.organizing.publishing import Source
from bot.chat.unasked.requests import Requests
from bot.chat.unasked.sender import DiscordSender
from bot.delivery.alarm import Alarm
from bot.delivery.housekeeping import keep_house
from bot.delivery.pacing import Pacing
from bot.delivery.worker import Worker
from bot.domain.times import Clock
from bot.storage.database import Database
from bot.storage.delivery import outbox

log = logging.getLogger(__name__)

#: Seconds for the gateway to hear that the bot leaves.
_CLOSED_WITHIN = 2.0
#: Seconds for messages that are being sent to arrive: together with the above, less than 5.
_FINISHED_WITHIN = 1.5
#: Seconds after which a starting bot has connected and answered those who waited for it.
SETTLED_AFTER = 2.0


class Parts(Struct, frozen=True):
    """What one running bot is made of."""

    database: Database
    desk: Desk
    clock: Clock
    alarm: Alarm
    source: Source


class Voices(Struct, frozen=True):
    """What speaks unasked. ``tasks`` end only where something is wrong with them."""

    worker: Worker
    tasks: frozenset["asyncio.Task[None]"]


@asynccontextmanager
async def speaking(parts: Parts, connection: Connection, pacing: Pacing | None = None) -> AsyncIterator[Voices]:
    """Deliver what is due over ``connection``, and follow what is published, for as long as the context lasts; then
    finish what is in flight. ``pacing`` in place of what Discord's limits ask for.
    """
    token, pacing = await parts.database.write(outbox.token), pacing or Pacing(let_through=connection.let_through)
    sender = DiscordSender(connection, parts.desk, parts.database, token, Requests(pacing))
    worker = Worker(parts.database, sender, parts.clock, parts.alarm, pacing=pacing)
    working = asyncio.create_task(worker.run(), name="delivery")
    following = asyncio.create_task(connection.publishing.run(), name="publishing")
    try:
        yield Voices(worker, frozenset({working, following}))
    finally:
        following.cancel()
        if not working.done():
            await worker.finish(_FINISHED_WITHIN)
        # What is not finished by now stays leased, and is taken up by the next start.
        working.cancel()
        await asyncio.wait({working, following})
        parts.alarm.stop()


async def until_told(connection: Connection, voices: Voices) -> None:
    """Stay connected until the process is told to end (SIGTERM, Ctrl+C), then close everything in order.

    Raises RuntimeError where one of ``voices`` fell silent: a bot that answers and reminds nobody would go unseen, and
    whoever runs the process starts it again.
    """
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # Windows has no signal handlers in its event loop
            asyncio.get_running_loop().add_signal_handler(number, told.set)
    working, waiting = asyncio.create_task(connection.run()), asyncio.create_task(told.wait())
    try:
        await asyncio.wait({working, waiting, *voices.tasks}, return_when=asyncio.FIRST_COMPLETED)
    except asyncio.CancelledError:
        await _leave(connection, voices, working)
        raise
    finally:
        waiting.cancel()
    if working.done() and not told.is_set():
        return working.result()
    silent = [task for task in voices.tasks if task.done()]
    await _leave(connection, voices, working)
    if silent:
        cause = None if silent[0].cancelled() else silent[0].exception()
        raise RuntimeError(f"the bot's {silent[0].get_name()} ended by itself") from cause
    return None


async def _leave(connection: Connection, voices: Voices, working: "asyncio.Task[None]") -> None:
    """Messages on their way first: they need the connection. Of a worker that fell silent there are none."""
    await voices.worker.finish(_FINISHED_WITHIN)
    with suppress(TimeoutError):
        async with asyncio.timeout(_CLOSED_WITHIN):
            await connection.close()
    # Between two lives there is nothing to close; and while it reconnects, discord.py swallows a cancellation.
    while not working.done():
        await asyncio.wait({working}, timeout=1.0)
        working.cancel()
    if not working.cancelled() and (error := working.exception()):
        log.warning("while ending: %r", error)


async def keep_house_when_settled(parts: Parts) -> None:
    """Begin the housekeeping a little after the start: people come first."""
    await asyncio.sleep(SETTLED_AFTER)

    async def remove() -> None:
        programmes = parts.desk.programmes
        await purge(parts.database, lambda guild_id: programmes.for_guild(guild_id).program, parts.clock.now())
        # Messages that showed a name are to be changed.
        parts.alarm.ring()

    keep_house(parts.database, parts.clock, parts.alarm, remove)
