"""The slash commands. Each only turns what was typed into a Lookup and hands it to the desk."""

from typing import Any

from discord import app_commands

from bot.chat.commands import info, posters, programme
from bot.chat.desk import Desk


def add_all(tree: app_commands.CommandTree[Any], desk: Desk) -> None:
    """Register every command, in the order of /help."""
    programme.add(tree, desk)
    posters.add(tree, desk)
    info.add(tree, desk)
