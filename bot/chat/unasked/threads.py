"""Threads that the bot keeps for something: opened, found again, and reopened when something in one is to change."""

import discord

from bot.chat.render.layout import NO_PINGS, notice_rows
from bot.chat.render.notices import Notification
from bot.chat.unasked.requests import Requests
from bot.chat.unasked.tags import Tagging
from bot.chat.unasked.whereabouts import absent, refers_to
from bot.delivery.outcome import Outcome, Refused, Sent
from bot.domain.program import Program
from bot.storage import threads
from bot.storage.database import Tables

#: How many archived posts are looked through for one that an earlier attempt may have left.
_LOOKED_AT = 100


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


async def open_post(guild: discord.Guild, program: Program, said: Notification, ref: str, tagging: Tagging) -> Outcome:
    """A post in the forum of posters, which begins with ``said``."""
    forum = forum_for(guild, program)
    if forum is None:
        return Refused(no_forum(program))
    wanted = {tag.casefold() for tag in said.tags}
    tags = [tag for tag in await tagging.tags_of(forum, program) if tag.name.casefold() in wanted]
    made = await forum.create_thread(
        name=said.title,
        content=said.content,
        view=notice_rows(said.buttons, ref),
        applied_tags=tags,
        allowed_mentions=NO_PINGS,
    )
    return Sent(made.thread.id, made.message.id)


async def find_post(
    guild: discord.Guild, program: Program, db: Tables, ref: str, requests: Requests
) -> Sent | Refused | None:
    """The post that an earlier attempt left: the bot's own, not known yet, whose first message refers to the row.

    By whatever name: the poster's title may have changed since, and moderators rename threads.
    """
    forum = forum_for(guild, program)
    if forum is None:
        return Refused(no_forum(program))
    active = [thread for thread in await guild.active_threads() if thread.parent_id == forum.id]
    await requests.turn()
    archived = [thread async for thread in forum.archived_threads(limit=_LOOKED_AT)]
    await requests.turn()
    for thread in (*active, *archived):
        if thread.owner_id != guild.me.id or threads.of_id(db, guild.id, thread.id) is not None:
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
