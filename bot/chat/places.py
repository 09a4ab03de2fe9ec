"""The channels and roles an event expects, looked for by name."""

from collections.abc import Iterator

import discord

from bot.chat.unasked.whereabouts import absent
from bot.domain.event import Server

#: To speak, and to see whether something was said already (Discord: Permissions).
_NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "read_message_history": "Read Message History",
}


def missing_places(guild: discord.Guild, server: Server) -> list[str]:
    """A sentence for each channel or role of server.yaml that is not found in the guild, or cannot be spoken in."""
    channels = {channel.name for channel in guild.channels}
    roles = {role.name for role in guild.roles}
    problems = [
        absent(f"channel #{name}", purpose) for purpose, name in server.channels.items() if name not in channels
    ]
    problems += [absent(f"role {name}", purpose) for purpose, name in server.roles.items() if name not in roles]
    return [*problems, *_missing_permissions(guild, server)]


def _missing_permissions(guild: discord.Guild, server: Server) -> Iterator[str]:
    """What the bot may not do in the text channels where it speaks by itself."""
    purposes = {name: purpose for purpose, name in reversed(list(server.channels.items()))}
    for channel in guild.text_channels:
        if channel.name in purposes:
            held = channel.permissions_for(guild.me)
            lacking = [words for name, words in _NEEDED.items() if not getattr(held, name)]
            if lacking:
                yield f"the bot lacks {' and '.join(lacking)} in #{channel.name} ({purposes[channel.name]})"
