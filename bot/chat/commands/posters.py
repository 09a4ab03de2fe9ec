"""/poster, /posters, /topics, /search."""

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.chat.answers import filters
from bot.chat.commands.options import Name, Question, Words
from bot.chat.desk import CHOICES_MOST, Desk
from bot.chat.lookup import Lookup, as_typed, named
from bot.chat.namesakes import choice
from bot.chat.posters.browsing import Browsing, Which
from bot.chat.render.lines import session_label
from bot.domain.search import Category

Interaction = discord.Interaction[Any]


_SHOWN = [
    Choice(name="not visited yet", value=Which.UNVISITED.value),
    Choice(name="visited", value=Which.VISITED.value),
    Choice(name="most asked", value=Which.ASKED.value),
    Choice(name="in my agenda", value=Which.MINE.value),
]


def add(tree: app_commands.CommandTree[Any], desk: Desk, browsing: Browsing) -> None:
    @tree.command(description="One poster: title, authors, board, time and links")
    @app_commands.describe(title="Part of the title, an author, a board number or an id")
    async def poster(interaction: Interaction, title: Name) -> None:
        known = desk.published(interaction).program.poster_by_id
        await desk.reply(interaction, Lookup("poster", (named(title, known),)))

    @tree.command(description="Browse the posters by topic, session or words")
    @app_commands.describe(
        topic="Only this topic",
        session="Only this poster session",
        text="Words of the title, or an author",
        show="Those you have not visited, for example",
    )
    @app_commands.choices(show=_SHOWN)
    async def posters(
        interaction: Interaction,
        topic: Name | None = None,
        session: Name | None = None,
        text: Words | None = None,
        show: Choice[str] | None = None,
    ) -> None:
        published = desk.published(interaction)
        asked = filters.posters_lookup(published.program, published.index, topic or "", session or "", text or "")
        if show is None:
            await desk.reply(interaction, asked)
        else:
            await browsing.show(interaction, Lookup("browse", (show.value, *asked.args)))

    @tree.command(description="The topics, and how many posters each has")
    async def topics(interaction: Interaction) -> None:
        await desk.reply(interaction, Lookup("topics"))

    @tree.command(description="Search everything: sessions, people, posters, topics, dates")
    @app_commands.describe(text="Any words; small typing errors are fine")
    async def search(interaction: Interaction, text: Question) -> None:
        await desk.reply(interaction, Lookup("search", (as_typed(text),)))

    @poster.autocomplete("title")
    async def poster_titles(interaction: Interaction, typed: str) -> list[Choice[str]]:
        return desk.choices(interaction, lambda published: published.index.suggest(Category.POSTERS, typed))

    @posters.autocomplete("topic")
    async def topic_names(interaction: Interaction, typed: str) -> list[Choice[str]]:
        return desk.choices(interaction, lambda published: published.index.suggest(Category.TOPICS, typed))

    @posters.autocomplete("session")
    async def poster_sessions(interaction: Interaction, typed: str) -> list[Choice[str]]:
        program = desk.published(interaction).program
        slots = filters.poster_slots(program, typed)[:CHOICES_MOST]
        return [choice(session_label(program, session), session.id) for session in slots]
