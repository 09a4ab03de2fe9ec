"""What people type in the threads of posters: questions are collected, and replies of authors count as answers.

Every message of every server comes by here: what is not in a thread of a poster costs no more than a look at it.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import discord

from bot.actions.posters import say
from bot.actions.posters.answer import answer
from bot.actions.posters.ask import Written, ask
from bot.actions.posters.follow import follow, gone
from bot.actions.posters.hint import About, hint, was_told
from bot.chat.desk import Desk
from bot.domain.audit import By
from bot.domain.errors import UsherError
from bot.domain.posters.asking import asks
from bot.domain.posters.limits import LATELY, cleaned, has_words, shortened
from bot.storage import threads
from bot.storage.database import Database, Tables
from bot.storage.posters import authorship, questions, typed

log = logging.getLogger(__name__)

#: How long after it was typed a message may become a question by an edit. Later ones are other corrections.
CORRECTED = timedelta(minutes=10)
#: Of what one person types and cannot be asked within ``LATELY``, so much is kept: all of it stands in the thread.
KEPT_MOST = 5


@dataclass(frozen=True, slots=True)
class Ear:
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

    async def edited(self, message: discord.Message, ear: Ear) -> None:
        """Also when Discord adds a preview to it. Without its content nothing is known of what it says now."""
        poster_id = self._poster(message)
        if poster_id is None or message.edited_at is None or not (ear.hears(message) and message.content):
            return
        assert message.guild is not None
        program = self._desk.programmes.for_guild(message.guild.id).program
        if await follow(self._db, message.guild.id, _text(message, ear), program, by=self._by(message)):
            self._wake()
        elif message.edited_at - message.created_at <= CORRECTED:
            await self._take(message, poster_id, ear)

    async def deleted(self, guild_id: int | None, channel_id: int, messages: Sequence[int]) -> None:
        """By whoever typed them, or by a moderator: Discord does not say."""
        if guild_id is None or poster_of_thread(self._db.reader, guild_id, channel_id) is None:
            return
        if await gone(self._db, guild_id, messages, at=self._desk.clock.now()):
            self._wake()

    async def _take(self, message: discord.Message, poster_id: str, ear: Ear) -> None:
        """An answer where an author of the poster replies to a question; a question where somebody else asks."""
        assert message.guild is not None
        guild_id, text, by = message.guild.id, _text(message, ear), self._by(message)
        try:
            if authorship.is_author(self._db.reader, guild_id, poster_id, by.user):
                await self._answer(message, poster_id, text, by)
            elif asks(text) or (f"<@{ear.bot}>" in message.content and has_words(text)):
                await self._ask(Written(poster_id, text, named=True, message_id=by.act), guild_id, by)
        except UsherError as refusal:
            # A thumbs-up, or a reply below a question that was withdrawn: it stays what it is, a message.
            log.debug("what was typed is not taken up: %s", refusal)

    async def _answer(self, message: discord.Message, poster_id: str, text: str, by: By) -> None:
        assert message.guild is not None
        guild_id, mentioned = message.guild.id, [person.id for person in message.mentions]
        replied = question_replied_to(self._db.reader, guild_id, poster_id, message)
        if replied is None:
            return
        await answer(self._db, guild_id, replied, shortened(text), by=by, message_id=by.act, mentioned=mentioned)
        self._wake()

    async def _ask(self, written: Written, guild_id: int, by: By) -> None:
        if typed.kept_since(self._db.reader, guild_id, by.user, by.at - LATELY) >= KEPT_MOST:
            return
        program = self._desk.programmes.for_guild(guild_id).program
        found = await ask(self._db, guild_id, written, program, by=by, anyway=True)
        if found.fault is not None:
            await hint(self._db, guild_id, written.poster_id, About.KEPT, by=by)
        self._wake()

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


def question_replied_to(db: Tables, guild_id: int, poster_id: str, message: discord.Message) -> int | None:
    """The id of the question that a message is a reply to: to the bot's message of it or of an answer, or to what
    somebody typed that became one.
    """
    reference = message.reference
    if message.type is not discord.MessageType.reply or reference is None or reference.message_id is None:
        return None
    typed_one = questions.of_act(db, reference.message_id)
    if typed_one is not None:
        return typed_one.id if (typed_one.guild_id, typed_one.poster_id) == (guild_id, poster_id) else None
    return typed.question_shown_in(
        db, guild_id, poster_id, reference.message_id, question=say.QUESTION_KEYS, answer=say.ANSWER_KEYS
    )


def _may_be_ours(channel: object) -> bool:
    """Posts of forums, and threads that the library does not know; not the channels in which most is said."""
    if isinstance(channel, discord.Thread):
        return not isinstance(channel.parent, discord.TextChannel)
    return isinstance(channel, discord.PartialMessageable)


def _text(message: discord.Message, ear: Ear) -> str:
    """What it says, without addressing the bot."""
    return cleaned(message.content.replace(f"<@{ear.bot}>", ""))
