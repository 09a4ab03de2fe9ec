"""The one error path: whatever goes wrong, the person gets an answer that says what to do next."""

import io
import logging
import secrets
from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands

from bot.chat.render.layout import NO_PINGS
from bot.domain.errors import UsherError

log = logging.getLogger(__name__)

#: The interaction is gone, or was answered by somebody else: nobody is left to tell (Discord codes).
_TOO_LATE = {10062, 40060}


async def explain(interaction: discord.Interaction[Any], error: BaseException, words: str = "") -> None:
    """Tell the person what happened, and give back the ``words`` that could not be taken.

    A fault of ours gets an incident id that the log has too.
    Afterwards the audit trail has it, where it was about something that only organizers may do.
    """
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    if isinstance(cause, discord.HTTPException) and cause.code in _TOO_LATE:
        log.warning("an answer came too late: %s", cause)
        return
    text, incident = _said(cause, interaction)
    if words:
        text = f"{text} What you wrote is in this file, which only you see."
    say = interaction.followup.send if interaction.response.is_done() else interaction.response.send_message
    try:
        await say(text, files=given_back(words), ephemeral=True, allowed_mentions=NO_PINGS)
    except discord.HTTPException as failed:
        log.warning("could not tell a person about an error: %s", failed)
    await interaction.client.services.auditing.note(interaction, cause, incident)


def given_back(words: str) -> list[discord.File]:
    """As a file, which neither cuts them nor takes signs in them for markup; none where there are none."""
    return [discord.File(io.BytesIO(words.encode()), "my-words.txt")] if words else []


def _said(cause: BaseException, interaction: discord.Interaction[Any]) -> tuple[str, str | None]:
    """What is said, and the incident's number where it is a fault of ours."""
    if isinstance(cause, UsherError):
        return str(cause), None
    if isinstance(cause, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return "This command has just changed. Close and reopen Discord's command list, then try again.", None
    if isinstance(cause, discord.Forbidden):
        return "Discord did not let me do that here: a permission is missing. Please tell an organizer.", None
    incident = secrets.token_hex(3)
    interaction.client.incidents.append(incident)
    name = interaction.command.qualified_name if interaction.command else _pressed(interaction)
    log.error("incident %s in %s", incident, name, exc_info=cause)
    return f"That went wrong on my side. Try again, or tell an organizer this number: {incident}.", incident


def _pressed(interaction: discord.Interaction) -> str:
    """The kind of button or form alone: behind it may stand what somebody typed."""
    data: Mapping[str, object] = interaction.data or {}
    return str(data.get("custom_id", "an unknown place")).partition("|")[0]
