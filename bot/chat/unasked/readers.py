"""For whom a direct message is worded: how they attend, and what they may see at this moment."""

import discord

from bot.chat.actors import actor_of_member
from bot.chat.render.notices.message import Reader
from bot.chat.unasked.requests import Requests
from bot.delivery.outcome import Pointless
from bot.domain.people import Actor, Group
from bot.domain.program import Program
from bot.storage import people
from bot.storage.database import Tables
from bot.storage.delivery.outbox import Row


async def copy_reader(
    guild: discord.Guild, program: Program, row: Row, tables: Tables, requests: Requests
) -> Reader | Pointless:
    """Who reads the copy of an announcement, or why nobody does.

    Their circles are asked for only where a private link is to be shown or not: they may have left one, or the server,
    since they did something last.
    """
    user_id = int(row.place)
    settings = people.of_person(tables, row.guild_id, user_id)
    if settings is None or not settings.copies:
        return Pointless("the person wants no copies any more")
    if all(link.visibility is Group.PUBLIC for link in program.joining_of(*program.held)):
        return Reader(settings.attends, Actor(user_id))
    try:
        member = await guild.fetch_member(user_id)
    except discord.NotFound:
        return Pointless("the person is no longer in the server")
    await requests.turn()
    return Reader(settings.attends, actor_of_member(member, member.guild_permissions, program.server))
