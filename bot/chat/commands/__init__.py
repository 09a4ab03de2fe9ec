"""The slash commands. Each only turns what was typed into a Lookup and hands it to the desk."""

from typing import TYPE_CHECKING

from bot.chat.commands import info, posters, programme
from bot.chat.desk import Desk

if TYPE_CHECKING:
    from bot.chat.client import UsherTree


def add_all(tree: "UsherTree", desk: Desk) -> None:
    """Register every command, in the order of /help."""
    programme.add(tree, desk)
    posters.add(tree, desk)
    info.add(tree, desk)
