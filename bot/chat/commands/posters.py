"""/poster, /posters, /topics, /search."""

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

from bot.chat.commands.programme import Name
from bot.chat.desk import Desk, choice
from bot.chat.lookup import Lookup, short
from bot.chat.render.lines import session_label
from bot.domain.folding import fold
from bot.domain.search import Category

Interaction = discord.Interaction[Any]

#: Short enough to stand beside a topic and a session in a button (see ``Lookup``).
Words = Range[str, 1, 36]
#: A whole question fits into a button.
Question = Range[str, 1, 80]


def add(tree: app_commands.CommandTree[Any], desk: Desk) -> None:
    @tree.command(description="One poster: title, authors, board, time and links")
    @app_commands.describe(title="Part of the title, an author, a board number or an id")
    async def poster(interaction: Interaction, title: Name) -> None:
        known = desk.published(interaction).program.poster_by_id
        await desk.reply(interaction, Lookup("poster", (short(title) if title in known else title,)))

    @tree.command(description="Browse the posters by topic, session or words")
    @app_commands.describe(
        topic="Only this topic", session="Only this poster session", text="Words of the title, or an author"
    )
    async def posters(
        interaction: Interaction, topic: Name | None = None, session: Name | None = None, text: Words | None = None
    ) -> None:
        filters = (short(topic or ""), short(session or ""), text or "")
        await desk.reply(interaction, Lookup("posters", filters))

    @tree.command(description="The topics, and how many posters each has")
    async def topics(interaction: Interaction) -> None:
        await desk.reply(interaction, Lookup("topics"))

    @tree.command(description="Search everything: sessions, people, posters, topics, dates")
    @app_commands.describe(text="Any words; small typing errors are fine")
    async def search(interaction: Interaction, text: Question) -> None:
        await desk.reply(interaction, Lookup("search", (text,)))

    @poster.autocomplete("title")
    async def poster_titles(interaction: Interaction, typed: str) -> list[Choice[str]]:
        return desk.choices(interaction, lambda published: published.index.suggest(Category.POSTERS, typed))

    @posters.autocomplete("topic")
    async def topic_names(interaction: Interaction, typed: str) -> list[Choice[str]]:
        return desk.choices(interaction, lambda published: published.index.suggest(Category.TOPICS, typed))

    @posters.autocomplete("session")
    async def poster_sessions(interaction: Interaction, typed: str) -> list[Choice[str]]:
        program, wanted = desk.published(interaction).program, fold(typed)
        labels = ((session_label(program, session), session.id) for session in program.poster_sessions)
        return [choice(label, value) for label, value in labels if wanted in fold(label)][:25]
