"""What only whoever typed or pressed sees: a message of its own, or in place of the one below which they pressed."""

from typing import Any

import discord
from discord import ui

from bot.chat.render.layout import NO_PINGS

Interaction = discord.Interaction[Any]


async def say(interaction: Interaction, text: str) -> None:
    """A sentence, as the first answer."""
    await interaction.response.send_message(text, ephemeral=True, allowed_mentions=NO_PINGS)


async def show(interaction: Interaction, view: ui.LayoutView) -> None:
    """As a new answer, the one that was announced where it was deferred."""
    if interaction.response.is_done():
        await interaction.edit_original_response(view=view, allowed_mentions=NO_PINGS)
    else:
        await interaction.response.send_message(view=view, ephemeral=True, allowed_mentions=NO_PINGS)


async def turn(interaction: Interaction, view: ui.LayoutView) -> None:
    """In place of the message below which they pressed."""
    if interaction.response.is_done():
        await interaction.edit_original_response(view=view, allowed_mentions=NO_PINGS)
    else:
        await interaction.response.edit_message(view=view, allowed_mentions=NO_PINGS)


async def turn_or_show(interaction: Interaction, view: ui.LayoutView) -> None:
    """In place of a private answer, or as a new one below what others see."""
    private = interaction.message is not None and interaction.message.flags.ephemeral
    await (turn if private else show)(interaction, view)
