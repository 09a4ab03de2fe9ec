"""A direct channel, opened when they ask for something to come there. If it is closed, they hear so at once."""

from typing import Any

import discord

from bot.chat.render.layout import NO_PINGS
from bot.chat.unasked.refusals import CLOSED
from bot.domain.errors import UsherError
from bot.storage.posters.direct_channels import DirectChannel

#: Discord's code: the bot opens too many direct channels.
_TOO_MANY = 40003

_REFUSED = {
    CLOSED: "I cannot write to you: your privacy settings here do not allow direct messages. Nothing was changed. "
    "Allow direct messages in this server's privacy settings and try again, or {}.",
    _TOO_MANY: "Discord lets me open only so many direct messages at a time. Nothing was changed. "
    "Try again in ten minutes, or {}.",
}


async def welcomed(interaction: discord.Interaction[Any], text: str, *, instead: str) -> int:
    """The id of the person's direct channel, once ``text`` has arrived there.

    Raises UsherError where Discord refuses it; it then offers what to do ``instead``, an order that ends the sentence.
    """
    try:
        return await _arrived(interaction, text)
    except discord.HTTPException as error:
        if error.code not in _REFUSED:
            raise
        raise UsherError(_REFUSED[error.code].format(instead)) from error


async def greeted(interaction: discord.Interaction[Any], text: str) -> DirectChannel:
    """The same for what is done in any case: the person's direct channel, closed where Discord says that it is.

    It is neither open nor closed where it cannot be opened just now.
    """
    try:
        return DirectChannel(await _arrived(interaction, text))
    except discord.HTTPException as error:
        if error.code not in _REFUSED:
            raise
        return DirectChannel(closed=error.code == CLOSED)


async def _arrived(interaction: discord.Interaction[Any], text: str) -> int:
    channel = await interaction.user.create_dm()
    # The nonce keeps a repeated request from saying it twice.
    await channel.send(text, allowed_mentions=NO_PINGS, nonce=str(interaction.id))
    return channel.id
