"""/audit: for organizers."""

from typing import Any

import discord
from discord import app_commands

from bot.chat.organizing.auditing import Auditing


def add(tree: app_commands.CommandTree[Any], auditing: Auditing) -> None:
    @tree.command(name="audit", description="Who did what, when, and what came of it")
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    async def audit(interaction: discord.Interaction[Any]) -> None:
        await auditing.show(interaction)
