"""/qa export: an organizer takes the questions and answers along; /questions export: a person stays out of that."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
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
from bot.formats.qa import Format, parts
from bot.storage.database import Database, reading
from bot.storage.posters import exported as stored
from bot.storage.uncollected import uncollected

Interaction = discord.Interaction[Any]
#: Name -> content.
Files = Mapping[str, bytes]

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
    "Your answers, and what you asked with your name, are left out of what organizers export from now on. "
    "What you asked without your name stays in: nobody can tell that it is yours. In the server nothing changes. "
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
        by = self._desk.by(interaction)
        held, people = await asyncio.to_thread(_read, self._db.path, guild_id)
        assert interaction.guild is not None
        names = await _names(interaction.guild, people)
        found, files = await asyncio.to_thread(_made, program, held, names, by, formats)
        if found.questions:
            detail = f"{count(found.questions, 'question')} as {', '.join(formats)}"
            await record_export(self._db, guild_id, detail, by=by, server=program.server)
            self._wake()
        await _hand_over(interaction, found, files)

    async def choose(self, interaction: Interaction, *, out: bool) -> None:
        """Whether somebody's questions and answers are left out of exports."""
        await leave_out(self._db, home_of(interaction), interaction.user.id, out=out)
        await interaction.response.send_message(_OUT if out else _IN, ephemeral=True, allowed_mentions=NO_PINGS)


def _read(path: Path, guild_id: int) -> tuple[Stored, list[int]]:
    """All there is, and whose names to look up."""
    with uncollected(), reading(path) as db:
        held = stored.everything(db, guild_id)
    return held, named_people(held)[:NAMES_MOST]


def _made(
    program: Program, held: Stored, names: Mapping[int, str], by: By, formats: Sequence[Format]
) -> tuple[Export, Files]:
    with uncollected():
        found = exported(program, held, names, by.at)
        pieces = {wanted: parts(found, wanted, FILES_MOST) for wanted in formats}
    return found, {
        f"{program.event.id}-questions{f'-{number}' if len(contents) > 1 else ''}.{wanted}": content
        for wanted, contents in pieces.items()
        for number, content in enumerate(contents, 1)
    }


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


async def _hand_over(interaction: Interaction, found: Export, files: Files) -> None:
    """In as many messages as the files need."""
    if not found.questions:
        await interaction.edit_original_response(content="Nobody has asked anything yet that could be exported.")
        return
    head = (
        f"**{count(found.questions, 'question')} about {count(len(found.posters), 'poster')}, "
        f"{len(found.unanswered):,} without an answer**\n"
        "Who asked without a name is not named. Who chose to stay out is left out, and what was withdrawn or hidden."
    )
    first, *further = _parcels(files)
    if further:
        head += f"\nThey do not fit into one message: {count(len(further), 'more follows', 'more follow')}."
    await interaction.edit_original_response(content=head, attachments=_attached(first), allowed_mentions=NO_PINGS)
    for parcel in further:
        await interaction.followup.send(files=_attached(parcel), ephemeral=True)


def _parcels(files: Files) -> list[dict[str, bytes]]:
    """One after another, as many together as one message takes."""
    parcels: list[dict[str, bytes]] = [{}]
    for name, content in files.items():
        if parcels[-1] and sum(map(len, parcels[-1].values())) + len(content) > FILES_MOST:
            parcels.append({})
        parcels[-1][name] = content
    return parcels


def _attached(files: Files) -> list[discord.File]:
    return [discord.File(BytesIO(content), name) for name, content in files.items()]
