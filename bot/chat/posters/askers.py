"""Whoever asks without their name cannot be mentioned in the thread: a direct channel is opened for the answer."""

import asyncio
import logging
from typing import Any

import aiohttp
import discord

from bot.actions.posters.choose_author import note_channel
from bot.chat.attending.direct import greeted
from bot.domain.audit import By
from bot.domain.posters.question import Question
from bot.domain.program import Program
from bot.storage.database import Database
from bot.storage.posters import direct_channels
from bot.storage.posters.direct_channels import DirectChannel

log = logging.getLogger(__name__)

#: Seconds. The question is stored by then, and whoever asked waits to read so.
WITHIN = 10.0


def needs_channel(db: Database, question: Question, user_id: int) -> bool:
    """Whether the answer to a question would not reach the person who asked it."""
    if question.named or not question.is_shown or question.asker != user_id:
        return False
    return not direct_channels.of_person(db.reader, question.guild_id, user_id).is_open


async def hears(
    interaction: discord.Interaction[Any], db: Database, question: Question, program: Program, *, by: By
) -> DirectChannel:
    """Open the direct channel, and say there what will come; what is known of it then. The interaction was deferred.

    Raises nothing of Discord's: the question is stored, and whoever asked is to read that in any case.
    """
    text = (
        f"**When question {question.number} is answered, you hear of it here.** "
        "Your name is hidden: only organizers can see it. /questions mine has what you asked."
    )
    try:
        async with asyncio.timeout(WITHIN):
            found = await greeted(interaction, text)
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        # Whose channel it is stays out of the log.
        log.warning("a direct channel was not opened: %s", type(error).__name__)
        found = DirectChannel()
    await note_channel(db, question.guild_id, found, program, by=by)
    return found
