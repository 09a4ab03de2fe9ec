"""/report, and the same in a message's menu: for everybody."""

from typing import Any

import discord
from discord import app_commands

from bot.chat.conduct.reporting import Reporting

Interaction = discord.Interaction[Any]


def add(tree: app_commands.CommandTree[Any], reporting: Reporting) -> None:
    @tree.command(name="report", description="Report something to the conduct committee, or read what it answered")
    async def report(interaction: Interaction) -> None:
        await reporting.begin(interaction)

    @tree.context_menu(name="Report to the committee")
    @app_commands.guild_only()
    async def report_message(interaction: Interaction, message: discord.Message) -> None:
        await reporting.begin_about(interaction, message)
