"""/settings."""

from typing import Any

import discord
from discord import app_commands

from bot.chat.attending.settings import PersonalSettings


def add(tree: app_commands.CommandTree[Any], settings: PersonalSettings) -> None:
    @tree.command(
        name="settings", description="How you attend, announcements by direct message, roles that mention you"
    )
    async def show(interaction: discord.Interaction[Any]) -> None:
        await settings.show(interaction)
