"""Threads that the bot keeps for something: opened, found again, and reopened when something in one is to change."""

import discord

from bot.chat.render.layout import NO_PINGS, notice_rows
from bot.chat.render.notices import Notification
from bot.chat.unasked.requests import Requests
from bot.chat.unasked.whereabouts import absent, refers_to
from bot.delivery.outcome import Later, Outcome, Refused, Sent
from bot.domain.program import Program
from bot.storage import threads
from bot.storage.database import Tables
from bot.storage.delivery.outbox import Row

#: Discord's codes: as many threads are active as a server may have; the thread is archived.
TOO_MANY, ARCHIVED = 160006, 50083
#: How many of the bot's own threads make room for a new one, and seconds until it is opened then.
_MADE_ROOM, _SOON = 5, 1.0
#: How many archived posts are looked through for one that an earlier attempt may have left.
_LOOKED_AT = 100
#: Characters of a thread's name (Discord).
NAME_MOST = 100
_POSTER = "poster"


def forum_for(guild: discord.Guild, program: Program) -> discord.ForumChannel | None:
    """The forum in which posters have their posts."""
    name = program.server.channels.get("posters")
    return next((forum for forum in guild.forums if forum.name == name), None)


def no_forum(program: Program) -> str:
    """Why posters have no threads, and what to do."""
    name = program.server.channels.get("posters")
    if name is None:
        return "server.yaml names no channel for posters: add one"
    return absent(f"forum #{name}", "posters")


async def open_post(
    client: discord.Client, guild: discord.Guild, program: Program, db: Tables, row: Row, said: Notification, ref: str
) -> Outcome:
    """A post in the forum of posters, which begins with ``said``. Where a server has as many threads as Discord allows,
    those of other posters that have been quiet for longest are archived: a question there reopens them.
    """
    forum = forum_for(guild, program)
    if forum is None:
        return Refused(no_forum(program))
    try:
        made = await forum.create_thread(
            name=said.title,
            content=said.content,
            view=notice_rows(said.buttons, ref),
            applied_tags=[tag for tag in forum.available_tags if tag.name in said.tags],
            allowed_mentions=NO_PINGS,
        )
    except discord.HTTPException as error:
        if error.code != TOO_MANY:
            raise
        await _make_room(client, db, row.guild_id)
        return Later("the server has as many threads as Discord allows; quiet ones make room", _SOON, certain=True)
    return Sent(made.thread.id, made.message.id)


async def _make_room(client: discord.Client, db: Tables, guild_id: int) -> None:
    for thread in threads.longest_quiet(db, guild_id, most=_MADE_ROOM, kind=_POSTER):
        try:
            await client.http.edit_channel(thread.thread_id, archived=True)
        except discord.NotFound:
            continue


async def find_post(
    guild: discord.Guild, program: Program, name: str, ref: str, requests: Requests
) -> Sent | Refused | None:
    """The post that an earlier attempt left: the bot's own of that name whose first message refers to the row."""
    forum = forum_for(guild, program)
    if forum is None:
        return Refused(no_forum(program))
    active = [thread for thread in await guild.active_threads() if thread.parent_id == forum.id]
    await requests.turn()
    archived = [thread async for thread in forum.archived_threads(limit=_LOOKED_AT)]
    await requests.turn()
    for thread in (*active, *archived):
        if thread.owner_id != guild.me.id or thread.name != name:
            continue
        await requests.turn()
        try:
            # A post has the id of the message that it begins with (Discord, Start Thread in Forum).
            first = await thread.fetch_message(thread.id)
        except discord.NotFound:
            continue
        if refers_to(first, ref):
            return Sent(thread.id, first.id)
    return None


async def reopened(client: discord.Client, thread_id: int) -> None:
    """Take a thread out of the archive, so that a message in it can be edited."""
    await client.http.edit_channel(thread_id, archived=False)
