"""A message's menu: somebody says that what was typed is a question, or an answer."""

from collections.abc import Callable
from typing import Any

import discord

from bot.actions.posters.answer import answer
from bot.actions.posters.ask import Asked, Written, ask, ask_draft
from bot.actions.posters.follow import follow
from bot.actions.posters.place import place, set_aside
from bot.chat.actors import actor_of
from bot.chat.desk import Desk
from bot.chat.lookup import Lookup
from bot.chat.posters import cards
from bot.chat.posters.reading import poster_of_thread, question_replied_to
from bot.chat.render.card import Card, Does, Menu, Option
from bot.chat.render.layout import NO_PINGS, OPTIONS_MOST
from bot.chat.render.text import count, plain
from bot.domain.audit import By
from bot.domain.errors import NotAllowedError, UsherError
from bot.domain.people import Action, may
from bot.domain.posters.limits import cleaned, fault_of, shortened
from bot.domain.posters.question import Question, State
from bot.storage.database import Database
from bot.storage.posters import answers, authorship, questions

Interaction = discord.Interaction[Any]

#: What choosing the question does that an answer belongs to.
PLACE = "place"
_ELSEWHERE = "This works on messages in a poster's thread. Open a poster with /poster to find its thread."
_NOT_TYPED = "This is no message that somebody typed. Choose one that a person wrote."
_NOT_YOURS = (
    "Only the authors of this poster and organizers mark answers here. If you are an author, use /author claim with "
    "the code that the organizers gave you."
)
_NOT_AN_AUTHORS = (
    "Whoever wrote this is not known as an author of this poster, so it does not count as an answer. Authors make "
    "themselves known with /author claim."
)


class Collecting:
    """Every answer is for whoever opened the menu alone."""

    def __init__(self, desk: Desk, database: Database, wake: Callable[[], None]) -> None:
        self._desk = desk
        self._db = database
        self._wake = wake

    async def collect(self, interaction: Interaction, message: discord.Message) -> None:
        """Make it a question of whoever wrote it. Raises UsherError."""
        guild_id, poster_id = self._where(interaction, message)
        text, by = cleaned(message.content), self._by(message)
        if (given := answers.of_act(self._db.reader, message.id)) is not None:
            raise UsherError(f"This counts as an answer to question {self._number(guild_id, given.question)} already.")
        own = interaction.user.id == message.author.id
        if not own and fault_of(text) is not None:
            raise UsherError(
                "This cannot be asked as it is: it is too long, holds too many links, or has no words. Whoever wrote "
                "it can edit it, or ask with the button Ask a question."
            )
        known = questions.of_act(self._db.reader, message.id)
        if known is not None and known.state is not State.DRAFT:
            await self._known(interaction, known, text, by)
            return
        program = self._desk.programmes.for_guild(guild_id).program
        if known is not None:
            await follow(self._db, guild_id, text, program, by=by)
            found = await ask_draft(self._db, guild_id, known.id, program, by=by)
        else:
            written = Written(poster_id, text, named=True, message_id=message.id)
            found = await ask(self._db, guild_id, written, program, by=by, anyway=True)
        self._wake()
        await self._collected(interaction, found, own=own)

    async def mark(self, interaction: Interaction, message: discord.Message) -> None:
        """Make it an answer: to the question it replies to, else to one that is chosen. Raises UsherError."""
        guild_id, poster_id = self._where(interaction, message)
        db, by = self._db.reader, self._by(message)
        organizer = may(actor_of(interaction, self._desk.published(interaction).program.server), Action.MARK_ANSWERS)
        if not organizer and not authorship.is_author(db, guild_id, poster_id, interaction.user.id):
            raise NotAllowedError(_NOT_YOURS)
        if not authorship.is_author(db, guild_id, poster_id, by.user):
            raise UsherError(_NOT_AN_AUTHORS)
        if (given := answers.of_act(db, message.id)) is not None:
            raise UsherError(f"This counts as an answer to question {self._number(guild_id, given.question)} already.")
        if (asked := questions.of_act(db, message.id)) is not None and asked.is_shown:
            raise UsherError(f"This was collected as question {asked.number}. Withdraw that first: /questions mine.")
        text = shortened(cleaned(message.content))
        if fault_of(text) is not None:
            raise UsherError("This does not count as an answer: it has no words, or too many links.")
        replied = question_replied_to(db, guild_id, poster_id, message)
        if replied is None:
            await self._ask_which(interaction, guild_id, poster_id, text, by)
            return
        mentioned = [person.id for person in message.mentions]
        done = await answer(self._db, guild_id, replied, text, by=by, message_id=message.id, mentioned=mentioned)
        self._wake()
        await self._say(interaction, _marked(done.question))

    async def place(self, interaction: Interaction, lookup: Lookup) -> None:
        """The question was chosen that an answer belongs to. Raises UsherError."""
        question, message = (int(lookup.arg(at)) if lookup.arg(at).isdecimal() else 0 for at in (0, 1))
        assert interaction.guild_id is not None
        by = By(interaction.user.id, interaction.id, self._desk.clock.now())
        done = await place(self._db, interaction.guild_id, message, question, by=by)
        self._wake()
        card = Card((_marked(done.question),), shareable=False)
        await interaction.response.edit_message(view=self._desk.made(card), allowed_mentions=NO_PINGS)

    async def _ask_which(self, interaction: Interaction, guild_id: int, poster_id: str, text: str, by: By) -> None:
        found = questions.of_poster(self._db.reader, guild_id, poster_id)
        if not found:
            raise UsherError("Nobody has asked anything about this poster yet, so there is nothing to answer.")
        found.sort(key=lambda question: question.state is not State.OPEN)
        await set_aside(self._db, guild_id, text, by=by)
        options = tuple(
            Option(
                plain(f"{one.number}: {one.text}", 100),
                Lookup(PLACE, (str(one.id), str(by.act))),
                "answered already" if one.state is State.ANSWERED else count(one.votes, "upvote"),
            )
            for one in found[:OPTIONS_MOST]
        )
        head = (
            "## Which question does it answer?\nIt is a reply to none of them, so choose one. Nothing is changed yet."
        )
        card = Card((head,), Menu("Choose the question", options, Does.QUESTION), shareable=False)
        await self._show(interaction, card)

    async def _known(self, interaction: Interaction, known: Question, text: str, by: By) -> None:
        """It is a question already. It may have been edited since where the bot could not read it."""
        if known.is_shown and known.text != text and fault_of(text) is None:
            program = self._desk.programmes.for_guild(known.guild_id).program
            await follow(self._db, known.guild_id, text, program, by=by)
            self._wake()
            await self._say(interaction, f"Question {known.number} now says what this message says.")
            return
        why = "" if known.is_shown else ", and was taken back or hidden"
        await self._say(interaction, f"This was collected before: it is question {known.number}{why}.")

    async def _collected(self, interaction: Interaction, found: Asked, *, own: bool) -> None:
        poster = self._desk.published(interaction).program.poster_by_id.get(found.question.poster_id)
        if own:
            await self._show(interaction, cards.asked(found, poster.title if poster else "a poster", None))
        elif found.fault is not None:
            await self._say(
                interaction,
                "It was not asked: whoever wrote it asked a lot within a short time, or has to wait. It is kept for "
                "them under /questions mine.",
            )
        else:
            await self._say(
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

    def _number(self, guild_id: int, question_id: int) -> str:
        found = questions.of_id(self._db.reader, guild_id, question_id)
        return str(found.number) if found is not None else "that is no more"

    def _by(self, message: discord.Message) -> By:
        """In the name of whoever wrote it, and once for each message, whoever opens its menu."""
        return By(message.author.id, message.id, self._desk.clock.now())

    async def _show(self, interaction: Interaction, card: Card) -> None:
        await interaction.response.send_message(view=self._desk.made(card), ephemeral=True, allowed_mentions=NO_PINGS)

    async def _say(self, interaction: Interaction, text: str) -> None:
        await interaction.response.send_message(text, ephemeral=True, allowed_mentions=NO_PINGS)


def _marked(question: Question) -> str:
    return f"It is recorded as an answer to question {question.number}. Whoever asked is told."
