"""What was typed in the threads of posters while the bot was away is read when it is back.

Discord tells of what a bot missed only after a short break (Gateway, Resuming). The server's channels come with the
newest message of each, so that only threads in which something was typed since are looked into, one after another.
"""

import logging
from datetime import timedelta

import discord

from bot.chat.desk import Desk
from bot.chat.posters.read_mark import ReadMark
from bot.chat.posters.reading import Ear, Reading, poster_of_thread
from bot.storage.database import Database

log = logging.getLogger(__name__)

#: Longer ago than this a question was answered in some other way, or given up.
LOOKED_BACK = timedelta(hours=12)
#: Threads at one start, and messages of each: with the pages that takes, a few seconds' requests.
THREADS_MOST, MESSAGES_MOST = 50, 200


class CatchingUp:
    def __init__(self, desk: Desk, database: Database, reading: Reading, mark: ReadMark) -> None:
        self._desk = desk
        self._db = database
        self._reading = reading
        self._mark = mark

    async def with_guild(self, guild: discord.Guild, ear: Ear) -> None:
        """Read what is newer than the newest message that was read. Never raises for what Discord refuses.

        Where nothing was read before, as at the first start, nothing is caught up with.
        """
        now, missed = self._desk.clock.now(), self._mark.missed(guild.id)
        known = self._mark.known(guild.id)
        if known is not None:
            await self._read(guild, ear, max(known, discord.utils.time_snowflake(now - LOOKED_BACK)))
        await self._mark.caught_up(guild.id, discord.utils.time_snowflake(now), missed)

    async def _read(self, guild: discord.Guild, ear: Ear, since: int) -> None:
        for thread in self._with_news(guild, since):
            try:
                async for message in thread.history(
                    limit=MESSAGES_MOST, after=discord.Object(since), oldest_first=True
                ):
                    await self._reading.said(message, ear)
            except discord.HTTPException as error:
                log.warning("server %d: thread %d cannot be caught up with: %s", guild.id, thread.id, error)

    def _with_news(self, guild: discord.Guild, since: int) -> list[discord.Thread]:
        """The threads of posters in which something was typed after message ``since``, the latest first."""
        found = [
            thread
            for thread in guild.threads
            if (thread.last_message_id or 0) > since and poster_of_thread(self._db.reader, guild.id, thread.id)
        ]
        found.sort(key=lambda thread: -(thread.last_message_id or 0))
        if len(found) > THREADS_MOST:
            log.warning("server %d: %d threads have news, of which %d are read", guild.id, len(found), THREADS_MOST)
        return found[:THREADS_MOST]
