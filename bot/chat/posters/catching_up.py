"""What was typed in the threads of posters while the bot was away is read when it is back, edited or deleted, too.

Discord tells of what a bot missed only after a short break (Gateway, Resuming). The server's channels come with the
newest message of each, so that only threads in which something was typed since are looked into, one after another.
Of edits and deletions nothing is told: there, what questions and answers were typed in is compared with what stands.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta

import discord

from bot.actions.posters.say import thread_of
from bot.chat.desk import Desk
from bot.chat.posters.read_mark import ReadMark
from bot.chat.posters.reading import Ear, Reading, poster_of_thread
from bot.domain.posters.typed import gone_from
from bot.storage import threads
from bot.storage.database import Database
from bot.storage.posters import typed

log = logging.getLogger(__name__)

#: Longer ago than this a question was answered in some other way, or given up.
LOOKED_BACK = timedelta(hours=12)
#: What was typed longer ago is seldom edited any more.
COMPARED_BACK = timedelta(days=2)
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

        Where nothing was read before, as at the first start, nothing is caught up with. A bot that hears only what
        mentions it catches up with deletions alone.
        """
        now, missed = self._desk.clock.now(), self._mark.missed(guild.id)
        known = self._mark.known(guild.id)
        await self._compare(guild, ear, discord.utils.time_snowflake(now - COMPARED_BACK), known)
        if not ear.hears_all:
            return
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

    async def _compare(self, guild: discord.Guild, ear: Ear, since: int, read: int | None) -> None:
        """Let questions and answers of messages after ``since`` follow them; ``read``: up to where that is done."""
        found = await self._db.aside(lambda tables: typed.of_messages(tables, guild.id, since))
        for poster_id, messages in list(found.items())[:THREADS_MOST]:
            kept = threads.of_subject(self._db.reader, guild.id, thread_of(poster_id))
            thread = guild.get_thread(kept.thread_id) if kept is not None else None
            # A thread that was opened anew holds nothing that was typed in the one before.
            there = [message for message in messages if thread is not None and message > thread.id]
            if thread is not None and there:
                try:
                    await self._compare_thread(thread, there, ear, read)
                except discord.HTTPException as error:
                    log.warning("server %d: thread %d cannot be compared: %s", guild.id, thread.id, error)

    async def _compare_thread(
        self, thread: discord.Thread, messages: Sequence[int], ear: Ear, read: int | None
    ) -> None:
        first = discord.Object(min(messages) - 1)
        history = [one async for one in thread.history(limit=MESSAGES_MOST, after=first, oldest_first=True)]
        gone = gone_from({one.id for one in history}, messages, whole=len(history) < MESSAGES_MOST)
        await self._reading.deleted(thread.guild.id, thread.id, gone)
        for message in history:
            edited = message.edited_at
            # What was edited before was followed then: by now it may say something else, changed with a button.
            if read is not None and edited is not None and discord.utils.time_snowflake(edited) > read:
                await self._reading.edited(message, ear)

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
