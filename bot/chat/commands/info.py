"""/deadlines, /submit, /join, /materials, /organizers, /conduct, /about, /help."""

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.chat.commands.options import Name
from bot.chat.desk import Desk
from bot.chat.lookup import Lookup, named
from bot.domain.search import Category

Interaction = discord.Interaction[Any]

#: Commands without options: each is the lookup of its own name.
PLAIN = {
    "deadlines": "Dates to keep, the next one first",
    "submit": "How to submit: formats, page limits, rules and dates",
    "join": "How to attend, in person or online",
}
PLAIN_LAST = {
    "organizers": "Who runs this event, and how to reach them",
    "conduct": "The code of conduct, and what to do if something is wrong",
    "about": "What this event is, when and where",
    "help": "Everything I can do",
}


def add(tree: app_commands.CommandTree[Any], desk: Desk) -> None:
    for name, description in PLAIN.items():
        _add_plain(tree, desk, name, description)

    @tree.command(description="Slides, papers, posters and recordings")
    @app_commands.describe(session="Only this session")
    async def materials(interaction: Interaction, session: Name | None = None) -> None:
        known = desk.published(interaction).program.session_by_id
        await desk.reply(interaction, Lookup("materials", (named(session, known),) if session else ()))

    @materials.autocomplete("session")
    async def session_names(interaction: Interaction, typed: str) -> list[Choice[str]]:
        return desk.choices(interaction, lambda published: published.index.suggest(Category.SESSIONS, typed))

    for name, description in PLAIN_LAST.items():
        _add_plain(tree, desk, name, description)


def _add_plain(tree: app_commands.CommandTree[Any], desk: Desk, name: str, description: str) -> None:
    @tree.command(name=name, description=description)
    async def plain(interaction: Interaction) -> None:
        await desk.reply(interaction, Lookup(name))
