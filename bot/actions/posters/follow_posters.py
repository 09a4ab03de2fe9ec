"""The posts of posters follow the programme. Everything here is called inside the transaction of the change itself."""

from collections.abc import Sequence
from datetime import datetime

from bot.actions.posters.say import edit_post, poster_of, rename_post
from bot.domain.program import Program
from bot.storage import threads
from bot.storage.database import Tables
from bot.storage.threads import Thread

#: More than Discord lets be active at once.
_THREADS_MOST = 5_000


def follow_posters(tables: Tables, guild_id: int, before: Program, after: Program, now: datetime) -> int:
    """Queue that the posts whose posters are shown otherwise ``after`` are edited; how many. ``now`` is in UTC.

    Where the title is another, the post is renamed, in a row of its own: Discord lets a thread be renamed twice in ten
    minutes, and nothing else is to wait for that.
    """
    kept = threads.of_kind(tables, guild_id, most=_THREADS_MOST, kind="poster")
    changed = [one for one in kept if shown(before, poster_of(one.subject)) != shown(after, poster_of(one.subject))]
    for thread in changed:
        edit_post(tables, thread, now)
        if _title(before, thread) != (title := _title(after, thread)) and title is not None:
            rename_post(tables, thread, now)
    return len(changed)


def _title(program: Program, thread: Thread) -> str | None:
    poster = program.poster_by_id.get(poster_of(thread.subject))
    return poster.title if poster else None


def shown(program: Program, poster_id: str) -> Sequence[object]:
    """All that the post of a poster depends on."""
    poster = program.poster_by_id.get(poster_id)
    if poster is None:
        return ()
    return (poster, *((session.start, session.end) for session in program.sessions_of(poster)), program.event.zone)
