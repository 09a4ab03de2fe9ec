"""Point discord.py at another Discord-compatible server.

The library keeps the addresses in class attributes and offers no setting. Changing only the REST
address still dials Discord's gateway, and after an invalid session the client goes back to its
default gateway, so all three are set, here and nowhere else.
"""

from urllib.parse import urlsplit

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route


async def point_at(api_url: str) -> None:
    """Talk to the server whose REST API is at ``api_url`` (http://127.0.0.1:PORT/api/v10) from now on.

    Asks it for its gateway, so raises aiohttp.ClientError or TimeoutError while it is not there.
    """
    timeout = aiohttp.ClientTimeout(total=10)
    async with aiohttp.ClientSession(timeout=timeout) as session, session.get(f"{api_url}/gateway") as answer:
        answer.raise_for_status()
        gateway = (await answer.json())["url"]
    origin = urlsplit(api_url)
    Route.BASE = api_url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
    discord.Asset.BASE = f"{origin.scheme}://{origin.netloc}/cdn"
