"""What authors of posters do: claim a poster, choose how they hear of questions, say that they are at their board."""

from collections.abc import Callable
from typing import Any

import discord

from bot.actions.posters.be_there import be_there
from bot.actions.posters.choose_author import NO_AUTHOR, choose_author, note_channel
from bot.actions.posters.claim import claim
from bot.chat.answers import OLD_BUTTON
from bot.chat.attending.direct import greeted, welcomed
from bot.chat.attending.roles import obstacle, role_named
from bot.chat.desk import Desk
from bot.chat.home import home_of
from bot.chat.lookup import Lookup, same
from bot.chat.posters import author_cards as cards
from bot.chat.private import show, turn
from bot.chat.render.text import line
from bot.domain.audit import By
from bot.domain.errors import NotFoundError, UsherError
from bot.domain.event import Server
from bot.domain.posters.author import Author, AuthorChoice, Place, Times
from bot.domain.program import Program
from bot.storage.database import Database
from bot.storage.posters import authors, direct_channels, tallies
from bot.storage.posters.direct_channels import DirectChannel

Interaction = discord.Interaction[Any]

#: What authors press below messages that the bot sends by itself.
OF_AUTHORS = frozenset({"here"})
_INSTEAD = "choose /author settings where: In the poster's thread"


class Authors:
    def __init__(self, desk: Desk, database: Database, wake: Callable[[], None]) -> None:
        """``wake`` is called when something new may be due."""
        self._desk = desk
        self._db = database
        self._wake = wake

    async def claim(self, interaction: Interaction, code: str) -> None:
        """Raises UsherError for a code that is not taken."""
        guild_id, program = self._home(interaction)
        # To store, and to write to somebody for the first time, may take longer than a first answer may.
        await interaction.response.defer(ephemeral=True, thinking=True)
        by = self._desk.by(interaction)
        poster = await claim(self._db, guild_id, code, program, by=by)
        await self._greet(interaction, guild_id, program, by)
        self._wake()
        author = authors.of_person(self._db.reader, guild_id, by.user)
        if author is None:
            raise NotFoundError(NO_AUTHOR)
        waiting = tallies.waiting_for(self._db.reader, guild_id, poster.id)
        role = _role_to_get(interaction, guild_id, program.server)
        await show(interaction, self._desk.made(cards.claimed(program, author, poster, waiting, role)))

    async def choose(self, interaction: Interaction, times: Times | None, place: Place | None) -> None:
        """Change what is given and keep the rest; nothing given only shows it. Raises UsherError."""
        guild_id, program = self._home(interaction)
        author = self._author(guild_id, interaction)
        if times is None and place is None:
            view = self._desk.made(cards.settings(program, author))
            await show(interaction, view)
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        choice = AuthorChoice(times or author.choice.times, place or author.choice.place)
        await self._choose(interaction, guild_id, program, choice)

    async def press(self, interaction: Interaction, lookup: Lookup) -> None:
        """A button of an author, wherever it stands. Raises UsherError."""
        match lookup.name:
            case "here":
                await self.here(interaction, lookup.arg(0))
            case "left":
                await self.here(interaction, lookup.arg(0), left=True)
            case "choose" if lookup.arg(0) in list(Times) and lookup.arg(1) in list(Place):
                guild_id, program = self._home(interaction)
                await interaction.response.defer()
                choice = AuthorChoice(Times(lookup.arg(0)), Place(lookup.arg(1)))
                await self._choose(interaction, guild_id, program, choice)
            case _:
                raise NotFoundError(OLD_BUTTON)

    async def here(self, interaction: Interaction, shortened: str = "", *, left: bool = False) -> None:
        """They are at their board, or ``left`` it. ``shortened`` is the session's id; "": the one that is on or next.

        Raises UsherError where no session of theirs is.
        """
        guild_id, program = self._home(interaction)
        meant = next((one.id for one in program.sessions if same(one.id, shortened)), shortened) or None
        found = await be_there(self._db, guild_id, program, by=self._desk.by(interaction), session_id=meant, left=left)
        self._desk.boards.put(guild_id, found.everybody)
        view = self._desk.made(cards.there(program, found, left=left))
        private = interaction.message is not None and interaction.message.flags.ephemeral
        if private:
            await turn(interaction, view)
        else:
            await show(interaction, view)

    async def _choose(self, interaction: Interaction, guild_id: int, program: Program, choice: AuthorChoice) -> None:
        """The interaction was deferred. A direct channel that is wanted is opened first: where it is closed, nothing is
        changed.
        """
        if choice.place is Place.THREAD and not cards.has_threads(program):
            raise UsherError(
                "Posters have no threads in this server, so nobody is mentioned there. Nothing was changed."
            )
        known = direct_channels.of_person(self._db.reader, guild_id, interaction.user.id)
        channel = None
        if choice.place is Place.DM and not known.is_open:
            text = _greeting(program)
            channel = DirectChannel(await welcomed(interaction, text, instead=_INSTEAD))
        by = self._desk.by(interaction)
        author = await choose_author(self._db, guild_id, choice, program, by=by, channel=channel)
        self._wake()
        await show(interaction, self._desk.made(cards.settings(program, author)))

    async def _greet(self, interaction: Interaction, guild_id: int, program: Program, by: By) -> None:
        """Write to a new author once, where questions will come; where that is refused, it is noted."""
        author = self._author(guild_id, interaction)
        known = direct_channels.of_person(self._db.reader, guild_id, by.user)
        if author.choice.place is Place.DM and not known.is_open:
            found = await greeted(interaction, _greeting(program))
            if found != known:
                await note_channel(self._db, guild_id, found, program, by=by)

    def _author(self, guild_id: int, interaction: Interaction) -> Author:
        found = authors.of_person(self._db.reader, guild_id, interaction.user.id)
        if found is None:
            raise NotFoundError(NO_AUTHOR)
        return found

    def _home(self, interaction: Interaction) -> tuple[int, Program]:
        guild_id = home_of(interaction)
        return guild_id, self._desk.programmes.for_guild(guild_id).program


def _role_to_get(interaction: Interaction, guild_id: int, server: Server) -> str | None:
    """The name of the role that a new author is about to get; None where the bot cannot give it, or they hold it."""
    guild, name = interaction.client.get_guild(guild_id), server.given_to_authors
    role = role_named(guild, name) if guild is not None and name is not None else None
    if guild is None or role is None or obstacle(guild, role):
        return None
    held = isinstance(interaction.user, discord.Member) and interaction.user.get_role(role.id) is not None
    return None if held else role.name


def _greeting(program: Program) -> str:
    return (
        f"**Questions about your posters at {line(program.event.short_name, 60)} come here.** "
        "Answer each with a button below it. /author settings changes when and where you hear of them."
    )
