"""/mode set, /mode undo: for organizers."""

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

from bot.chat.commands.live import complete, session_meant
from bot.chat.commands.options import Name
from bot.chat.desk import Desk
from bot.chat.lookup import as_typed
from bot.chat.organizing.mode_changing import ModeChanging
from bot.domain.addresses import is_address
from bot.domain.changes.mode import LINK_LABEL, ModeRequest, Scope
from bot.domain.errors import UsherError
from bot.domain.event import JoinLink, Mode
from bot.domain.people import Group
from bot.domain.program import Program

Interaction = discord.Interaction[Any]
#: A link is shown in every message: a longer one would leave no room for the rest.
Address = Range[str, 8, 300]
Why = Range[str, 1, 200]

_SCOPES = [
    Choice(name="One session", value=Scope.SESSION.value),
    Choice(name="The rest of the day", value=Scope.DAY.value),
    Choice(name="The whole event", value=Scope.EVENT.value),
]
_MODES = [
    Choice(name="In person", value=Mode.IN_PERSON.value),
    Choice(name="In person and online (hybrid)", value=Mode.HYBRID.value),
    Choice(name="Online", value=Mode.ONLINE.value),
]
_CIRCLES = [
    Choice(name="Attendees: people in this server", value=Group.ATTENDEES.value),
    Choice(name="Everybody, also in channels", value=Group.PUBLIC.value),
    Choice(name="Speakers", value=Group.SPEAKERS.value),
    Choice(name="Authors", value=Group.AUTHORS.value),
    Choice(name="Reviewers", value=Group.REVIEWERS.value),
    Choice(name="Chairs", value=Group.CHAIRS.value),
    Choice(name="Organizers", value=Group.ORGANIZERS.value),
]
_WHY = "In a few words: everybody reads it"


def add(tree: app_commands.CommandTree[Any], desk: Desk, mode_changing: ModeChanging) -> None:
    group = app_commands.Group(
        name="mode",
        description="In person, hybrid or online: change it on the day, and tell everybody",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @group.command(name="set", description="How people attend a session, the rest of the day, or the event")
    @app_commands.describe(
        scope="What is attended in another way",
        mode="How",
        session="Which one: part of its title, or a speaker's name",
        link="The address to join by",
        link_for="Who may see the link. Without it: people in this server",
        why=_WHY,
    )
    @app_commands.choices(scope=_SCOPES, mode=_MODES, link_for=_CIRCLES)
    async def set_mode(
        interaction: Interaction,
        scope: str,
        mode: str,
        session: Name | None = None,
        link: Address | None = None,
        link_for: str = Group.ATTENDEES.value,
        why: Why | None = None,
    ) -> None:
        program = mode_changing.program(interaction)
        wanted = Scope(scope)
        meant = _session(interaction, program, wanted, session)
        today = desk.clock.now().astimezone(program.event.tz).date()
        request = ModeRequest(
            wanted,
            Mode(mode),
            meant,
            today if wanted is Scope.DAY else None,
            _link(link, Group(link_for)),
            as_typed(why, 200) if why else None,
        )
        await mode_changing.preview(interaction, request)

    def _session(interaction: Interaction, program: Program, scope: Scope, typed: str | None) -> str | None:
        if scope is not Scope.SESSION:
            if typed is not None:
                raise UsherError(
                    "A session was named, but the scope is wider. Nothing was changed. "
                    "Leave the session out, or choose scope: One session."
                )
            return None
        if typed is None:
            raise UsherError("Which session is meant? Nothing was changed. Name it in the option session.")
        return session_meant(program, desk, interaction, typed).id

    @group.command(description="Take back the last change of how people attend")
    @app_commands.describe(why=_WHY)
    async def undo(interaction: Interaction, why: Why | None = None) -> None:
        await mode_changing.undo(interaction, as_typed(why, 200) if why else None)

    complete(desk, (set_mode,), cancelled=False)
    tree.add_command(group)


def _link(typed: str | None, circle: Group) -> JoinLink | None:
    if typed is None:
        return None
    if not is_address(typed.strip()):
        raise UsherError(
            "The link is not a web address. Nothing was changed. Write one that starts with https://, such as "
            "https://example.org/room."
        )
    return JoinLink(LINK_LABEL, typed.strip(), circle)
