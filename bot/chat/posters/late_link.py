"""The confirmation of a question comes before it stands in its poster's thread: that may not be there yet, or was
deleted, and is opened anew. The confirmation gets the way to it afterwards.
"""

import asyncio
import logging
from typing import Any

import aiohttp
import discord
from msgspec.structs import replace

from bot.actions.posters.ask import Asked
from bot.chat.desk import Desk
from bot.chat.posters import cards
from bot.chat.posters.lists import Lists
from bot.chat.render.card import Card
from bot.chat.render.layout import NO_PINGS
from bot.storage.database import Database
from bot.storage.posters import questions, said
from bot.storage.posters.direct_channels import DirectChannel

log = logging.getLogger(__name__)

#: Seconds: how often is looked, and for how long. Mostly the question stands in its thread after one or two.
_EVERY, _FOR = 0.5, 20.0


class LateLinks:
    """Nothing of it is stored: where the bot ends before, /questions mine leads to the thread."""

    def __init__(self, desk: Desk, database: Database, lists: Lists) -> None:
        self._desk = desk
        self._db = database
        self._lists = lists
        self._waiting: set[asyncio.Task[None]] = set()

    def add(
        self,
        interaction: discord.Interaction[Any],
        found: Asked,
        title: str,
        shown: str | None,
        channel: DirectChannel | None,
    ) -> None:
        """Put the way to the thread into the answer to ``interaction`` where it is not the one ``shown``. Returns at
        once. Else as ``cards.asked``.
        """
        follow = self._follow(interaction, found, title, shown, channel)
        task = asyncio.create_task(follow, name="usher: the way to a thread")
        # The loop itself holds tasks only weakly (asyncio, Creating Tasks).
        self._waiting.add(task)
        task.add_done_callback(self._waiting.discard)

    async def _follow(
        self,
        interaction: discord.Interaction[Any],
        found: Asked,
        title: str,
        shown: str | None,
        channel: DirectChannel | None,
    ) -> None:
        for _ in range(int(_FOR / _EVERY)):
            await asyncio.sleep(_EVERY)
            if interaction.client.is_closed():
                return
            now = questions.of_id(self._db.reader, found.question.guild_id, found.question.id)
            if now is None or not now.is_shown:
                # Withdrawn by a press on the confirmation: something else stands in its place.
                return
            if (link := self._lists.link(now)) is None:
                continue
            if link != shown:
                await self._show(interaction, cards.asked(replace(found, question=now), title, link, channel))
                shown = link
            if said.is_posted(self._db.reader, now.guild_id, now.id):
                return

    async def _show(self, interaction: discord.Interaction[Any], card: Card) -> None:
        try:
            await interaction.edit_original_response(view=self._desk.made(card), allowed_mentions=NO_PINGS)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            # Whoever asked may have closed it.
            log.debug("a confirmation did not get its link: %s", error)
