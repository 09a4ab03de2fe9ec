"""Who may use what is for organizers, and what is said to everybody else. Declared once for each command."""

from typing import Any

import discord
from msgspec import Struct
from msgspec.structs import replace

from bot.chat.actors import actor_of
from bot.chat.desk import Desk
from bot.domain.audit import ActKind
from bot.domain.errors import NotAllowedError, UsherError
from bot.domain.people import Action, may
from bot.domain.program import Program

_TRIED = "tried"


class Right(Struct, frozen=True):
    """``command`` is what people type, and ``act`` what the audit trail calls it.

    ``refusal`` is said to who may not, ``elsewhere`` in a direct message.
    """

    action: Action
    act: ActKind
    command: str
    refusal: str
    elsewhere: str


def permitted(
    interaction: discord.Interaction[Any], desk: Desk, right: Right, *, on_committee: bool = False
) -> tuple[int, Program]:
    """The server and its programme, if the person has the right there. ``on_committee``: an organizer put them on it.

    Raises NotAllowedError, or UsherError outside servers. From here on a refusal or a fault of this interaction goes
    into the audit trail, see ``Auditing.note``.
    """
    if interaction.guild_id is None:
        raise UsherError(right.elsewhere)
    interaction.extras[_TRIED] = right
    program = desk.programmes.for_guild(interaction.guild_id).program
    actor = actor_of(interaction, program.server)
    if not may(replace(actor, on_committee=actor.on_committee or on_committee), right.action):
        raise NotAllowedError(right.refusal)
    return interaction.guild_id, program


def tried(interaction: discord.Interaction[Any]) -> Right | None:
    """The right that was asked for in an interaction, granted or not; None where it needed none."""
    found = interaction.extras.get(_TRIED)
    return found if isinstance(found, Right) else None
