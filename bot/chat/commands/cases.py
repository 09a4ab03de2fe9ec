"""/cases: for the conduct committee; who is on it, organizers say.

Everybody finds the command: Discord could hide it by a permission alone, and the committee need not hold one.
"""

from typing import Any

import discord
from discord import app_commands

from bot.chat.commands.options import FOR_COMMITTEE, FOR_ORGANIZERS
from bot.chat.conduct.handling import Handling
from bot.chat.conduct.membership import Membership

Interaction = discord.Interaction[Any]

#: /help does not show it to people who cannot use it: whoever reported must not try it, and wonder.
_NOT_FOR_ALL = {FOR_ORGANIZERS: True}


def add(tree: app_commands.CommandTree[Any], handling: Handling, membership: Membership) -> None:
    cases = app_commands.Group(name="cases", description="For the conduct committee", guild_only=True)
    committee = app_commands.Group(name="committee", description="Who is on the conduct committee", parent=cases)

    @cases.command(
        name="list",
        description="What was reported, how far it has come, and who takes care of it",
        extras={FOR_COMMITTEE: True},
    )
    async def listed(interaction: Interaction) -> None:
        await handling.show(interaction)

    @committee.command(
        name="add", description="Put somebody on the conduct committee, whatever roles they hold", extras=_NOT_FOR_ALL
    )
    @app_commands.describe(member="Who")
    async def put_on(interaction: Interaction, member: discord.Member) -> None:
        await membership.add(interaction, member)

    @committee.command(name="remove", description="Take somebody off the conduct committee", extras=_NOT_FOR_ALL)
    @app_commands.describe(member="Who")
    async def take_off(interaction: Interaction, member: discord.Member) -> None:
        await membership.remove(interaction, member)

    @committee.command(
        name="list", description="Who is on the conduct committee, as far as I know", extras=_NOT_FOR_ALL
    )
    async def who(interaction: Interaction) -> None:
        await membership.show(interaction)

    tree.add_command(cases)
