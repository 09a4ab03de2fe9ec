"""What can be looked up about questions: lists, and one of them with its answers. Each is for its reader alone."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.actions.posters.ask import NOT_YOURS
from bot.actions.posters.choose_author import NO_AUTHOR
from bot.actions.posters.say import thread_of
from bot.actions.posters.stop import stopped
from bot.actions.posters.vote import GONE
from bot.chat.answers.paging import Page
from bot.chat.desk import Desk
from bot.chat.home import home_of
from bot.chat.lookup import Lookup
from bot.chat.posters import cards, list_cards
from bot.chat.posters.found import poster_of
from bot.chat.render.card import Card
from bot.domain.errors import NotFoundError
from bot.domain.posters.question import Question, State
from bot.domain.program import Program
from bot.storage import threads
from bot.storage.database import Database
from bot.storage.posters import answers, authors, authorship, moderation, questions

Interaction = discord.Interaction[Any]

#: Of one poster, of all, one's own, and those that wait for an author.
LISTS = frozenset({"questions", "top", "mine", "waiting"})
#: Questions on a page: with their texts, as many as fit into one message.
_PAGE = 5
#: So many of the most asked are listed.
_TOP = 100


class Lists:
    """Read anew for every page."""

    def __init__(self, desk: Desk, database: Database) -> None:
        self._desk = desk
        self._db = database

    def of(self, interaction: Interaction, lookup: Lookup) -> Card:
        """A page of one of ``LISTS``. Raises NotFoundError."""
        match lookup.name:
            case "questions":
                return self._of_poster(interaction, lookup)
            case "top":
                return self._top(interaction, lookup)
            case "mine":
                return self.mine(interaction, lookup)
            case _:
                return self._waiting(interaction, lookup)

    def mine(self, interaction: Interaction, lookup: Lookup, note: str = "") -> Card:
        guild_id, program = self._home(interaction)
        every = questions.of_asker(self._db.reader, guild_id, interaction.user.id)
        page = Page.of(lookup, -(-len(every) // _PAGE))
        shown = every[page.number * _PAGE : (page.number + 1) * _PAGE]
        return list_cards.mine(program, shown, len(every), page, note, self._why_hidden(shown))

    def one(self, interaction: Interaction, question_id: int) -> Card:
        guild_id, program = self._home(interaction)
        db, user_id = self._db.reader, interaction.user.id
        found = questions.of_id(db, guild_id, question_id)
        if found is None or not (found.is_shown or found.asker == user_id):
            raise NotFoundError(NOT_YOURS if found is None else GONE)
        return cards.one(
            program,
            found,
            answers.of_question(db, found.id),
            own=found.asker == user_id,
            voted=questions.has_voted(db, found.id, user_id),
            author=authorship.is_author(db, guild_id, found.poster_id, user_id),
            stopped=stopped(db, guild_id, user_id) is not None,
            link=self.link(found),
            why_hidden=self._why_hidden([found]).get(found.id),
        )

    def link(self, question: Question) -> str | None:
        return self._thread(question.guild_id, question.poster_id)

    def _of_poster(self, interaction: Interaction, lookup: Lookup) -> Card:
        guild_id, program = self._home(interaction)
        poster = poster_of(program, lookup.arg(0))
        number = questions.number_of_poster(self._db.reader, guild_id, poster.id)
        page = Page.of(lookup, -(-number // _PAGE))
        found = questions.of_poster(self._db.reader, guild_id, poster.id, skip=page.number * _PAGE, most=_PAGE)
        return list_cards.poster_questions(program, poster, found, number, page, self._thread(guild_id, poster.id))

    def _top(self, interaction: Interaction, lookup: Lookup) -> Card:
        guild_id, program = self._home(interaction)
        number = questions.count(self._db.reader, guild_id, most=_TOP)
        page = Page.of(lookup, -(-number // _PAGE))
        found = questions.top(self._db.reader, guild_id, skip=page.number * _PAGE, most=_PAGE)
        return list_cards.top_questions(program, found, number, page)

    def _waiting(self, interaction: Interaction, lookup: Lookup) -> Card:
        guild_id, program = self._home(interaction)
        author = authors.of_person(self._db.reader, guild_id, interaction.user.id)
        if author is None:
            raise NotFoundError(NO_AUTHOR)
        every = questions.unanswered(self._db.reader, guild_id, author.posters)
        page = Page.of(lookup, -(-len(every) // _PAGE))
        shown = every[page.number * _PAGE : (page.number + 1) * _PAGE]
        return list_cards.waiting(program, shown, len(every), page, closed=author.closed)

    def _why_hidden(self, found: Sequence[Question]) -> dict[int, str]:
        hidden = [one.id for one in found if one.state is State.HIDDEN]
        return moderation.why_hidden(self._db.reader, hidden) if hidden else {}

    def _thread(self, guild_id: int, poster_id: str) -> str | None:
        """The address of a poster's thread; None where there is none yet."""
        thread = threads.of_subject(self._db.reader, guild_id, thread_of(poster_id))
        return f"https://discord.com/channels/{guild_id}/{thread.thread_id}" if thread else None

    def _home(self, interaction: Interaction) -> tuple[int, Program]:
        guild_id = home_of(interaction)
        return guild_id, self._desk.programmes.for_guild(guild_id).program
