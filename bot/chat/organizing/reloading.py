"""/program reload: an organizer sees what the event's files would change, and publishes it or not."""

import asyncio
import logging
from hashlib import sha256
from typing import Any

import discord
from msgspec import Struct
from msgspec.structs import replace

from bot.actions.programme.follow_program import Followed, foresee_following
from bot.actions.programme.publish_program import Basis, ChangedMeanwhileError, basis_of
from bot.chat.desk import Desk
from bot.chat.lookup import Lookup
from bot.chat.organizing.following import Following
from bot.chat.organizing.publishing import Publishing, Source
from bot.chat.organizing.rights import Right, permitted
from bot.chat.private import show, turn
from bot.chat.render import publishing as cards
from bot.chat.render.card import Card, Does
from bot.chat.render.live import dropped
from bot.chat.render.publishing import Foreseen, How
from bot.domain.audit import ActKind
from bot.domain.changes.apply import apply_edits
from bot.domain.changes.others import others
from bot.domain.errors import NotAllowedError, UsherError
from bot.domain.people import Action
from bot.domain.program import Program
from bot.storage.database import Database, Tables
from bot.storage.programme import live_edits
from bot.storage.programme.programmes import Manner

Interaction = discord.Interaction[Any]

log = logging.getLogger(__name__)

#: The lookup of its buttons.
RELOAD = "p"
_MARK = 12
_RIGHT = Right(
    Action.CHANGE_PROGRAMME,
    ActKind.PUBLISH,
    "/program reload",
    "Only organizers publish the programme. Nothing was changed.",
    "A programme is published in its server: use /program reload there.",
)


class _Read(Struct, frozen=True):
    """What the files hold now, without errors, and what publishing it would come to."""

    program: Program
    fingerprint: str
    basis: Basis
    foreseen: Foreseen


class Reloading:
    """Nothing is kept between a preview and its buttons: all is read again, and compared with the preview's mark."""

    def __init__(self, desk: Desk, database: Database, publishing: Publishing, source: Source | None) -> None:
        """Without a ``source`` there are no files to read: the programme came from elsewhere."""
        self._desk = desk
        self._db = database
        self._publishing = publishing
        self._source = source

    async def preview(self, interaction: Interaction) -> None:
        """Show what would change, to the organizer alone. Raises NotAllowedError, or UsherError outside servers."""
        guild_id, source = self._allowed(interaction)
        # A large event takes seconds to read.
        await interaction.response.defer(ephemeral=True, thinking=True)
        read = await self._read(guild_id, source)
        card = read if isinstance(read, Card) else self._preview(guild_id, read)
        await show(interaction, self._desk.made(card))

    async def press(self, interaction: Interaction, does: Does, lookup: Lookup) -> None:
        """Publish or Cancel below a preview. Raises as ``preview``."""
        if does is Does.DROP:
            await turn(interaction, self._desk.made(dropped()))
            return
        guild_id, source = self._allowed(interaction)
        await interaction.response.defer()
        read = await self._read(guild_id, source)
        if isinstance(read, Card):
            card = read
        elif read.foreseen.mark == lookup.arg(0):
            card = await self._publish(interaction, guild_id, source, read, How(lookup.arg(1)))
        else:
            card = self._preview(guild_id, read, stale=True)
        await show(interaction, self._desk.made(card))

    async def _read(self, guild_id: int, source: Source) -> "_Read | Card":
        """The files as they are now, or the card that says what is wrong with them."""
        # Takes long to import, and most bots never read a folder again.
        from bot.formats.fingerprint import fingerprint
        from bot.formats.folder import read_folder
        from bot.formats.report import describe

        files = await asyncio.to_thread(source.read)
        reading = await asyncio.to_thread(read_folder, files, now=self._desk.clock.now())
        new, version = reading.program, self._desk.programmes.version(guild_id)
        old = version.program
        if new is None:
            return cards.refused([describe(error) for error in reading.errors])
        if new.event.id != old.event.id:
            raise UsherError(
                f"The files are of the event {new.event.id}, and this server follows {old.event.id}. "
                "Nothing was changed. Publish that event's files with: usher publish"
            )
        now, files_mark = self._desk.clock.now(), fingerprint(files)
        shown = Following(now, self._desk.commands)

        def look(tables: Tables) -> tuple[Followed, Basis]:
            followed = foresee_following(tables, guild_id, old, new, now=now, shown=shown)
            # Over the version that is compared with, should another process have published one a moment ago.
            basis = replace(basis_of(tables, new.event.id, guild_id), version=version.id)
            return followed, basis

        followed, basis = await self._db.aside(look)
        mark = sha256(f"{files_mark} {basis!r}".encode()).hexdigest()[:_MARK]
        return _Read(new, files_mark, basis, Foreseen(followed, others(old, new), mark))

    def _preview(self, guild_id: int, read: _Read, *, stale: bool = False) -> Card:
        if read.program != self._desk.programmes.imported(guild_id):
            return cards.preview(RELOAD, read.foreseen, stale=stale)
        edits = live_edits.of_guild(self._db.reader, guild_id, read.program.event.id)
        return cards.unchanged(RELOAD, read.foreseen, apply_edits(read.program, edits).conflicts)

    async def _publish(self, interaction: Interaction, guild_id: int, source: Source, read: _Read, how: How) -> Card:
        try:
            followed = await self._publishing.publish(
                guild_id,
                read.program,
                fingerprint=read.fingerprint,
                at=self._desk.clock.now(),
                by=str(interaction.user.id),
                folder=source.path,
                manner=Manner(files_win=how is How.FILES_WIN, quiet=how is How.QUIETLY),
                basis=read.basis,
            )
        except ChangedMeanwhileError as error:
            # By another process, a moment ago: this one has not followed it yet.
            return cards.outrun(str(error))
        log.info("server %d: the programme was published", guild_id)
        if followed is None:
            return cards.behind()
        return cards.done(followed, read.foreseen)

    def _allowed(self, interaction: Interaction) -> tuple[int, Source]:
        """The server whose programme it is, and where its files are."""
        guild_id, program = permitted(interaction, self._desk, _RIGHT)
        if self._source is None:
            raise UsherError("There are no files here to read. Publish a folder with: usher publish")
        servers = [
            guild.id
            for guild in interaction.client.guilds
            if self._desk.programmes.version(guild.id).program.event.id == program.event.id
        ]
        if not self._source.may_publish(guild_id, len(servers)):
            raise NotAllowedError(_elsewhere(self._source, guild_id, len(servers)))
        return guild_id, self._source


def _elsewhere(source: Source, guild_id: int, servers: int) -> str:
    """Why a server's organizers may not publish, and who may."""
    if source.publishers:
        return (
            "Whoever runs the bot has named the servers whose organizers publish this event, and this one is not among "
            "them. Nothing was changed. They can publish (usher publish), or add this server to the list in "
            f"USHER_PUBLISHERS: {guild_id}"
        )
    return (
        f"This bot serves {servers} servers with this event, and what is published reaches all of them. Nothing was "
        "changed. Whoever runs the bot can publish (usher publish), or let this server's organizers do it: "
        f"USHER_PUBLISHERS={guild_id}"
    )
