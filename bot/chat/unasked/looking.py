"""Looking for a message that an attempt whose outcome nobody knows may have left."""

import discord

from bot.chat.unasked.requests import Requests
from bot.chat.unasked.whereabouts import refers_to
from bot.delivery.outcome import Sent

#: How many messages are looked through: in requests, and of how many each (Discord, Get Channel Messages: at most 100).
PAGES, _PAGE = 5, 100


async def left_in(
    channel: discord.abc.Messageable, channel_id: int, own_id: int, reference: str, requests: Requests
) -> Sent | None:
    """The bot's own message whose buttons hold the ``reference``, if it is among the latest; each page takes a turn."""
    before = None
    for _ in range(PAGES):
        page = [message async for message in channel.history(limit=_PAGE, before=before)]
        for message in page:
            if message.author.id == own_id and refers_to(message, reference):
                return Sent(channel_id, message.id)
        await requests.turn()
        if len(page) < _PAGE:
            break
        before = page[-1]
    return None
