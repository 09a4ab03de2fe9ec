"""/qa export: an organizer takes the questions and answers along; /questions export: a person stays out of that."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import discord

from bot.actions.posters.exporting import leave_out, record_export
from bot.chat.desk import Desk
from bot.chat.home import home_of
from bot.chat.organizing.rights import Right, permitted
from bot.chat.render.layout import NO_PINGS
from bot.chat.render.text import count
from bot.domain.audit import ActKind, By
from bot.domain.people import Action
from bot.domain.posters.export import Export, Stored, exported, named_people
from bot.domain.program import Program
from bot.formats.qa import Format, written
from bot.storage.database import Database, reading
from bot.storage.posters import exported as stored

Interaction = discord.Interaction[Any]
Files = Mapping[Format, bytes]

log = logging.getLogger(__name__)

#: Bytes of one message's files: less than Discord takes everywhere (10 MiB).
FILES_MOST = 8_000_000
#: Names that are looked up, and seconds for that: an answer can be completed for 15 minutes.
NAMES_MOST, _NAMES_WITHIN = 300, 120.0
_RIGHT = Right(
    Action.EXPORT_QUESTIONS,
    ActKind.EXPORT_QUESTIONS,
    "/qa export",
    "Only organizers take the questions along. /questions top shows you what was asked.",
    "Each server has its own questions: use /qa export there.",
)
_OUT = (
    "Your questions and answers are left out of what organizers export from now on. In the server they stay. "
    "/questions export choice:Keep mine in takes this back."
)
_IN = (
    "Your questions and answers are part of what organizers export. Where you asked without your name, it is not in it."
)


class Exporting:
    """Files are made on a thread of their own, from a connection of their own: nobody's answer waits for them."""

    def __init__(self, desk: Desk, database: Database, wake: Callable[[], None]) -> None:
        self._desk = desk
        self._db = database
        self._wake = wake

    async def export(self, interaction: Interaction, formats: Sequence[Format]) -> None:
        """The files, to the organizer alone. Raises NotAllowedError, or UsherError outside servers."""
        guild_id, program = permitted(interaction, self._desk, _RIGHT)
        await interaction.response.defer(ephemeral=True, thinking=True)
        by = self._by(interaction)
        held = await asyncio.to_thread(_read, self._db.path, guild_id)
        assert interaction.guild is not None
        names = await _names(interaction.guild, named_people(held)[:NAMES_MOST])
        found, files = await asyncio.to_thread(_made, program, held, names, by, formats)
        if found.questions:
            detail = f"{count(found.questions, 'question')} as {', '.join(formats)}"
            await record_export(self._db, guild_id, detail, by=by, server=program.server)
            self._wake()
        await _hand_over(interaction, program, found, files)

    async def choose(self, interaction: Interaction, *, out: bool) -> None:
        """Whether somebody's questions and answers are left out of exports."""
        await leave_out(self._db, home_of(interaction), interaction.user.id, out=out)
        await interaction.response.send_message(_OUT if out else _IN, ephemeral=True, allowed_mentions=NO_PINGS)

    def _by(self, interaction: Interaction) -> By:
        return By(interaction.user.id, interaction.id, self._desk.clock.now())


def _read(path: Path, guild_id: int) -> Stored:
    with reading(path) as db:
        return stored.everything(db, guild_id)


def _made(
    program: Program, held: Stored, names: Mapping[int, str], by: By, formats: Sequence[Format]
) -> tuple[Export, Files]:
    found = exported(program, held, names, by.at)
    return found, {wanted: written(found, wanted) for wanted in formats}


async def _names(guild: discord.Guild, people: Sequence[int]) -> dict[int, str]:
    """As they are called in the server. Who left, or is not reached in time, goes without a name."""
    found = {}
    try:
        async with asyncio.timeout(_NAMES_WITHIN):
            for person in people:
                try:
                    found[person] = (await guild.fetch_member(person)).display_name
                except discord.HTTPException:
                    continue
    except TimeoutError:
        log.warning("server %d: %d of %d names were found in time", guild.id, len(found), len(people))
    return found


async def _hand_over(interaction: Interaction, program: Program, found: Export, files: Files) -> None:
    """In as many messages as the files need. What no message takes is named, with the way to get it."""
    if not found.questions:
        await interaction.edit_original_response(content="Nobody has asked anything yet that could be exported.")
        return
    head = (
        f"**{count(found.questions, 'question')} about {count(len(found.posters), 'poster')}, "
        f"{len(found.unanswered):,} without an answer**\n"
        "Who asked without a name is not named. Who chose to stay out is left out, and what was withdrawn or hidden."
    )
    too_large = [wanted for wanted, content in files.items() if len(content) > FILES_MOST]
    if too_large:
        names = ", ".join(f".{wanted}" for wanted in too_large)
        head += f"\n⚠️ Too large for Discord: {names}. `usher export qa` on the bot's machine writes it."
    first, *further = list(_parcels({kind: content for kind, content in files.items() if kind not in too_large})) or [
        {}
    ]
    attach = partial(_attachments, program.event.id)
    await interaction.edit_original_response(content=head, attachments=attach(first), allowed_mentions=NO_PINGS)
    for parcel in further:
        await interaction.followup.send(files=attach(parcel), ephemeral=True)


def _parcels(files: Files) -> Iterator[Files]:
    """One after another, as many together as one message takes."""
    parcel: dict[Format, bytes] = {}
    for kind, content in files.items():
        if parcel and sum(map(len, parcel.values())) + len(content) > FILES_MOST:
            yield parcel
            parcel = {}
        parcel[kind] = content
    if parcel:
        yield parcel


def _attachments(name: str, files: Files) -> list[discord.File]:
    return [discord.File(BytesIO(content), f"{name}-questions.{kind}") for kind, content in files.items()]
