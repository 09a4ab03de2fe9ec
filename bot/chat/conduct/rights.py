"""Who may see a case: the committee, in the server and in direct messages; and nobody whom it concerns."""

from typing import Any

import discord

from bot.actions.conduct.handle import Doing
from bot.chat.actors import actor_of, actor_of_member
from bot.chat.conduct.ways import member_of
from bot.chat.desk import Desk
from bot.chat.organizing.rights import Right, permitted
from bot.domain.audit import ActKind, By
from bot.domain.errors import NotAllowedError, NotFoundError, UsherError
from bot.domain.people import Action
from bot.domain.program import Program
from bot.storage.conduct import committee, readers
from bot.storage.database import Tables

Interaction = discord.Interaction[Any]

HANDLE = Right(
    Action.HANDLE_CASES,
    ActKind.SEE_CASES,
    "/cases",
    "Only the conduct committee sees cases. To report something yourself, use /report.",
    "Each server has its own cases: use /cases list there.",
)
CHOOSE = Right(
    Action.CHOOSE_COMMITTEE,
    ActKind.JOIN_COMMITTEE,
    "/cases committee",
    "Only organizers say who is on the conduct committee. To report something, use /report.",
    "Each server has its own committee: use /cases committee there.",
)


async def doing(interaction: Interaction, desk: Desk, tables: Tables, guild_id: int | None) -> tuple[Doing, Program]:
    """Who does something, if they are on the committee, or still read a case. ``guild_id`` is what a button names.

    Raises NotAllowedError, and UsherError in a direct message without a button.
    """
    user, now = interaction.user, desk.clock.now()
    if interaction.guild_id is None and guild_id is not None:
        program = desk.programmes.for_guild(guild_id).program
        member = await _is_member_from_afar(interaction, tables, guild_id, program)
    else:
        here = interaction.guild_id or 0
        known = committee.of_person(tables, here, user.id)
        named = known is not None and known.given_by is not None
        may = named or readers.still_reads(tables, here, user.id)
        here, program = permitted(interaction, desk, HANDLE, on_committee=may)
        member = named or actor_of(interaction, program.server).on_committee
        if guild_id not in (None, here):
            raise NotFoundError("This button belongs to another server. /cases list shows the cases there are.")
        guild_id = here
    return Doing(guild_id, program.server, user.display_name, By(user.id, interaction.id, now), member), program


async def _is_member_from_afar(interaction: Interaction, tables: Tables, guild_id: int, program: Program) -> bool:
    """In a direct message nobody's roles are known: they are asked for. Whether it is one of the committee.

    Raises NotAllowedError for who reads no case.
    """
    known = committee.of_person(tables, guild_id, interaction.user.id)
    still = readers.still_reads(tables, guild_id, interaction.user.id)
    guild: discord.Guild | None = interaction.client.get_guild(guild_id)
    if (known is None and not still) or guild is None:
        raise NotAllowedError(HANDLE.refusal)
    member, answered = await member_of(guild, interaction.user.id)
    if not answered:
        raise UsherError("Discord does not say now who you are in the server. Nothing was changed. Try again soon.")
    if member is None:
        raise NotAllowedError(HANDLE.refusal)
    holds = actor_of_member(member, member.guild_permissions, program.server).on_committee
    on_it = known is not None and (known.given_by is not None or holds)
    if not on_it and not still:
        raise NotAllowedError(HANDLE.refusal)
    return on_it
