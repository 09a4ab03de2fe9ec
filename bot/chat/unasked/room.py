"""Room for one more thread, where a server has as many active ones as Discord allows."""

import discord

from bot.chat.unasked.refusals import AFTER_A_FAULT, ARCHIVED
from bot.chat.unasked.requests import Requests
from bot.delivery.outcome import Later
from bot.storage import threads
from bot.storage.database import Tables
from bot.storage.posters.said import POSTER_THREADS

#: How many of the bot's own threads make room at once, how many may refuse, and seconds until the room is used. What is
#: refused counts towards a ban (Discord: Invalid Request Limit).
_MADE, _REFUSED, _SOON = 5, 10, 1.0
_FULL = "the server has as many threads as Discord allows"


async def make_room(client: discord.Client, guild: discord.Guild, db: Tables, requests: Requests) -> Later:
    """Archive those posters' threads in which nobody wrote for longest: a question there reopens them.

    Only active ones make room; what Discord archived meanwhile is none any more. Locked ones come last: only who may
    manage threads archives them.
    """
    made = forbidden = 0
    await requests.turn()
    for thread in sorted(await guild.active_threads(), key=_last_used):
        kept = threads.of_id(db, guild.id, thread.id)
        if made == _MADE or forbidden == _REFUSED:
            break
        if kept is None or not kept.subject.startswith(POSTER_THREADS):
            continue
        await requests.turn()
        try:
            await client.http.edit_channel(thread.id, archived=True)
        except discord.HTTPException as error:
            if error.status not in (403, 404) and error.code != ARCHIVED:
                raise
            forbidden += error.status == 403
        else:
            made += 1
    if made:
        return Later(f"{_FULL}; quiet ones make room", _SOON, certain=True)
    needed = "give the bot Manage Threads" if forbidden else "archive some"
    return Later(f"{_FULL}, and none of the bot's makes room: {needed}", AFTER_A_FAULT, certain=True)


def _last_used(thread: discord.Thread) -> tuple[bool, int]:
    """By the id of the last message: ids grow with time, and everybody's messages count."""
    return thread.locked, thread.last_message_id or thread.id
