"""Whom or what a name stands for: people, roles and channels, in a command's options as in selects."""

from collections.abc import Iterable

from bot.sandbox.state import Channel, Guild
from bot.sandbox.world import World

#: https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-type
USER, CHANNEL, ROLE, MENTIONABLE = 6, 7, 8, 9
#: Type of a select -> the type of option that takes the same.
SELECT_KINDS = {5: USER, 6: ROLE, 7: MENTIONABLE, 8: CHANNEL}


def named(
    kind: int, world: World, guild: Guild | None, channels: Iterable[Channel] | None = None
) -> list[tuple[str, str]]:
    """Everything that can be meant, as (name, id). ``channels``: those in question, by default all of the guild."""
    things: list[tuple[str, str]] = []
    if kind in (USER, MENTIONABLE):
        for user in world.users.values():
            things += [(name, str(user.id)) for name in dict.fromkeys((user.display_name, user.name))]
    if kind in (ROLE, MENTIONABLE) and guild:
        things += [(role.name, str(role.id)) for role in guild.roles.values()]
    if kind == CHANNEL and guild:
        channels = guild.channels.values() if channels is None else channels
        things += [(channel.name, str(channel.id)) for channel in channels]
    return things


def id_named(text: str, things: Iterable[tuple[str, str]]) -> str | None:
    """The id of the first thing of this name, which may also be given by its id or as a mention."""
    wanted = text.strip("<@!&#>")
    return next((thing_id for name, thing_id in things if text == name or wanted in (name, thing_id)), None)
