"""The server that a person's own things belong to, also while they write to the bot directly."""

from typing import Any

import discord

from bot.domain.errors import UsherError


def served(interaction: discord.Interaction[Any]) -> int | None:
    """The id of the guild whose programme is meant: where they are, or the only one that the bot is in; None else."""
    if interaction.guild_id is not None:
        return interaction.guild_id
    guilds = interaction.client.guilds
    return int(guilds[0].id) if len(guilds) == 1 else None


def home_of(interaction: discord.Interaction[Any]) -> int:
    """The id of the guild whose agenda is meant, see ``served``.

    Raises UsherError in a direct message where there are several.
    """
    home = served(interaction)
    if home is None:
        raise UsherError(
            "Each server has an agenda of its own, and from here I cannot tell which. Do this in the server you mean."
        )
    return home
