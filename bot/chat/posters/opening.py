"""/qa open: the posts of all posters at once, in a forum with their topics as tags."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import discord

from bot.actions.posters.open_posters import Opening, foresee_opening, open_posters, too_many
from bot.chat.desk import Desk
from bot.chat.lookup import Lookup
from bot.chat.organizing.rights import Right, permitted
from bot.chat.private import show
from bot.chat.render.card import Button, Card, Does
from bot.chat.render.text import count, line, listing
from bot.chat.unasked.refusals import is_refusal
from bot.chat.unasked.tags import add_tags, missing_tags
from bot.chat.unasked.threads import forum_for, no_forum
from bot.domain.audit import ActKind, By
from bot.domain.errors import UsherError
from bot.domain.people import Action
from bot.domain.program import Program
from bot.storage.database import Database

Interaction = discord.Interaction[Any]

log = logging.getLogger(__name__)

OPEN = Lookup("openposts")
_RIGHT = Right(
    Action.OPEN_POSTERS,
    ActKind.OPEN_POSTERS,
    "/qa open",
    "Only organizers open the threads of posters. To ask about one, use /ask poster: its thread is opened then.",
    "Each server has its own forum of posters: use /qa open there.",
)


class OpeningPosts:
    def __init__(self, desk: Desk, database: Database, wake: Callable[[], None]) -> None:
        """``wake`` is called when there is something to post."""
        self._desk = desk
        self._db = database
        self._wake = wake

    async def show(self, interaction: Interaction) -> None:
        """What it would come to, with the button that does it. Raises NotAllowedError, UsherError."""
        guild_id, program, forum = self._place(interaction)
        found = foresee_opening(self._db.reader, guild_id, program)
        view = self._desk.made(_preview(program, forum, found, self._desk.clock.now()))
        await show(interaction, view)

    async def press(self, interaction: Interaction) -> None:
        """Do it. Raises as ``show``."""
        guild_id, program, forum = self._place(interaction)
        by = By(interaction.user.id, interaction.id, self._desk.clock.now())
        await interaction.response.defer()
        note = await _add_tags(forum, program)
        if too_many(program):
            head = "## The tags are missing" if note else "## The topics are tags now"
            said = [head, f"In {forum.mention}.", note]
        else:
            await open_posters(self._db, guild_id, program, by=by)
            self._wake()
            found = foresee_opening(self._db.reader, guild_id, program)
            said = [*_under_way(forum, found, by.at), note]
        view = self._desk.made(Card(("\n".join(part for part in said if part),), shareable=False))
        await show(interaction, view)

    def _place(self, interaction: Interaction) -> tuple[int, Program, discord.ForumChannel]:
        guild_id, program = permitted(interaction, self._desk, _RIGHT)
        forum = forum_for(interaction.guild, program) if interaction.guild is not None else None
        if forum is None:
            raise UsherError(f"Nothing was opened: {no_forum(program)}. /setup check helps with that.")
        return guild_id, program, forum


def _preview(program: Program, forum: discord.ForumChannel, found: Opening, now: datetime) -> Card:
    missing = missing_tags(forum.available_tags, program)
    add = (Button("Add the topics as tags", OPEN, Does.QUESTION, main=True),) if missing else ()
    tags = [f"New tags: {line(listing(missing), 400)}."] if missing else []
    if too_many(program):
        said = (
            f"## {len(program.posters):,} posters are too many to open at once\n"
            "Discord allows a server 1,000 active threads. The thread of a poster is opened when somebody asks the "
            "first question; where it gets crowded, those that were quiet for longest are archived."
        )
        return Card(("\n".join([said, *tags]),), buttons=add, shareable=False)
    if not found.missing:
        return Card(("\n".join([*_under_way(forum, found, now), *tags]),), buttons=add, shareable=False)
    rows = [f"## {count(len(found.missing), 'thread')} to open", f"In {forum.mention}, one for each poster."]
    if found.there:
        rows.append(f"{count(found.there, 'poster has', 'posters have')} one already.")
    if found.to_come:
        rows.append(f"{count(found.to_come, 'more is', 'more are')} being opened.")
    if minutes := int(found.takes.total_seconds()) // 60:
        rows.append(f"Discord takes about {minutes} min for that. Nobody is notified.")
    rows += tags
    return Card(("\n".join(rows),), buttons=(Button("Open them", OPEN, Does.QUESTION, main=True),), shareable=False)


def _under_way(forum: discord.ForumChannel, found: Opening, now: datetime) -> list[str]:
    """How far it is, where nothing is left to be asked for."""
    if found.last is None:
        return ["## Every poster has its thread", f"In {forum.mention}."]
    every = found.there + found.to_come
    head = f"Threads being opened: {found.there} of {every}"
    if not found.there:
        head = f"{count(every, 'thread is', 'threads are')} being opened"
    minutes = -((now - found.last) // timedelta(minutes=1))
    rest = " for the rest" if found.there else ""
    left = f" Discord takes about {minutes} min{rest}." if minutes > 0 else ""
    return [f"## {head}", f"In {forum.mention}.{left} Nobody is notified."]


async def _add_tags(forum: discord.ForumChannel, program: Program) -> str:
    """Give the forum the tags that it lacks; what to say where that is not allowed."""
    if not missing_tags(forum.available_tags, program):
        return ""
    try:
        await add_tags(forum, program)
    except discord.HTTPException as error:
        if not is_refusal(error):
            raise
        log.warning("server %d: no tags for the forum: %s", forum.guild.id, error)
        missing = "The tags are missing, so posters cannot be browsed by topic: "
        if isinstance(error, discord.Forbidden):
            return f"{missing}give the bot Manage Channels in the forum, or add the tags by hand."
        return f"{missing}Discord refused them. Add them by hand."
    return ""
