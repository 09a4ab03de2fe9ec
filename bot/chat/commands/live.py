"""/live delay, move, room, cancel, restore: for organizers."""

from collections.abc import Iterable
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

from bot.actions.programme.current import Published
from bot.chat.commands.options import Name
from bot.chat.desk import CHOICES_MOST, Desk
from bot.chat.lookup import short
from bot.chat.namesakes import choice
from bot.chat.organizing.changing import Changing
from bot.chat.organizing.live_request import WHY_MOST, Request, Verb, times_of
from bot.domain.changes.live import DELAY_MOST
from bot.domain.errors import NotFoundError
from bot.domain.folding import fold
from bot.domain.program import Program
from bot.domain.search import Category, Entry
from bot.domain.sessions import Session

Interaction = discord.Interaction[Any]
Command = app_commands.Command[Any, ..., Any]
Minutes = Range[int, -DELAY_MOST, DELAY_MOST]
Clock = Range[str, 1, 20]
Why = Range[str, 1, WHY_MOST]

_SESSION = "Part of its title, or a speaker's name"
_WHY = "In a few words: everybody reads it"


def add(tree: app_commands.CommandTree[Any], desk: Desk, changing: Changing) -> None:
    group = app_commands.Group(
        name="live",
        description="Change the programme on the day, and tell everybody",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    def found(interaction: Interaction, typed: str) -> tuple[Program, Session]:
        """The programme, and the session that is meant. Raises NotAllowedError before anything else."""
        return (program := changing.program(interaction)), session_meant(program, desk, interaction, typed)

    @group.command(description="A session starts later, or earlier with a minus")
    @app_commands.describe(session=_SESSION, minutes="How many minutes later, such as 10", why=_WHY)
    async def delay(interaction: Interaction, session: Name, minutes: Minutes, why: Why | None = None) -> None:
        _, meant = found(interaction, session)
        await changing.preview(interaction, Request(Verb.DELAY, meant.id, str(minutes), why))

    @group.command(description="A session is at another time of its day")
    @app_commands.describe(
        session=_SESSION, start="Venue time, such as 11:40", end="Venue time, such as 12:20", why=_WHY
    )
    async def move(
        interaction: Interaction, session: Name, start: Clock, end: Clock | None = None, why: Why | None = None
    ) -> None:
        program, meant = found(interaction, session)
        await changing.preview(interaction, Request.to_move(meant, *times_of(program, meant, start, end), why))

    @group.command(description="A session is in another room")
    @app_commands.describe(session=_SESSION, room="One of the event's rooms", why=_WHY)
    async def room(interaction: Interaction, session: Name, room: Name, why: Why | None = None) -> None:
        program, meant = found(interaction, session)
        wanted = next((one.id for one in program.event.rooms if room in (one.id, one.name)), room)
        await changing.preview(interaction, Request(Verb.ROOM, meant.id, short(wanted), why))

    @group.command(description="A session does not take place")
    @app_commands.describe(session=_SESSION, why=_WHY)
    async def cancel(interaction: Interaction, session: Name, why: Why | None = None) -> None:
        _, meant = found(interaction, session)
        await changing.preview(interaction, Request(Verb.CANCEL, meant.id, why=why))

    @group.command(description="A cancelled session takes place after all")
    @app_commands.describe(session=_SESSION, why=_WHY)
    async def restore(interaction: Interaction, session: Name, why: Why | None = None) -> None:
        _, meant = found(interaction, session)
        await changing.preview(interaction, Request(Verb.RESTORE, meant.id, why=why))

    complete(desk, (delay, move, room, cancel), cancelled=False)
    complete(desk, (restore,), cancelled=True)

    @room.autocomplete("room")
    async def rooms(interaction: Interaction, typed: str) -> list[Choice[str]]:
        known = desk.published(interaction).program.event.rooms
        return [choice(one.name, one.id) for one in known if fold(typed) in fold(one.name)][:CHOICES_MOST]

    tree.add_command(group)


def complete(desk: Desk, commands: Iterable[Command], *, cancelled: bool) -> None:
    """Offer the sessions that can still be changed: those that are ``cancelled``, or those that are not."""

    async def sessions(interaction: Interaction, typed: str) -> list[Choice[str]]:
        now = desk.clock.now()

        def fits(session: Session) -> bool:
            return session.end > now and session.cancelled == cancelled

        def fitting(published: Published) -> list[Entry]:
            known = published.program.session_by_id
            found = published.index.suggest(Category.SESSIONS, typed, limit=len(known))
            return [entry for entry in found if fits(known[entry.id])]

        return desk.choices(interaction, fitting)

    for command in commands:
        command.autocomplete("session")(sessions)


def session_meant(program: Program, desk: Desk, interaction: Interaction, typed: str) -> Session:
    """The session that was chosen or typed. Raises NotFoundError where it is not beyond doubt."""
    if typed in program.session_by_id:
        return program.session_by_id[typed]
    only = desk.published(interaction).index.find(Category.SESSIONS, typed).only
    if only is None:
        raise NotFoundError(
            "It is not clear which session is meant. Nothing was changed. "
            "Choose one from the list that the command offers."
        )
    return program.session_by_id[only.id]
