"""/now, /schedule, /session, /speaker, /speakers."""

from datetime import date
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.chat.answers import filters
from bot.chat.answers.days import day_label, days, from_today
from bot.chat.commands.options import Name
from bot.chat.desk import CHOICES_MOST, Desk
from bot.chat.lookup import Lookup, named, short
from bot.chat.namesakes import choice
from bot.domain.program import Program
from bot.domain.search import Category

Interaction = discord.Interaction[Any]


def add(tree: app_commands.CommandTree[Any], desk: Desk) -> None:
    def today(program: Program) -> date:
        """The date at the venue."""
        return desk.clock.now().astimezone(program.event.tz).date()

    @tree.command(description="What is on now, how long it lasts, and what comes next")
    async def now(interaction: Interaction) -> None:
        await desk.reply(interaction, Lookup("now"))

    @tree.command(description="The programme of the day, opened at the present moment")
    @app_commands.describe(day="Only this day", track="Only this track")
    async def schedule(interaction: Interaction, day: Name | None = None, track: Name | None = None) -> None:
        program = desk.published(interaction).program
        await desk.reply(interaction, filters.schedule_lookup(program, day or "", track or "", today(program)))

    @tree.command(description="One session: time, room, talks, people and links")
    @app_commands.describe(name="Part of its title, or a speaker's name")
    async def session(interaction: Interaction, name: Name) -> None:
        known = desk.published(interaction).program.session_by_id
        await desk.reply(interaction, Lookup("session", (named(name, known),)))

    @tree.command(description="One invited speaker: who they are and when they talk")
    @app_commands.describe(name="First or last name, or part of it")
    async def speaker(interaction: Interaction, name: Name) -> None:
        known = desk.published(interaction).program.speaker_by_id
        await desk.reply(interaction, Lookup("speaker", (named(name, known),)))

    @tree.command(description="All invited speakers")
    async def speakers(interaction: Interaction) -> None:
        await desk.reply(interaction, Lookup("speakers"))

    @schedule.autocomplete("day")
    async def day_names(interaction: Interaction, typed: str) -> list[Choice[str]]:
        program = desk.published(interaction).program
        meant = days(program, from_today(typed, today(program)))
        return [choice(day_label(day), day.isoformat()) for day in meant][:CHOICES_MOST]

    @schedule.autocomplete("track")
    async def tracks(interaction: Interaction, typed: str) -> list[Choice[str]]:
        program = desk.published(interaction).program
        return [choice(track, short(track)) for track in filters.tracks(program, typed)][:CHOICES_MOST]

    @session.autocomplete("name")
    async def session_names(interaction: Interaction, typed: str) -> list[Choice[str]]:
        return desk.choices(interaction, lambda published: published.index.suggest(Category.SESSIONS, typed))

    @speaker.autocomplete("name")
    async def speaker_names(interaction: Interaction, typed: str) -> list[Choice[str]]:
        return desk.choices(interaction, lambda published: published.index.suggest(Category.SPEAKERS, typed))
