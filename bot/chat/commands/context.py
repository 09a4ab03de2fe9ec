"""What stands in a message's menu: Collect as question, Mark as answer."""

from typing import Any

import discord
from discord import app_commands

from bot.chat.posters.collecting import Collecting
from bot.chat.render.notices.typed import COLLECT, MARK

Interaction = discord.Interaction[Any]


def add(tree: app_commands.CommandTree[Any], collecting: Collecting) -> None:
    # A message comes with its text here, also where what people type is not read.
    @tree.context_menu(name=COLLECT)
    @app_commands.guild_only()
    async def collect(interaction: Interaction, message: discord.Message) -> None:
        await collecting.collect(interaction, message)

    @tree.context_menu(name=MARK)
    @app_commands.guild_only()
    async def mark(interaction: Interaction, message: discord.Message) -> None:
        await collecting.mark(interaction, message)
