"""The files of a message that is reported, fetched at once: links to them expire, and end with the message."""

import asyncio
import logging

import aiohttp
import discord

from bot.domain.conduct.case import FILES_BYTES, FILES_MOST

log = logging.getLogger(__name__)

#: Seconds for all of them. Whoever reports does not wait for it: they fill in the form.
_PATIENCE = 60.0


async def fetched(message: discord.Message) -> dict[int, tuple[str, bytes]]:
    """Names and contents by their places in the message: as many as are kept. Never raises: of the others the links
    stay.
    """
    found: dict[int, tuple[str, bytes]] = {}
    left = FILES_BYTES
    try:
        async with asyncio.timeout(_PATIENCE):
            for place, file in enumerate(message.attachments):
                if file.size > left or len(found) == FILES_MOST:
                    continue
                try:
                    content = await file.read()
                except discord.HTTPException as error:
                    # What it is called may tell of whom it is.
                    log.warning("a file of a reported message was not fetched: %d", error.status)
                    continue
                found[place] = file.filename, content
                left -= len(content)
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        log.warning("files of a reported message were not fetched: %s", type(error).__name__)
    return found
