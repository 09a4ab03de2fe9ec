"""/announce and /announcements: for organizers."""

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.chat.announce.announcing import Announcing
from bot.chat.announce.choices import record_title
from bot.chat.commands.options import Name
from bot.chat.desk import Desk
from bot.domain.announce.templates import NAMES, Template
from bot.domain.errors import NotFoundError
from bot.domain.search import Category

Interaction = discord.Interaction[Any]

_TEMPLATES = [Choice(name=name, value=template.value) for template, name in NAMES.items()]
_RIGHT = discord.Permissions(manage_guild=True)


def add(tree: app_commands.CommandTree[Any], desk: Desk, announcing: Announcing) -> None:
    @tree.command(description="Tell everybody something: write it, look at it, send it")
    @app_commands.guild_only()
    @app_commands.default_permissions(_RIGHT)
    @app_commands.describe(template="Begin with one of these", about="A session or poster that it is about")
    @app_commands.choices(template=_TEMPLATES)
    async def announce(
        interaction: Interaction, template: Choice[str] | None = None, about: Name | None = None
    ) -> None:
        chosen = Template(template.value) if template else None
        await announcing.begin(interaction, chosen, _record(desk, interaction, about) if about else None)

    @tree.command(description="Drafts, what is scheduled, what was sent and whom it reached")
    @app_commands.guild_only()
    @app_commands.default_permissions(_RIGHT)
    async def announcements(interaction: Interaction) -> None:
        await announcing.list(interaction)

    @announce.autocomplete("about")
    async def records(interaction: Interaction, typed: str) -> list[Choice[str]]:
        return desk.choices(
            interaction,
            lambda published: [
                *published.index.suggest(Category.SESSIONS, typed, limit=12),
                *published.index.suggest(Category.POSTERS, typed, limit=13),
            ],
        )


def _record(desk: Desk, interaction: Interaction, typed: str) -> str:
    """The id of the session or poster that was chosen or typed. Raises NotFoundError where it is not beyond doubt."""
    published = desk.published(interaction)
    if record_title(typed, published.program) is not None:
        return typed
    for category in (Category.SESSIONS, Category.POSTERS):
        if (only := published.index.find(category, typed).only) is not None:
            return only.id
    raise NotFoundError("It is not clear which session or poster is meant. Choose one from the list that appears.")
