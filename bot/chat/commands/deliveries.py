"""/deliveries: for organizers."""

from typing import Any

import discord
from discord import app_commands

from bot.chat.organizing.deliveries import Deliveries


def add(tree: app_commands.CommandTree[Any], shown: Deliveries) -> None:
    @tree.command(name="deliveries", description="What the bot will say, what it said, and what failed")
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    async def deliveries(interaction: discord.Interaction[Any]) -> None:
        await shown.show(interaction)
