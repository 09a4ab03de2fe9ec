"""What people type in the threads of posters: questions are collected, and replies of authors count as answers.

Every message of every server comes by here: what is not in a thread of a poster costs no more than a look at it.
"""

import logging
from collections.abc import Callable, Sequence

import discord
from msgspec import Struct

from bot.actions.posters import say
from bot.actions.posters.follow import follow, gone
from bot.actions.posters.hint import About, hint, was_told
from bot.actions.posters.take import take
from bot.chat.desk import Desk
from bot.domain.audit import By
from bot.domain.errors import UsherError
from bot.domain.posters.limits import cleaned
from bot.domain.posters.typed import Typed, is_correction
from bot.storage import threads
from bot.storage.database import Database, Tables
from bot.storage.posters import authorship

log = logging.getLogger(__name__)


class Ear(Struct, frozen=True):
    """Whose ear it is, the bot's id; and whether it hears everything, or only what mentions the bot."""

    bot: int
    hears_all: bool

    def hears(self, message: discord.Message) -> bool:
        return self.hears_all or any(person.id == self.bot for person in message.mentions)


class Reading:
    def __init__(self, desk: Desk, database: Database, wake: Callable[[], None]) -> None:
        self._desk = desk
        self._db = database
        self._wake = wake

    async def said(self, message: discord.Message, ear: Ear) -> bool:
        """Somebody typed something, perhaps told of twice. What is no question and no answer is left alone.

        Gives whether it was in a poster's thread.
        """
        poster_id = self._poster(message)
        if poster_id is None:
            return False
        if ear.hears(message):
            await self._take(message, poster_id, ear)
        else:
            await self._hint(message, poster_id)
        return True

    async def edited(self, message: discord.Message, ear: Ear) -> bool:
        """Also when Discord adds a preview to it. Without its content nothing is known of what it says now.

        Gives whether a question or an answer follows it.
        """
        poster_id = self._poster(message)
        if poster_id is None or message.edited_at is None or not (ear.hears(message) and message.content):
            return False
        assert message.guild is not None
        program = self._desk.programmes.for_guild(message.guild.id).program
        text = typed_in(message, ear.bot).text
        if await follow(self._db, message.guild.id, text, program, by=self._by(message)):
            self._wake()
            return True
        return is_correction(message.created_at, message.edited_at) and await self._take(message, poster_id, ear)

    async def deleted(self, guild_id: int | None, channel_id: int, messages: Sequence[int]) -> None:
        """By whoever typed them, or by a moderator: Discord does not say."""
        if guild_id is None or poster_of_thread(self._db.reader, guild_id, channel_id) is None:
            return
        if await gone(self._db, guild_id, messages, at=self._desk.clock.now()):
            self._wake()

    async def _take(self, message: discord.Message, poster_id: str, ear: Ear) -> bool:
        """Whether anything is to be said of it."""
        assert message.guild is not None
        guild_id, said = message.guild.id, typed_in(message, ear.bot)
        program = self._desk.programmes.for_guild(guild_id).program
        try:
            if await take(self._db, guild_id, poster_id, said, program, by=self._by(message)):
                self._wake()
                return True
        except UsherError as refusal:
            # A thumbs-up, or a reply below a question that was withdrawn: it stays what it is, a message.
            log.debug("what was typed is not taken up: %s", refusal)
        return False

    async def _hint(self, message: discord.Message, poster_id: str) -> None:
        assert message.guild is not None
        guild_id, by = message.guild.id, self._by(message)
        author = authorship.is_author(self._db.reader, guild_id, poster_id, by.user)
        about = About.AUTHOR if author else About.UNREAD
        # Most were told before, which is no reason to write.
        if was_told(self._db.reader, guild_id, by.user, about):
            return
        if await hint(self._db, guild_id, poster_id, about, by=by):
            self._wake()

    def _by(self, message: discord.Message) -> By:
        """A message does once what it does, like an interaction."""
        return By(message.author.id, message.id, self._desk.clock.now())

    def _poster(self, message: discord.Message) -> str | None:
        """The poster in whose thread a person typed it; None for everything else."""
        if message.author.bot or message.is_system() or message.guild is None or not _may_be_ours(message.channel):
            return None
        return poster_of_thread(self._db.reader, message.guild.id, message.channel.id)


def poster_of_thread(db: Tables, guild_id: int, channel_id: int) -> str | None:
    """The id of the poster that a channel is the thread of; None also for a thread of another kind."""
    thread = threads.of_id(db, guild_id, channel_id)
    if thread is None:
        return None
    poster_id = say.poster_of(thread.subject)
    return poster_id if say.thread_of(poster_id) == thread.subject else None


def typed_in(message: discord.Message, bot: int) -> Typed:
    """What a message says, as a value. ``bot`` is the bot's id: that it is addressed is not part of the text."""
    mention, reference = f"<@{bot}>", message.reference
    is_reply = message.type is discord.MessageType.reply and reference is not None
    return Typed(
        cleaned(message.content.replace(mention, "")),
        addressed=mention in message.content,
        replies_to=reference.message_id if is_reply and reference is not None else None,
        mentioned=tuple(person.id for person in message.mentions),
    )


def _may_be_ours(channel: object) -> bool:
    """Posts of forums, and threads that the library does not know; not the channels in which most is said."""
    if isinstance(channel, discord.Thread):
        return not isinstance(channel.parent, discord.TextChannel)
    return isinstance(channel, discord.PartialMessageable)
