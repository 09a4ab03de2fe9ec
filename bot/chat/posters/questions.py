"""What people press, type and fill in about questions to posters."""

from collections.abc import Callable
from typing import Any

import discord

from bot.actions.posters.answer import answer, answerable
from bot.actions.posters.ask import Asked, Written, ask, ask_draft, own, withdraw
from bot.actions.posters.keep import Refused, throw_away
from bot.actions.posters.rewrite import rewrite
from bot.actions.posters.stop import refuse_stopped
from bot.actions.posters.vote import GONE, vote, vote_instead
from bot.chat.desk import Desk
from bot.chat.forms import Filled, open_form
from bot.chat.home import home_of, is_about
from bot.chat.lookup import Lookup, short
from bot.chat.posters import cards
from bot.chat.posters.askers import hears, needs_channel
from bot.chat.posters.forms import NAMED, answer_form, question_form
from bot.chat.posters.found import poster_of
from bot.chat.posters.late_link import LateLinks
from bot.chat.posters.lists import LISTS, Lists
from bot.chat.render.card import Card
from bot.chat.render.layout import NO_PINGS
from bot.domain.audit import By
from bot.domain.errors import NotFoundError
from bot.domain.posters.kept import Kept, Kind
from bot.domain.posters.limits import cleaned
from bot.domain.program import Program
from bot.storage.database import Database
from bot.storage.posters import kept, questions

Interaction = discord.Interaction[Any]


class Questions:
    """Every answer is for whoever asked for it alone; what everybody sees goes through the outbox."""

    def __init__(self, desk: Desk, database: Database, wake: Callable[[], None]) -> None:
        """``wake`` is called when there is something to post."""
        self._desk = desk
        self._db = database
        self._wake = wake
        self._lists = Lists(desk, database)
        self._late_links = LateLinks(desk, database, self._lists)

    async def begin(self, interaction: Interaction, shortened: str) -> None:
        """Open the form for a question about a poster. Raises NotFoundError."""
        guild_id, program = self._home(interaction)
        found = poster_of(program, shortened)
        refuse_stopped(self._db.reader, guild_id, interaction.user.id)
        await open_form(interaction, question_form(cards.verb("ask", short(found.id)), found.title))

    async def press(self, interaction: Interaction, lookup: Lookup) -> None:
        """A button or menu entry of a question, wherever it stands. Raises UsherError."""
        match lookup.name:
            case "ask":
                await self.begin(interaction, lookup.arg(0))
            case name if name in LISTS:
                await self._turn_or_show(interaction, self._lists.of(interaction, lookup))
            case "open":
                await self._show(interaction, self._lists.one(interaction, _id(lookup)))
            case "vote" | "unvote":
                await self._vote(interaction, _id(lookup), back=lookup.name == "unvote")
            case "instead":
                await self._vote_instead(interaction, lookup)
            case "answer":
                await self._begin_answer(interaction, _id(lookup))
            case "rewrite":
                await self._begin_rewriting(interaction, _id(lookup))
            case "anyway":
                guild_id, program = self._home(interaction)
                found = await ask_draft(self._db, guild_id, _id(lookup), program, by=self._by(interaction))
                await self._asked(interaction, program, found, turn=True)
            case "withdraw":
                await self._withdraw(interaction, _id(lookup))
            case "drop":
                await self._throw_away(interaction, _id(lookup), lookup.arg(1))
            case _:
                raise NotFoundError(GONE)

    async def submit(self, interaction: Interaction, lookup: Lookup, filled: Filled) -> None:
        """A form that was filled in, also one that was opened before the bot's last start. Raises UsherError."""
        if lookup.name == "answer":
            self._is_about(interaction, _id(lookup))
        guild_id, program = self._home(interaction)
        text, named, by = cleaned(filled.texts.get("text", "")), filled.texts.get("who") == NAMED, self._by(interaction)
        match lookup.name:
            case "ask":
                written = Written(poster_of(program, lookup.arg(0)).id, text, named)
                await self._asked(interaction, program, await ask(self._db, guild_id, written, program, by=by))
            case "rewrite":
                found = await rewrite(self._db, guild_id, _id(lookup), text, program, named=named, by=by)
                if isinstance(found, Refused):
                    await self._show(interaction, cards.refused(found))
                else:
                    await self._asked(interaction, program, found)
            case _:
                given = await answer(self._db, guild_id, _id(lookup), text, by=by)
                self._wake()
                if isinstance(given, Refused):
                    await self._show(interaction, cards.refused(given))
                else:
                    await self._say(interaction, f"Your answer to question {given.question.number} is recorded.")

    async def show(self, interaction: Interaction, lookup: Lookup) -> None:
        """A list in a new private answer: of one poster, of all, of one's own questions, or of those that wait for an
        author. Raises NotFoundError.
        """
        await self._show(interaction, self._lists.of(interaction, lookup))

    async def _asked(self, interaction: Interaction, program: Program, found: Asked, *, turn: bool = False) -> None:
        self._wake()
        poster = program.poster_by_id.get(found.question.poster_id)
        title, channel = poster.title if poster else "a poster", None
        if needs_channel(self._db, found.question, interaction.user.id):
            # To write to somebody for the first time may take longer than a first answer may.
            await (interaction.response.defer() if turn else interaction.response.defer(ephemeral=True, thinking=True))
            channel = await hears(interaction, self._db, found.question, program, by=self._by(interaction))
        link = self._lists.link(found.question)
        await (self._turn if turn else self._show)(interaction, cards.asked(found, title, link, channel))
        if found.question.is_shown and link is None:
            self._late_links.add(interaction, found, title, channel)

    async def _vote(self, interaction: Interaction, question_id: int, *, back: bool) -> None:
        guild_id, _ = self._home(interaction)
        done = await vote(self._db, guild_id, question_id, by=self._by(interaction), back=back)
        self._wake()
        await self._say(interaction, cards.voted(done.question, done.votes, new=done.new, back=back))

    async def _vote_instead(self, interaction: Interaction, lookup: Lookup) -> None:
        """Upvote another's question, and throw one's own draft away."""
        question_id, draft_id = _id(lookup), _id(lookup, 1)
        await vote_instead(self._db, home_of(interaction), question_id, draft_id, by=self._by(interaction))
        self._wake()
        await self._turn(interaction, self._lists.one(interaction, question_id))

    async def _begin_answer(self, interaction: Interaction, question_id: int) -> None:
        self._is_about(interaction, question_id)
        guild_id, _ = self._home(interaction)
        found = answerable(self._db.reader, guild_id, question_id, interaction.user.id)
        before = kept.of(self._db.reader, found, interaction.user.id, Kind.ANSWER)
        text = before.text if before else ""
        await open_form(interaction, answer_form(cards.verb("answer", found.id), found.text, text))

    async def _begin_rewriting(self, interaction: Interaction, question_id: int) -> None:
        guild_id, program = self._home(interaction)
        found = own(self._db.reader, guild_id, question_id, interaction.user.id)
        poster = program.poster_by_id.get(found.poster_id)
        title = poster.title if poster else ""
        before = kept.of(self._db.reader, found, interaction.user.id, Kind.REWRITE) or Kept(found.text, found.named)
        await open_form(
            interaction, question_form(cards.verb("rewrite", found.id), title, before.text, named=before.named)
        )

    async def _withdraw(self, interaction: Interaction, question_id: int) -> None:
        found = await withdraw(self._db, home_of(interaction), question_id, by=self._by(interaction))
        self._wake()
        note = f"Question {found.number} is withdrawn." if found.number else "It was thrown away. Nothing was asked."
        await self._turn(interaction, self._lists.mine(interaction, Lookup("mine"), note))

    async def _throw_away(self, interaction: Interaction, question_id: int, kind: str) -> None:
        self._is_about(interaction, question_id)
        guild_id, _ = self._home(interaction)
        if kind not in tuple(Kind):
            raise NotFoundError(GONE)
        found = await throw_away(self._db, guild_id, question_id, Kind(kind), by=self._by(interaction))
        await self._turn(interaction, cards.thrown_away(found, Kind(kind)))

    def _is_about(self, interaction: Interaction, question_id: int) -> None:
        """An author may answer in a direct message, where no guild is known. Whether they are one is asked later."""
        if (guild := questions.guild_of(self._db.reader, question_id)) is not None:
            is_about(interaction, guild)

    def _home(self, interaction: Interaction) -> tuple[int, Program]:
        guild_id = home_of(interaction)
        return guild_id, self._desk.programmes.for_guild(guild_id).program

    def _by(self, interaction: Interaction) -> By:
        return By(interaction.user.id, interaction.id, self._desk.clock.now())

    async def _turn_or_show(self, interaction: Interaction, card: Card) -> None:
        """In place of a private list, or as a new answer below what everybody sees."""
        private = interaction.message is not None and interaction.message.flags.ephemeral
        await (self._turn if private else self._show)(interaction, card)

    async def _show(self, interaction: Interaction, card: Card) -> None:
        view = self._desk.made(card)
        if interaction.response.is_done():
            await interaction.edit_original_response(view=view, allowed_mentions=NO_PINGS)
        else:
            await interaction.response.send_message(view=view, ephemeral=True, allowed_mentions=NO_PINGS)

    async def _turn(self, interaction: Interaction, card: Card) -> None:
        if interaction.response.is_done():
            await interaction.edit_original_response(view=self._desk.made(card), allowed_mentions=NO_PINGS)
        else:
            await interaction.response.edit_message(view=self._desk.made(card), allowed_mentions=NO_PINGS)

    async def _say(self, interaction: Interaction, text: str) -> None:
        await interaction.response.send_message(text, ephemeral=True, allowed_mentions=NO_PINGS)


def _id(lookup: Lookup, position: int = 0) -> int:
    """Raises NotFoundError for what no button of ours holds."""
    if not lookup.arg(position).isdecimal():
        raise NotFoundError(GONE)
    return int(lookup.arg(position))
