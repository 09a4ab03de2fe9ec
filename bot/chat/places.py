"""The channels and roles an event expects, looked for by name."""

import discord

from bot.domain.event import Server


def missing_places(guild: discord.Guild, server: Server) -> list[str]:
    """One sentence for each channel or role that is named in server.yaml and not found in the guild."""
    channels = {channel.name for channel in guild.channels}
    roles = {role.name for role in guild.roles}
    problems = [
        f"there is no channel #{name} ({purpose}): create it, or correct server.yaml"
        for purpose, name in server.channels.items()
        if name not in channels
    ]
    problems += [
        f"there is no role {name} ({purpose}): create it, or correct server.yaml"
        for purpose, name in server.roles.items()
        if name not in roles
    ]
    return problems
