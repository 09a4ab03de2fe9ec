"""/settings: how a person takes part, and what reaches them by direct message or by the mention of a role."""

from collections.abc import Callable
from typing import Any

import discord
from msgspec.structs import replace

from bot.actions.people.choose_settings import choose_settings
from bot.actions.people.refresh_roles import refresh_roles
from bot.chat.attending.direct import welcomed
from bot.chat.attending.roles import give_or_take, role_ids, self_roles
from bot.chat.desk import Desk
from bot.chat.home import home_of
from bot.chat.lookup import Lookup
from bot.chat.private import show
from bot.chat.render import settings as cards
from bot.chat.render.layout import Layout
from bot.chat.render.text import line
from bot.domain.attendance import Attends, Settings
from bot.domain.event import Server
from bot.storage import people
from bot.storage.database import Database

Interaction = discord.Interaction[Any]
_Change = Callable[[Settings], Settings]


class PersonalSettings:
    """Shows and keeps what each person chooses. Whoever chooses nothing leaves no trace."""

    def __init__(self, desk: Desk, database: Database) -> None:
        self._desk = desk
        self._db = database

    async def show(self, interaction: Interaction) -> None:
        """What holds now. Raises UsherError in a direct message where there are several servers."""
        view = self._view(interaction, self._known(interaction))
        await show(interaction, view)

    async def press(self, interaction: Interaction, lookup: Lookup) -> None:
        """A button of the card, which then shows what holds now. Raises UsherError where nothing was changed."""
        home_of(interaction)
        # To open a direct channel, to give a role and to store may each take longer than a first answer may.
        await interaction.response.defer()
        match lookup.arg(0):
            case cards.ATTENDS:
                attends = Attends(lookup.arg(1))
                settings = await self._keep(interaction, lambda known: replace(known, attends=attends))
                view = self._view(interaction, settings)
            case cards.COPIES:
                view = self._view(interaction, await self._switch_copies(interaction, on=lookup.arg(1) == cards.ON))
            case _:
                view = await self._toggle(interaction, lookup.arg(1), give=lookup.arg(2) == cards.ON)
        await show(interaction, view)

    async def note_roles(self, interaction: Interaction) -> None:
        """Whatever somebody does whose settings are kept tells what roles they hold. Written only where they differ.

        For when they have their answer: every lookup comes by here.
        """
        guild, member = interaction.guild, interaction.user
        if guild is None or guild.unavailable or not isinstance(member, discord.Member):
            return
        # Of a server that Discord has not told of yet no role is known, not even that of everybody.
        if guild.get_role(guild.id) is not None:
            await refresh_roles(self._db, guild.id, member.id, role_ids(member))

    async def _switch_copies(self, interaction: Interaction, *, on: bool) -> Settings:
        if not on:
            return await self._keep(interaction, lambda known: replace(known, copies=False, closed=False))
        known = self._known(interaction)
        if known.copies:
            return known
        program = self._desk.published(interaction).program
        text = (
            f"**Announcements from {line(program.event.short_name, 60)} come here, too.** "
            "You get each one that organizers make. /settings changes that."
        )
        channel = await welcomed(interaction, text, instead=_instead(program.server))
        return await self._keep(
            interaction, lambda known: replace(known, copies=True, closed=False, dm_channel_id=channel)
        )

    async def _toggle(self, interaction: Interaction, purpose: str, *, give: bool) -> Layout:
        server = self._desk.published(interaction).program.server
        held = await give_or_take(interaction, server, purpose, give=give)
        await refresh_roles(self._db, home_of(interaction), interaction.user.id, held)
        return self._view(interaction, self._known(interaction), toggled={purpose: give})

    async def _keep(self, interaction: Interaction, change: _Change) -> Settings:
        member = interaction.user
        roles = role_ids(member) if isinstance(member, discord.Member) else None

        def to(known: Settings) -> Settings:
            return change(known if roles is None else replace(known, roles=roles))

        return await choose_settings(self._db, home_of(interaction), member.id, to)

    def _known(self, interaction: Interaction) -> Settings:
        return people.of_person(self._db.reader, home_of(interaction), interaction.user.id) or Settings()

    def _view(self, interaction: Interaction, settings: Settings, *, toggled: dict[str, bool] | None = None) -> Layout:
        """``toggled``: roles that were given or taken just now, which the interaction does not know of."""
        server = self._desk.published(interaction).program.server
        roles = [
            replace(role, held=(toggled or {}).get(role.purpose, role.held)) for role in self_roles(interaction, server)
        ]
        return self._desk.made(cards.settings_card(settings, roles, in_server=interaction.guild_id is not None))


def _instead(server: Server) -> str:
    """What to do where direct messages are closed."""
    channel = server.channels.get("announcements")
    where = f"read #{line(channel, 80)}" if channel else "read the announcements in the server"
    return f"{where}; a role in /settings in the server mentions you there" if server.self_assigned else where
