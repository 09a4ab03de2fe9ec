"""The roles that people give themselves, to be mentioned: who holds them, and whether the bot may give them."""

from typing import Any

import discord

from bot.chat.actors import gives_rights
from bot.chat.render.settings import SelfRole
from bot.chat.render.text import line
from bot.domain.errors import UsherError
from bot.domain.event import Server

Interaction = discord.Interaction[Any]


def role_ids(member: discord.Member) -> tuple[int, ...]:
    """In rising order, without the role of everybody."""
    return tuple(sorted(role.id for role in member.roles if not role.is_default()))


def self_roles(interaction: Interaction, server: Server) -> list[SelfRole]:
    """The self-assigned roles of the event that exist; none in a direct message, where nobody's roles are known."""
    guild, member = interaction.guild, interaction.user
    if guild is None or not isinstance(member, discord.Member):
        return []
    held = {role.id for role in member.roles}
    found = [(purpose, role_named(guild, server.roles[purpose])) for purpose in server.self_assigned]
    return [SelfRole(purpose, role.name, role.id in held, obstacle(guild, role)) for purpose, role in found if role]


async def give_or_take(interaction: Interaction, server: Server, purpose: str, *, give: bool) -> tuple[int, ...]:
    """Give a person one of the self-assigned roles, or take it. The ids of the roles they hold then, in rising order.

    Raises UsherError where that cannot be, with what organizers can do.
    """
    guild, member = interaction.guild, interaction.user
    if guild is None or not isinstance(member, discord.Member):
        raise UsherError("Roles are chosen in the server: use /settings there. Nothing was changed.")
    role = role_named(guild, server.roles[purpose]) if purpose in server.self_assigned else None
    if role is None:
        raise UsherError("That role is no longer here. Nothing was changed. /settings shows the roles there are.")
    if why := obstacle(guild, role):
        raise UsherError(_refused(role, why))
    try:
        if give:
            await member.add_roles(role, reason="/settings")
        else:
            await member.remove_roles(role, reason="/settings")
    except discord.Forbidden as error:
        raise UsherError(_refused(role, _NOT_ABOVE.format(line(role.name, 80)))) from error
    others = {one for one in role_ids(member) if one != role.id}
    return tuple(sorted({*others, role.id} if give else others))


def role_named(guild: discord.Guild, name: str) -> discord.Role | None:
    """The role that the bot uses of those with a name."""
    return next((role for role in guild.roles if role.name == name), None)


_NOT_ALLOWED = "give the bot the permission Manage Roles"
_NOT_ABOVE = "move the bot's own role above {} (Server Settings, Roles)"
_TOO_MUCH = "the role {} has rights that only organizers should give. Take them away, or name another role"


def obstacle(guild: discord.Guild, role: discord.Role) -> str:
    """What organizers have to do before the bot can give the role; "" where it can."""
    name = line(role.name, 80)
    # Whoever asked would get the rights as well.
    if gives_rights(role):
        return _TOO_MUCH.format(name)
    if not guild.me.guild_permissions.manage_roles:
        return _NOT_ALLOWED
    return "" if role.is_assignable() else _NOT_ABOVE.format(name)


def _refused(role: discord.Role, obstacle: str) -> str:
    return (
        f"I cannot give or take the role {line(role.name, 80)}. Nothing was changed. "
        f"Please tell an organizer: {obstacle}."
    )
