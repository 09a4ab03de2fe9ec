"""Discord's server as the library knows it -> the plain values that are checked."""

import discord

from bot.chat.actors import gives_rights
from bot.chat.setup.server import EVERYONE, Channel, DiscordServer, Kind, Permission, Role
from bot.domain.event import Server

_FLAGS = {
    Permission.VIEW: "view_channel",
    Permission.SEND: "send_messages",
    Permission.EMBED: "embed_links",
    Permission.ATTACH: "attach_files",
    Permission.HISTORY: "read_message_history",
    Permission.SEND_IN_THREADS: "send_messages_in_threads",
    Permission.PRIVATE_THREADS: "create_private_threads",
    Permission.MANAGE_THREADS: "manage_threads",
    Permission.MENTION_ALL: "mention_everyone",
    Permission.MANAGE_ROLES: "manage_roles",
    Permission.MANAGE_CHANNELS: "manage_channels",
}
_KINDS = {
    discord.ChannelType.text: Kind.TEXT,
    discord.ChannelType.news: Kind.ANNOUNCEMENT,
    discord.ChannelType.forum: Kind.FORUM,
}


def read(guild: discord.Guild, server: Server, *, message_content: bool = False) -> DiscordServer | None:
    """The channels and roles that ``server`` names; None while Discord has an outage there and nothing is known.

    ``message_content``: whether that intent is switched on for the bot.
    """
    if guild.unavailable or guild.me is None:
        return None
    named = [role for role in guild.roles if role.name in server.roles.values()]
    wanted = set(server.channels.values())
    # In the order in which the library lists channels of one kind, of which the bot speaks in the first.
    channels = sorted(guild.channels, key=lambda channel: (channel.position, channel.id))
    return DiscordServer(
        channels=tuple(_channel(channel, guild, named) for channel in channels if channel.name in wanted),
        roles=tuple(Role(role.name, role.mentionable, role < guild.me.top_role, gives_rights(role)) for role in named),
        allowed=_allowed(guild.me.guild_permissions),
        features=frozenset(guild.features),
        message_content=message_content,
    )


def _channel(channel: discord.abc.GuildChannel, guild: discord.Guild, named: list[discord.Role]) -> Channel:
    readers = {role.name for role in named if channel.permissions_for(role).view_channel}
    if channel.permissions_for(guild.default_role).view_channel:
        readers.add(EVERYONE)
    kind = _KINDS.get(channel.type, Kind.OTHER)
    return Channel(channel.name, kind, _allowed(channel.permissions_for(guild.me)), frozenset(readers))


def _allowed(held: discord.Permissions) -> frozenset[Permission]:
    return frozenset(permission for permission, flag in _FLAGS.items() if getattr(held, flag))
