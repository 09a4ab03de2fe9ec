"""/privacy."""

from typing import Any

import discord
from discord import app_commands

from bot.chat.privacy.deciding import Privacy


def add(tree: app_commands.CommandTree[Any], privacy: Privacy) -> None:
    @tree.command(name="privacy", description="What is stored about you and why; get it as a file, or delete it")
    async def show(interaction: discord.Interaction[Any]) -> None:
        await privacy.show(interaction)
