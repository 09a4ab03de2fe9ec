"""What organizers do about the authors of posters: hand out codes, name authors, see who is not at their board."""

import asyncio
import secrets
from collections.abc import Callable
from io import BytesIO
from typing import Any

import discord
from msgspec.structs import replace

from bot.actions.posters.claim import assign, hand_out, remove
from bot.chat.answers.paging import Page
from bot.chat.desk import Desk
from bot.chat.lookup import Lookup, same
from bot.chat.organizing.rights import Right, permitted
from bot.chat.posters import author_cards as cards
from bot.chat.private import say, show, turn
from bot.chat.render.card import Card
from bot.chat.render.layout import NO_PINGS
from bot.chat.render.text import count
from bot.domain.audit import ActKind
from bot.domain.errors import NotFoundError, UsherError
from bot.domain.people import Action
from bot.domain.posters.claim import ALPHABET, LENGTH
from bot.domain.program import Poster, Program
from bot.domain.sessions import Session
from bot.formats.claim_codes import write_codes
from bot.storage.database import Database
from bot.storage.posters import at_board, authors

Interaction = discord.Interaction[Any]
Somebody = discord.User | discord.Member

#: Posters on a page: with their titles and people, as many as fit into one message.
_PAGE = 10
_ELSEWHERE = "Each server has its own authors: use this command there."


def _right(act: ActKind, command: str, refusal: str, action: Action = Action.MANAGE_AUTHORS) -> Right:
    return Right(action, act, command, refusal, _ELSEWHERE)


_CODES = _right(
    ActKind.AUTHOR_CODES, "/author codes", "Only organizers hand out codes. If you are an author, ask them for yours."
)
_ASSIGN = _right(
    ActKind.ASSIGN_AUTHOR, "/author assign", "Only organizers name authors. With a code, use /author claim."
)
_REMOVE = _right(ActKind.REMOVE_AUTHOR, "/author remove", "Only organizers take an author back. Ask one of them.")
_MISSING = _right(
    ActKind.SEE_AUTHORS,
    "/author missing",
    "Only organizers and chairs see who is not at their board.",
    Action.LOOK_AFTER_POSTERS,
)


def new_code() -> str:
    """One that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class AuthorList:
    def __init__(self, desk: Desk, database: Database, wake: Callable[[], None]) -> None:
        """``wake`` is called when there is something to tell."""
        self._desk = desk
        self._db = database
        self._wake = wake

    async def codes(self, interaction: Interaction) -> None:
        """A file for the organizer alone. Raises NotAllowedError, UsherError."""
        guild_id, program = permitted(interaction, self._desk, _CODES)
        if not program.posters:
            raise UsherError("The programme has no posters yet, so there are no codes.")
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await hand_out(self._db, guild_id, program, new_code, by=self._desk.by(interaction))
        self._wake()
        # Of thousands the file takes longer than other answers should wait.
        content = await asyncio.to_thread(write_codes, found.codes)
        used = sum(code.used_by is not None for _, code in found.codes)
        new = f"{found.new} of them are new" if found.new else "none of them is new"
        await interaction.edit_original_response(
            content=f"**{count(len(found.codes), 'claim code')}**: {new}, {used} were used.\n"
            "One for each author of each poster. Send everybody their own, and nobody else's: whoever types a code in "
            "/author claim answers as an author here. A code works once. Only you see this file.",
            attachments=[discord.File(BytesIO(content), f"{program.event.id}-claim-codes.csv")],
            allowed_mentions=NO_PINGS,
        )

    def program(self, interaction: Interaction, *, back: bool = False) -> Program:
        """The programme in which an author is named, or taken ``back``. Raises NotAllowedError, UsherError."""
        return permitted(interaction, self._desk, _REMOVE if back else _ASSIGN)[1]

    async def assign(self, interaction: Interaction, person: Somebody, poster: Poster) -> None:
        """Raises NotAllowedError, UsherError."""
        guild_id, program = permitted(interaction, self._desk, _ASSIGN)
        if person.bot:
            raise UsherError("A bot cannot be an author. Choose a person. Nothing was changed.")
        by = self._desk.by(interaction)
        new = await assign(self._db, guild_id, poster, person.id, str(person), program, by=by)
        self._wake()
        title = cards.named_poster(poster)
        text = (
            f"{person.mention} is an author of {title}, and is told so in a direct message."
            if new
            else f"{person.mention} is an author of {title} already. Nothing was changed."
        )
        await say(interaction, text)

    async def remove(self, interaction: Interaction, person: Somebody, poster: Poster) -> None:
        """Raises NotAllowedError, UsherError."""
        guild_id, program = permitted(interaction, self._desk, _REMOVE)
        by = self._desk.by(interaction)
        done = await remove(self._db, guild_id, poster, person.id, str(person), program, by=by)
        self._desk.boards.put(guild_id, at_board.of_guild(self._db.reader, guild_id))
        self._wake()
        title = cards.named_poster(poster)
        text = (
            f"{person.mention} is no longer an author of {title}. Their answers stay. A code that they used "
            "no longer works: /author codes has a new one."
            if done
            else f"{person.mention} is not an author of {title}. Nothing was changed."
        )
        await say(interaction, text)

    async def missing(self, interaction: Interaction, lookup: Lookup = cards.MISSING) -> None:
        """Who is not at their board, in a new answer. Raises NotAllowedError, UsherError."""
        view = self._desk.made(self._missing(interaction, lookup))
        await show(interaction, view)

    async def press(self, interaction: Interaction, lookup: Lookup) -> None:
        """Another page or session, in place. As ``missing``."""
        view = self._desk.made(self._missing(interaction, lookup))
        await turn(interaction, view)

    def _missing(self, interaction: Interaction, lookup: Lookup) -> Card:
        guild_id, program = permitted(interaction, self._desk, _MISSING)
        now = self._desk.clock.now()
        session = self._session(program, lookup.arg(0))
        posters = program.posters_by_session.get(session.id, ())
        there = {poster for at, poster in at_board.of_guild(self._db.reader, guild_id) if at == session.id}
        people = cards.people_of(posters, authors.of_guild(self._db.reader, guild_id))
        away = [(one, people[one.id]) for one in posters if people[one.id] and one.id not in there]
        unclaimed: list[tuple[Poster, list[int]]] = [(one, []) for one in posters if not people[one.id]]
        numbers = (len(posters) - len(away) - len(unclaimed), len(away), len(unclaimed))
        listed = [*away, *unclaimed]
        page = Page.of(replace(lookup, name=cards.MISSING.name), -(-len(listed) // _PAGE))
        shown = listed[page.number * _PAGE : (page.number + 1) * _PAGE]
        return cards.missing(program, session, now, shown, numbers, page)

    def _session(self, program: Program, shortened: str) -> Session:
        """The one that is meant; else the one that is on or next, else the last."""
        found = [one for one in program.poster_sessions if shortened and same(one.id, shortened)]
        if not found and program.poster_sessions:
            now = self._desk.clock.now()
            found = [one for one in program.poster_sessions if one.end > now] or [program.poster_sessions[-1]]
        if not found:
            raise NotFoundError("The programme has no poster session that takes place.")
        return found[0]
