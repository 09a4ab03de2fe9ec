"""/setup check: for organizers."""

from typing import Any

import discord
from discord import app_commands

from bot.chat.setup.checking import Checking


def add(tree: app_commands.CommandTree[Any], checking: Checking) -> None:
    group = app_commands.Group(
        name="setup",
        description="What the server needs for the event",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @group.command(description="Every channel, role, permission and feature that is missing, with the fix")
    async def check(interaction: discord.Interaction[Any]) -> None:
        await checking.show(interaction)

    tree.add_command(group)
