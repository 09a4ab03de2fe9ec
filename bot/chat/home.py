"""The server that a person's own things belong to, also while they write to the bot directly."""

from typing import Any

import discord

from bot.domain.errors import UsherError

_ABOUT = "about"


def served(interaction: discord.Interaction[Any]) -> int | None:
    """The id of the guild whose programme is meant: where they are, the one that the message with the button is about,
    or the only one that the bot is in; None else.
    """
    if interaction.guild_id is not None:
        return interaction.guild_id
    if (about := interaction.extras.get(_ABOUT)) is not None:
        return int(about)
    guilds = interaction.client.guilds
    return int(guilds[0].id) if len(guilds) == 1 else None


def is_about(interaction: discord.Interaction[Any], guild_id: int) -> None:
    """From here on a press in a direct message counts for this guild: the message came from there."""
    interaction.extras[_ABOUT] = guild_id


def home_of(interaction: discord.Interaction[Any]) -> int:
    """The id of the guild whose agenda, reminders or settings are meant, see ``served``.

    Raises UsherError in a direct message where there are several.
    """
    home = served(interaction)
    if home is None:
        raise UsherError(
            "Your agenda, reminders and settings are kept for each server by itself, and from here I cannot tell which "
            "server you mean. Do this in the server you mean."
        )
    return home
