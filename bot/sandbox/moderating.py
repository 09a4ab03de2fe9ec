"""What moderators do to a server's channels and threads, and how full these get: at a test's or the page's word."""

from itertools import count

from bot.sandbox import announce, archiving, posting, removing
from bot.sandbox.core import Core
from bot.sandbox.state import Channel, ThreadData
from bot.sandbox.thread_room import MAX_ACTIVE, MAX_MEMBERS, active_threads


class Moderator:
    """Acts without permissions of its own, as if the server's owner did it; the bot hears of it as on Discord.

    ``thread`` and ``channel`` are a name or an id. Raises LookupError when there is none, or it is no thread.
    """

    def __init__(self, core: Core) -> None:
        self._core = core

    def archive(self, thread: str | int, archived: bool = True) -> None:
        """Closes a thread, or opens it again."""
        channel, _ = self._thread(thread)
        archiving.set_archived(self._core, channel, archived)
        announce.thread_updated(self._core, channel)

    def lock(self, thread: str | int, locked: bool = True) -> None:
        """Only who may manage threads writes in it from then on."""
        channel, data = self._thread(thread)
        data.locked = locked
        announce.thread_updated(self._core, channel)

    def delete(self, channel: str | int) -> None:
        """A thread, or a channel with all its threads."""
        removing.remove(self._core, self._core.world.channel_named(channel))

    def delete_message(self, channel: str | int, message_id: int | str) -> None:
        found = self._core.world.channel_named(channel)
        posting.delete(self._core, found, [self._core.world.get_message(found, int(message_id))])

    def fill(self, thread: str | int, full: bool = True) -> None:
        """Gives a thread as many participants as it may have (or takes them away again): strangers, who do nothing."""
        _, data = self._thread(thread)
        known = self._core.world.users
        strangers = (number for number in count(1) if number not in known)
        data.members = {user_id: since for user_id, since in data.members.items() if user_id in known}
        if full:
            missing = MAX_MEMBERS - len(data.members)
            data.members |= {user_id: data.created_at for user_id, _ in zip(strangers, range(missing), strict=False)}

    def fill_guild(self, full: bool = True) -> None:
        """Makes the first guild have as many active threads as it may (or no longer): elsewhere, where nobody looks.

        When a thread is archived there is room for one again.
        """
        guild = self._core.world.guild
        guild.threads_elsewhere = 0
        if full:
            archiving.archive_stale(self._core, guild)
            guild.threads_elsewhere = MAX_ACTIVE - active_threads(guild)

    def _thread(self, thread: str | int) -> tuple[Channel, ThreadData]:
        channel = self._core.world.channel_named(thread)
        if channel.thread is None:
            raise LookupError(f"#{channel.name} is no thread.")
        return channel, channel.thread
