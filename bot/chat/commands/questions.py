"""/ask and /questions."""

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.chat.commands.options import Name
from bot.chat.desk import Desk
from bot.chat.lookup import Lookup, short
from bot.chat.posters.exporting import Exporting
from bot.chat.posters.finding import poster_meant
from bot.chat.posters.questions import Questions
from bot.domain.search import Category

Interaction = discord.Interaction[Any]

_OUT = "out"
_IN_OR_OUT = [Choice(name="Leave mine out", value=_OUT), Choice(name="Keep mine in", value="in")]


def add(tree: app_commands.CommandTree[Any], desk: Desk, questions: Questions, exporting: Exporting) -> None:
    asking = app_commands.Group(name="ask", description="Ask the authors of a poster", guild_only=True)
    reading = app_commands.Group(name="questions", description="What was asked about the posters", guild_only=True)

    @asking.command(name="poster", description="Ask the authors of a poster a question")
    @app_commands.describe(title="Part of the title, an author, a board number or an id")
    async def ask_poster(interaction: Interaction, title: Name) -> None:
        await questions.begin(interaction, _poster(desk, interaction, title))

    @reading.command(name="poster", description="The questions about one poster, the most asked first")
    @app_commands.describe(title="Part of the title, an author, a board number or an id")
    async def of_poster(interaction: Interaction, title: Name) -> None:
        await questions.show(interaction, Lookup("questions", (_poster(desk, interaction, title),)))

    @reading.command(name="top", description="The most asked questions about all posters")
    async def top(interaction: Interaction) -> None:
        await questions.show(interaction, Lookup("top"))

    @reading.command(name="mine", description="What you asked, and what was answered")
    async def mine(interaction: Interaction) -> None:
        await questions.show(interaction, Lookup("mine"))

    @reading.command(name="export", description="Whether yours are part of what organizers take along afterwards")
    @app_commands.describe(choice="Leave them out, or keep them in")
    @app_commands.choices(choice=_IN_OR_OUT)
    async def export(interaction: Interaction, choice: str) -> None:
        await exporting.choose(interaction, out=choice == _OUT)

    @ask_poster.autocomplete("title")
    @of_poster.autocomplete("title")
    async def titles(interaction: Interaction, typed: str) -> list[Choice[str]]:
        return desk.choices(interaction, lambda published: published.index.suggest(Category.POSTERS, typed))

    tree.add_command(asking)
    tree.add_command(reading)


def _poster(desk: Desk, interaction: Interaction, typed: str) -> str:
    """The id, in short, of the poster that was chosen or typed. Raises NotFoundError where it is not beyond doubt."""
    return short(poster_meant(desk.published(interaction).program, desk, interaction, typed).id)
