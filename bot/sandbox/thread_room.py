"""How many there may be: active threads in a guild, participants in a thread."""

from bot.sandbox import errors
from bot.sandbox.archiving import archive_stale
from bot.sandbox.core import Core
from bot.sandbox.state import Guild, ThreadData

MAX_ACTIVE = 1000
MAX_MEMBERS = 1000


def active_threads(guild: Guild) -> int:
    """With those elsewhere, which are only counted."""
    return guild.threads_elsewhere + sum(not one.thread.archived for one in guild.threads() if one.thread)


def require_active_room(core: Core, guild: Guild) -> None:
    """Refuses (160006) one more active thread, new or out of the archive."""
    archive_stale(core, guild)
    if active_threads(guild) >= MAX_ACTIVE:
        raise errors.max_active_threads()


def is_full(thread: ThreadData) -> bool:
    return len(thread.members) >= MAX_MEMBERS


def require_seat(thread: ThreadData, user_id: int) -> None:
    """Refuses (30033) one more participant. Whoever writes becomes one."""
    if user_id not in thread.members and is_full(thread):
        raise errors.max_thread_participants()
