"""Stay connected: build the client, run it, and begin again where that helps.

discord.py reconnects by itself once it was connected; a refused first connection or a malformed
dispatch ends its ``start``, so a loop stands around it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import aiohttp
import discord

from bot.domain.errors import UsherError

log = logging.getLogger(__name__)

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
        except discord.LoginFailure:
            raise ConnectionRefusedForeverError(
                "Discord refused the token. Copy it anew (Developer Portal, Bot, Reset Token) into DISCORD_TOKEN."
            ) from None
        except discord.PrivilegedIntentsRequired:
            raise ConnectionRefusedForeverError(_REFUSED[4014]) from None
        except discord.ConnectionClosed as error:
            if error.code in _REFUSED:
                raise ConnectionRefusedForeverError(_REFUSED[error.code]) from None
            reason = f"the connection was closed ({error.code})"
        except (OSError, aiohttp.ClientError, TimeoutError) as error:
            reason = f"cannot reach it ({error})"
        except (discord.HTTPException, discord.GatewayNotFound) as error:
            reason = f"it answered with an error ({error})"
        except UsherError:
            raise
        except Exception:
            log.exception("the connection ended unexpectedly")
            reason = "the connection ended unexpectedly"
        if loop.time() - began > LONGEST_WAIT:
            wait = FIRST_WAIT
        log.warning("Discord: %s. Trying again in %.0f s.", reason, wait)
        await sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT)
