"""/program reload: for organizers."""

from typing import Any

import discord
from discord import app_commands

from bot.chat.organizing.reloading import Reloading


def add(tree: app_commands.CommandTree[Any], reloading: Reloading) -> None:
    group = app_commands.Group(
        name="program",
        description="The event's files",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @group.command(description="Read the event's files anew, see what would change, and publish it")
    async def reload(interaction: discord.Interaction[Any]) -> None:
        await reloading.preview(interaction)

    tree.add_command(group)
