"""What people press, type and fill in about questions to posters."""

from collections.abc import Callable
from typing import Any

import discord

from bot.actions.posters.answer import answer, answerable
from bot.actions.posters.ask import Asked, Written, ask, ask_draft, own, withdraw
from bot.actions.posters.keep import Refused, throw_away
from bot.actions.posters.rewrite import rewrite
from bot.actions.posters.stop import refuse_stopped, stopped
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
from bot.chat.private import say, show, turn, turn_or_show
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
                await turn_or_show(interaction, self._desk.made(self._lists.of(interaction, lookup)))
            case "open":
                await show(interaction, self._desk.made(self._lists.one(interaction, _id(lookup))))
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
                found = await ask_draft(self._db, guild_id, _id(lookup), program, by=self._desk.by(interaction))
                await self._asked(interaction, program, found, in_place=True)
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
        text, named = cleaned(filled.texts.get("text", "")), filled.texts.get("who") == NAMED
        by = self._desk.by(interaction)
        match lookup.name:
            case "ask":
                written = Written(poster_of(program, lookup.arg(0)).id, text, named)
                await self._asked(interaction, program, await ask(self._db, guild_id, written, program, by=by))
            case "rewrite":
                found = await rewrite(self._db, guild_id, _id(lookup), text, program, named=named, by=by)
                if isinstance(found, Refused):
                    await show(interaction, self._desk.made(cards.refused(found)))
                else:
                    await self._asked(interaction, program, found)
            case _:
                given = await answer(self._db, guild_id, _id(lookup), text, by=by)
                self._wake()
                if isinstance(given, Refused):
                    await show(interaction, self._desk.made(cards.refused(given)))
                else:
                    await say(interaction, f"Your answer to question {given.question.number} is recorded.")

    async def show(self, interaction: Interaction, lookup: Lookup) -> None:
        """A list in a new private answer: of one poster, of all, of one's own questions, or of those that wait for an
        author. Raises NotFoundError.
        """
        await show(interaction, self._desk.made(self._lists.of(interaction, lookup)))

    async def _asked(self, interaction: Interaction, program: Program, found: Asked, *, in_place: bool = False) -> None:
        self._wake()
        poster = program.poster_by_id.get(found.question.poster_id)
        title, channel = poster.title if poster else "a poster", None
        if needs_channel(self._db, found.question, interaction.user.id):
            # To write to somebody for the first time may take longer than a first answer may.
            await (
                interaction.response.defer() if in_place else interaction.response.defer(ephemeral=True, thinking=True)
            )
            channel = await hears(interaction, self._db, found.question, program, by=self._desk.by(interaction))
        link = self._lists.link(found.question)
        no_more = stopped(self._db.reader, found.question.guild_id, interaction.user.id) is not None
        card = cards.asked(found, title, link, channel, stopped=no_more)
        await (turn if in_place else show)(interaction, self._desk.made(card))
        if found.question.is_shown:
            self._late_links.add(interaction, found, title, link, channel)

    async def _vote(self, interaction: Interaction, question_id: int, *, back: bool) -> None:
        guild_id, _ = self._home(interaction)
        done = await vote(self._db, guild_id, question_id, by=self._desk.by(interaction), back=back)
        self._wake()
        await say(interaction, cards.voted(done.question, done.votes, new=done.new, back=back))

    async def _vote_instead(self, interaction: Interaction, lookup: Lookup) -> None:
        """Upvote another's question, and throw one's own draft away."""
        question_id, draft_id = _id(lookup), _id(lookup, 1)
        await vote_instead(self._db, home_of(interaction), question_id, draft_id, by=self._desk.by(interaction))
        self._wake()
        await turn(interaction, self._desk.made(self._lists.one(interaction, question_id)))

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
        found = await withdraw(self._db, home_of(interaction), question_id, by=self._desk.by(interaction))
        self._wake()
        note = f"Question {found.number} is withdrawn." if found.number else "It was thrown away. Nothing was asked."
        await turn(interaction, self._desk.made(self._lists.mine(interaction, Lookup("mine"), note)))

    async def _throw_away(self, interaction: Interaction, question_id: int, kind: str) -> None:
        self._is_about(interaction, question_id)
        guild_id, _ = self._home(interaction)
        if kind not in tuple(Kind):
            raise NotFoundError(GONE)
        found = await throw_away(self._db, guild_id, question_id, Kind(kind), by=self._desk.by(interaction))
        await turn(interaction, self._desk.made(cards.thrown_away(found, Kind(kind))))

    def _is_about(self, interaction: Interaction, question_id: int) -> None:
        """An author may answer in a direct message, where no guild is known. Whether they are one is asked later."""
        if (guild := questions.guild_of(self._db.reader, question_id)) is not None:
            is_about(interaction, guild)

    def _home(self, interaction: Interaction) -> tuple[int, Program]:
        guild_id = home_of(interaction)
        return guild_id, self._desk.programmes.for_guild(guild_id).program


def _id(lookup: Lookup, position: int = 0) -> int:
    """Raises NotFoundError for what no button of ours holds."""
    if not lookup.arg(position).isdecimal():
        raise NotFoundError(GONE)
    return int(lookup.arg(position))
