"""Who is on the conduct committee: noted when they act, and named by organizers."""

from collections.abc import Callable
from typing import Any

import discord

from bot.actions.conduct.committee import add_member, forget_member, note_member, remove_member
from bot.chat.actors import actor_of, actor_of_member
from bot.chat.conduct import committee_cards as cards
from bot.chat.conduct.rights import CHOOSE
from bot.chat.conduct.ways import CHANNEL
from bot.chat.desk import Desk
from bot.chat.organizing.rights import permitted
from bot.chat.private import say, show
from bot.chat.render.text import line
from bot.chat.setup.conduct import committee_role
from bot.chat.unasked.whereabouts import channel_for
from bot.domain.audit import By
from bot.domain.conduct.case import Member
from bot.domain.errors import UsherError
from bot.storage.conduct import committee
from bot.storage.database import Database

Interaction = discord.Interaction[Any]


class Membership:
    """No list of members can be had without a privileged intent: who holds the role shows when they act."""

    def __init__(self, desk: Desk, database: Database, wake: Callable[[], None]) -> None:
        """``wake`` is called when somebody is to be let into cases."""
        self._desk = desk
        self._db = database
        self._wake = wake
        #: Servers and people of whom it is known that they hold no role: nearly everybody.
        self._others: set[tuple[int, int]] = set()

    async def note(self, interaction: Interaction) -> None:
        """Whatever somebody does tells whether they hold the role. Written only where that is news.

        For when they have their answer: every command and press comes by here.
        """
        guild, user = interaction.guild, interaction.user
        if guild is None or guild.unavailable or not guild.roles or not isinstance(user, discord.Member):
            return
        server = self._desk.programmes.for_guild(guild.id).program.server
        holds = actor_of(interaction, server).on_committee
        if not holds and (guild.id, user.id) in self._others:
            return
        self._others.discard((guild.id, user.id))
        known = committee.of_person(self._db.reader, guild.id, user.id)
        by = By(user.id, interaction.id, self._desk.clock.now())
        if holds and known is None:
            await note_member(self._db, guild.id, Member(user.id, user.display_name), by)
        elif known is not None and known.given_by is None and not holds:
            await forget_member(self._db, guild.id, Member(user.id, user.display_name), by)
        else:
            self._others |= set() if holds else {(guild.id, user.id)}
            return
        self._wake()

    async def show(self, interaction: Interaction) -> None:
        """Who is on it. Raises NotAllowedError, UsherError."""
        guild_id, program = permitted(interaction, self._desk, CHOOSE)
        card = cards.committee(committee.of_guild(self._db.reader, guild_id), committee_role(program.server))
        await show(interaction, self._desk.made(card))

    async def add(self, interaction: Interaction, member: discord.Member) -> None:
        """Raises NotAllowedError, UsherError."""
        guild_id, program = permitted(interaction, self._desk, CHOOSE)
        if member.bot:
            raise UsherError(f"{line(member.display_name, 80)} is a bot, and reads no cases. Nothing was changed.")
        chosen = Member(member.id, member.display_name, given_by=interaction.user.id)
        by_role = actor_of_member(member, member.guild_permissions, program.server).on_committee
        by = self._desk.by(interaction)
        new = await add_member(self._db, guild_id, chosen, program.server, by=by, by_role=by_role)
        self._wake()
        name = line(member.display_name, 80)
        text = f"{name} is on the conduct committee, and is let into the open cases that do not concern them."
        if not new:
            text = f"{name} was on it already, and stays on it without the role."
        channel = channel_for(member.guild, program, CHANNEL)
        if channel is not None and not channel.permissions_for(member).view_channel:
            text += f" They cannot see <#{channel.id}> yet: allow it, or they cannot be in the threads there."
        await say(interaction, text)

    async def remove(self, interaction: Interaction, member: discord.Member) -> None:
        """Raises NotAllowedError, UsherError."""
        guild_id, program = permitted(interaction, self._desk, CHOOSE)
        chosen = Member(member.id, member.display_name)
        there = await remove_member(self._db, guild_id, chosen, program.server, by=self._desk.by(interaction))
        self._wake()
        name = line(member.display_name, 80)
        text = f"{name} is off the conduct committee." if there else f"{name} was not on the conduct committee."
        if actor_of_member(member, member.guild_permissions, program.server).on_committee:
            text += " By their role they count as one of it as soon as they use the bot: take the role from them, too."
        await say(interaction, text)
