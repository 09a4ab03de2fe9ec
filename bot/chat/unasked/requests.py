"""What the bot asks of Discord unasked: paced, stopped in time, and every failure put into words for the outbox."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
import discord

from bot.chat.unasked.refusals import AFTER_A_FAULT, InvalidRequests
from bot.delivery.outcome import Later
from bot.delivery.pacing import Pacing

#: What aiohttp says of a request in a session that was closed before it began.
_CLOSED = "Session is closed"
T = TypeVar("T")
E = TypeVar("E")


class Requests:
    """``pacing`` is the worker's own: a row has a turn already, for its first request; each further one waits for its
    own. Were they taken at once, and used later, the requests of many rows would come in heaps.
    """

    def __init__(self, pacing: Pacing | None = None, invalid: InvalidRequests | None = None) -> None:
        self._pacing = pacing or Pacing(None)
        self._invalid = invalid or InvalidRequests()

    async def turn(self) -> None:
        """Wait until one request more may be sent."""
        await self._pacing.turn()

    async def asked(
        self, ask: Callable[[], Awaitable[T]], refused: Callable[[discord.HTTPException], E]
    ) -> T | E | Later:
        """What ``ask`` gives, or what its failing means; ``refused`` reads an answer of Discord's that is an error."""
        now = asyncio.get_running_loop().time
        if wait := self._invalid.wait(now()):
            return Later("Discord refused too many requests, and would ban the bot next", wait, certain=True)
        try:
            return await ask()
        except discord.RateLimited as limited:
            self._invalid.count(limited, now())
            return Later("Discord asks to wait", limited.retry_after, certain=True)
        except discord.HTTPException as error:
            self._invalid.count(error, now())
            return refused(error)
        except (OSError, aiohttp.ClientError, TimeoutError) as error:
            return Later(f"the connection to Discord broke ({error!r})", AFTER_A_FAULT)
        except RuntimeError as error:
            # Dozens may wait at one limit while the bot is stopped: aiohttp has no class of its own for that.
            if str(error) != _CLOSED:
                raise
            return Later("the connection to Discord was closed", AFTER_A_FAULT)
