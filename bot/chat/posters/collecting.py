"""A message's menu: somebody says that what was typed is a question, or an answer."""

from collections.abc import Callable
from typing import Any

import discord

from bot.actions.posters.ask import Asked, Written
from bot.actions.posters.collect import Collected, collect, mark
from bot.actions.posters.place import place
from bot.chat.actors import actor_of
from bot.chat.desk import Desk
from bot.chat.lookup import Lookup
from bot.chat.posters import cards
from bot.chat.posters.reading import poster_of_thread, typed_in
from bot.chat.private import say, show, turn
from bot.chat.render.card import Card, Does, Menu, Option
from bot.chat.render.layout import OPTIONS_MOST
from bot.chat.render.text import count, plain
from bot.domain.audit import By
from bot.domain.errors import UsherError
from bot.domain.people import Action, may
from bot.domain.posters.limits import cleaned
from bot.domain.posters.question import Question, State
from bot.storage.database import Database
from bot.storage.posters import questions

Interaction = discord.Interaction[Any]

#: What choosing the question does that an answer belongs to.
PLACE = "place"
_ELSEWHERE = "This works on messages in a poster's thread. Open a poster with /poster to find its thread."
_NOT_TYPED = "This is no message that somebody typed. Choose one that a person wrote."


class Collecting:
    """Every answer is for whoever opened the menu alone."""

    def __init__(self, desk: Desk, database: Database, wake: Callable[[], None]) -> None:
        self._desk = desk
        self._db = database
        self._wake = wake

    async def collect(self, interaction: Interaction, message: discord.Message) -> None:
        """Make it a question of whoever wrote it. Raises UsherError."""
        guild_id, poster_id = self._where(interaction, message)
        program, collector = self._desk.programmes.for_guild(guild_id).program, interaction.user.id
        written = Written(poster_id, cleaned(message.content), named=True, message_id=message.id)
        by, organizer = self._by(message), self._is_organizer(interaction)
        done = await collect(self._db, guild_id, written, program, by=by, collector=collector, organizer=organizer)
        self._wake()
        if done.before:
            await say(interaction, _known(done))
        else:
            await self._collected(interaction, done.asked, own=collector == message.author.id)

    async def mark(self, interaction: Interaction, message: discord.Message) -> None:
        """Make it an answer: to the question it replies to, else to one that is chosen. Raises UsherError."""
        guild_id, poster_id = self._where(interaction, message)
        by, said = self._by(message), typed_in(message, interaction.client.user.id)
        marker, organizer = interaction.user.id, self._is_organizer(interaction)
        done = await mark(self._db, guild_id, poster_id, said, by=by, marker=marker, organizer=organizer)
        self._wake()
        if done is None:
            await self._ask_which(interaction, guild_id, poster_id, message.id)
        else:
            await say(interaction, _marked(done.question))

    async def place(self, interaction: Interaction, lookup: Lookup) -> None:
        """The question was chosen that an answer belongs to. Raises UsherError."""
        question, message = (int(lookup.arg(at)) if lookup.arg(at).isdecimal() else 0 for at in (0, 1))
        assert interaction.guild_id is not None
        by = self._desk.by(interaction)
        done = await place(self._db, interaction.guild_id, message, question, by=by)
        self._wake()
        card = Card((_marked(done.question),), shareable=False)
        await turn(interaction, self._desk.made(card))

    async def _ask_which(self, interaction: Interaction, guild_id: int, poster_id: str, message_id: int) -> None:
        found = questions.of_poster(self._db.reader, guild_id, poster_id)
        found.sort(key=lambda question: question.state is not State.OPEN)
        options = tuple(
            Option(
                plain(f"{one.number}: {one.text}", 100),
                Lookup(PLACE, (str(one.id), str(message_id))),
                "answered already" if one.state is State.ANSWERED else count(one.votes, "upvote"),
            )
            for one in found[:OPTIONS_MOST]
        )
        head = (
            "## Which question does it answer?\nIt is a reply to none of them, so choose one. Nothing is changed yet."
        )
        every = questions.number_of_poster(self._db.reader, guild_id, poster_id)
        if every > OPTIONS_MOST:
            head += (
                f"\nThese are {OPTIONS_MOST} of {every} questions, those without an answer first. Is it another? Press "
                "**Answer** below that one."
            )
        card = Card((head,), Menu("Choose the question", options, Does.QUESTION), shareable=False)
        await show(interaction, self._desk.made(card))

    async def _collected(self, interaction: Interaction, found: Asked, *, own: bool) -> None:
        poster = self._desk.published(interaction).program.poster_by_id.get(found.question.poster_id)
        if own:
            await show(interaction, self._desk.made(cards.asked(found, poster.title if poster else "a poster", None)))
        elif found.fault is not None:
            await say(
                interaction,
                "It was not asked: whoever typed it asked a lot within a short time, or has to wait. It is kept for "
                "them under /questions mine.",
            )
        else:
            await say(
                interaction, f"It is recorded as question {found.question.number}, asked by <@{found.question.asker}>."
            )

    def _where(self, interaction: Interaction, message: discord.Message) -> tuple[int, str]:
        """The server and the poster. Raises UsherError where it is no message that a person typed in its thread."""
        guild_id = interaction.guild_id
        poster_id = poster_of_thread(self._db.reader, guild_id, message.channel.id) if guild_id is not None else None
        if guild_id is None or poster_id is None:
            raise UsherError(_ELSEWHERE)
        if message.author.bot or message.is_system():
            raise UsherError(_NOT_TYPED)
        return guild_id, poster_id

    def _is_organizer(self, interaction: Interaction) -> bool:
        return may(actor_of(interaction, self._desk.published(interaction).program.server), Action.COLLECT)

    def _by(self, message: discord.Message) -> By:
        """In the name of whoever wrote it, and once for each message, whoever opens its menu."""
        return By(message.author.id, message.id, self._desk.clock.now())


def _known(done: Collected) -> str:
    """It is a question already. It may have been edited since where the bot could not read it."""
    known = done.asked.question
    if done.changed:
        return f"Question {known.number} now says what this message says."
    why = "" if known.is_shown else ", and was taken back or hidden"
    return f"This was collected before: it is question {known.number}{why}."


def _marked(question: Question) -> str:
    return f"It is recorded as an answer to question {question.number}."
