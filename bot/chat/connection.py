"""Stay connected: build the client, run it, and begin again where that helps.

discord.py reconnects by itself once it was connected; a refused first connection or a malformed
dispatch ends its ``start``, so a loop stands around it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import discord

from bot.chat.client import UsherClient
from bot.chat.desk import Desk
from bot.chat.endpoint import point_at
from bot.chat.organizing.publishing import Publishing, Source
from bot.domain.errors import UsherError
from bot.storage.database import Database

log = logging.getLogger(__name__)

#: Seconds.
FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0

#: Gateway close codes that trying again cannot mend (Discord: Gateway close event codes).
_REFUSED = {
    4004: "Discord refused the token during the connection. Was it reset? Put the current one into DISCORD_TOKEN.",
    4010: "Discord refused the shard. Start one Usher process per token.",
    4011: "Discord asks for more shards than were opened. Restart Usher; it then asks for the right number.",
    4013: "Discord does not know one of the intents. Update Usher.",
    4014: "Discord refused an intent: it is not switched on for this application (Developer Portal, Bot, Intents).",
}


class ConnectionRefusedForeverError(UsherError):
    """Discord will not let this bot in until somebody changes something; the text says what."""


class Connection:
    """The bot's presence at one server: a client for each life, the current one at hand."""

    def __init__(
        self,
        desk: Desk,
        database: Database,
        token: str,
        *,
        api: str | None,
        guild: int | None = None,
        source: Source | None = None,
        wake: Callable[[], None] = lambda: None,
        **options: Any,
    ) -> None:
        """``api`` is another Discord-compatible server's address; ``source`` are the event's files, for those who may
        read them anew; ``wake`` is called when there may be something to say; ``options`` go to the library's client.
        """
        self.client: UsherClient | None = None
        self.publishing = Publishing(desk, database, wake)
        self._desk = desk
        self._database = database
        self._token = token
        self._api = api
        self._guild = guild
        self._source = source
        self._wake = wake
        self._options = options
        self._ready = asyncio.Event()

    async def run(self) -> None:
        """Until it is closed. Raises ConnectionRefusedForeverError."""
        await stay_connected(self._one_life)

    async def ready(self) -> None:
        """Returns once there is a client that knows its servers."""
        await self._ready.wait()

    async def let_through(self) -> None:
        """Returns once Discord's global limit is over, where it was hit: the library then holds all requests back."""
        over = self.client.http._global_over if self.client is not None else discord.utils.MISSING
        if over is not discord.utils.MISSING:
            await over.wait()

    async def close(self) -> None:
        """End the current life in order: the gateway is told, and ``run`` returns."""
        if self.client is not None:
            await self.client.close()

    async def _one_life(self) -> None:
        if self._api:
            await point_at(self._api)
        try:
            await self._live(message_content=True)
        except discord.PrivilegedIntentsRequired:
            if self.client is None or not self.client.reads_content:
                raise
            log.warning(
                "Discord refused the Message Content intent, though it is switched on for the application. Going on "
                "without it: what people type is not read. For a bot in many servers Discord has to approve it first."
            )
            await self._live(message_content=False)

    async def _live(self, *, message_content: bool) -> None:
        self._ready.clear()
        client = UsherClient(
            self._desk,
            self._database,
            self.publishing,
            source=self._source,
            sync_guild=self._guild,
            message_content=message_content,
            wake=self._wake,
            there=self._ready.set,
            **self._options,
        )
        async with client as self.client:
            await client.start(self._token)


async def stay_connected(
    connect: Callable[[], Awaitable[None]], *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Run ``connect`` (a fresh client's whole life) until it ends by itself.

    A server that cannot be reached is tried again with a growing wait, up to a minute. Raises
    ConnectionRefusedForeverError for a token or an intent that Discord refuses.
    """
    wait = FIRST_WAIT
    loop = asyncio.get_running_loop()
    while True:
        began = loop.time()
        try:
            await connect()
            return
        except UsherError:
            raise
        except Exception as error:
            reason = _why(error)
        if loop.time() - began > LONGEST_WAIT:
            wait = FIRST_WAIT
        log.warning("Discord: %s. Trying again in %.0f s.", reason, wait)
        await sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT)


def _why(error: Exception) -> str:
    """What ended a connection, in words. Raises ConnectionRefusedForeverError where trying again is no use."""
    match error:
        case discord.LoginFailure():
            raise ConnectionRefusedForeverError(
                "Discord refused the token. Copy it anew (Developer Portal, Bot, Reset Token) into DISCORD_TOKEN."
            ) from None
        case discord.PrivilegedIntentsRequired():
            raise ConnectionRefusedForeverError(_REFUSED[4014]) from None
        case discord.ConnectionClosed(code=code) if code in _REFUSED:
            raise ConnectionRefusedForeverError(_REFUSED[code]) from None
        case discord.ConnectionClosed(code=code):
            return f"the connection was closed ({code})"
        case OSError() | aiohttp.ClientError() | TimeoutError():
            return f"cannot reach it ({error})"
        case discord.HTTPException() | discord.GatewayNotFound():
            return f"it answered with an error ({error})"
        case _:
            log.error("the connection ended unexpectedly", exc_info=error)
            return "the connection ended unexpectedly"
