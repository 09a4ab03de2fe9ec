"""Channels and threads are deleted, with everything in them."""

from bot.sandbox import announce
from bot.sandbox.core import Core
from bot.sandbox.state import Channel


def remove(core: Core, channel: Channel) -> None:
    """Deletes a guild's channel or a thread. The caller has checked permissions.

    Of a channel's threads the bot is told nothing of their own: with the channel they are gone.
    """
    if channel.thread:
        announce.thread_deleted(core, channel)
    else:
        announce.channel_changed(core, channel, "delete")
    guild = core.world.guild_of(channel)
    inside = [one for one in guild.threads() if one.parent_id == channel.id] if guild else []
    for one in inside:
        announce.gone_for_people(core, one)
        core.world.remove_channel(one)
    core.world.remove_channel(channel)
