"""/now, /schedule, /session, /speaker, /speakers."""

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

from bot.actions.current import Published
from bot.chat.desk import CHOICES_MOST, Desk, choice
from bot.chat.lookup import Lookup, short
from bot.domain.folding import fold
from bot.domain.search import Category

Interaction = discord.Interaction[Any]

#: What a reader may type as a name or title.
Name = Range[str, 1, 100]


def add(tree: app_commands.CommandTree[Any], desk: Desk) -> None:
    @tree.command(description="What is on now, how long it lasts, and what comes next")
    async def now(interaction: Interaction) -> None:
        await desk.reply(interaction, Lookup("now"))

    @tree.command(description="The programme of the day, opened at the present moment")
    @app_commands.describe(day="Only this day", track="Only this track")
    async def schedule(interaction: Interaction, day: Name | None = None, track: Name | None = None) -> None:
        await desk.reply(interaction, Lookup("schedule", (day or "", track or "")))

    @tree.command(description="One session: time, room, talks, people and links")
    @app_commands.describe(name="Part of its title, or a speaker's name")
    async def session(interaction: Interaction, name: Name) -> None:
        await desk.reply(interaction, Lookup("session", (_kept(desk.published(interaction), name),)))

    @tree.command(description="One invited speaker: who they are and when they talk")
    @app_commands.describe(name="First or last name, or part of it")
    async def speaker(interaction: Interaction, name: Name) -> None:
        await desk.reply(interaction, Lookup("speaker", (_kept(desk.published(interaction), name),)))

    @tree.command(description="All invited speakers")
    async def speakers(interaction: Interaction) -> None:
        await desk.reply(interaction, Lookup("speakers"))

    @schedule.autocomplete("day")
    async def days(interaction: Interaction, typed: str) -> list[Choice[str]]:
        return _days(desk.published(interaction), typed)

    @schedule.autocomplete("track")
    async def tracks(interaction: Interaction, typed: str) -> list[Choice[str]]:
        return _tracks(desk.published(interaction), typed)

    @session.autocomplete("name")
    async def session_names(interaction: Interaction, typed: str) -> list[Choice[str]]:
        return desk.choices(interaction, lambda published: published.index.suggest(Category.SESSIONS, typed))

    @speaker.autocomplete("name")
    async def speaker_names(interaction: Interaction, typed: str) -> list[Choice[str]]:
        return desk.choices(interaction, lambda published: published.index.suggest(Category.SPEAKERS, typed))


def _kept(published: Published, typed: str) -> str:
    """What was typed, as it fits into a button: a record's id in its short form."""
    known = published.program
    return short(typed) if typed in known.session_by_id or typed in known.speaker_by_id else typed


def _days(published: Published, typed: str) -> list[Choice[str]]:
    wanted = fold(typed)
    labels = {f"{day:%A} {day.day} {day:%B %Y}": day.isoformat() for day in published.program.days}
    return [choice(label, value) for label, value in labels.items() if wanted in fold(f"{label} {value}")][
        :CHOICES_MOST
    ]


def _tracks(published: Published, typed: str) -> list[Choice[str]]:
    wanted = fold(typed)
    return [choice(track, track) for track in published.program.tracks if wanted in fold(track)][:CHOICES_MOST]
