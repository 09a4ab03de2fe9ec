"""A Discord interaction -> who is asking."""

import discord

from bot.domain.event import Server
from bot.domain.people import Actor, Group

#: Gone through with every interaction: going through the class itself takes several times as long.
_CIRCLES = tuple(Group)


def may_write(interaction: discord.Interaction) -> bool:
    """Whether the person may send messages where they are; False outside servers, where nobody else reads along."""
    if interaction.guild_id is None:
        return False
    rights = interaction.permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    return rights.send_messages_in_threads if in_thread else rights.send_messages


def actor_of(interaction: discord.Interaction, server: Server) -> Actor:
    """The person behind an interaction, with the circles their roles put them in.

    Roles come with every interaction, so no member list is needed.
    """
    member = interaction.user
    if not isinstance(member, discord.Member):
        return Actor(member.id)
    return actor_of_member(member, interaction.permissions, server)


def actor_of_member(member: discord.Member, rights: discord.Permissions, server: Server) -> Actor:
    """A member with the circles their roles put them in.

    An organizer holds the role named in the event's data or Discord's Manage Server. Where the event names no role
    for attendees, everyone in the server is one. On the conduct committee is who holds its role; where the event names
    none, the organizers are.
    """
    held = {role.name for role in member.roles}
    groups = {Group.PUBLIC, *(group for group in _CIRCLES if server.roles.get(group) in held)}
    if Group.ATTENDEES.value not in server.roles:
        groups.add(Group.ATTENDEES)
    if rights.manage_guild or rights.administrator:
        groups.add(Group.ORGANIZERS)
    committee = server.roles.get("conduct")
    return Actor(
        member.id, frozenset(groups), committee in held if committee is not None else Group.ORGANIZERS in groups
    )


def gives_rights(role: discord.Role) -> bool:
    """Whether a role lets its holders do what only organizers should let anybody do (Discord: moderators' rights)."""
    return role.permissions & discord.Permissions.elevated() != discord.Permissions.none()
