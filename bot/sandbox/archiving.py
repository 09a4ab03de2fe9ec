"""Threads go to the archive when nobody writes any more, and come back out of it."""

from datetime import timedelta

from bot.sandbox import announce
from bot.sandbox.core import Core
from bot.sandbox.snowflake import snowflake_time
from bot.sandbox.state import Channel, Guild


def archive_stale(core: Core, guild: Guild) -> None:
    """Archives the threads that nobody has written in for as long as they say. Done when somebody looks, since the
    clock may jump."""
    for channel in list(guild.threads()):
        archive_if_stale(core, channel)


def archive_if_stale(core: Core, channel: Channel) -> None:
    thread = channel.thread
    if thread is None or thread.archived:
        return
    latest = max(thread.archive_changed_at, snowflake_time(channel.last_message_id or channel.id))
    if core.now() >= latest + timedelta(minutes=thread.auto_archive_duration):
        set_archived(core, channel, True)
        announce.thread_updated(core, channel)


def set_archived(core: Core, channel: Channel, archived: bool) -> None:
    """Tells nobody: the caller does."""
    assert channel.thread
    if channel.thread.archived != archived:
        channel.thread.archived = archived
        channel.thread.archive_changed_at = core.now()
