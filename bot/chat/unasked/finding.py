"""What an attempt whose outcome nobody knows may have left on Discord: a message, or a thread."""

import discord

from bot.chat.unasked.cases import find_case
from bot.chat.unasked.looking import left_in
from bot.chat.unasked.refusals import AFTER_A_FAULT
from bot.chat.unasked.requests import Requests
from bot.chat.unasked.telling import Telling
from bot.chat.unasked.threads import find_post
from bot.chat.unasked.whereabouts import direct_channel, home, may_look_back
from bot.delivery.outcome import Found, Later, Refused, Unseen
from bot.storage.conduct.saying import case_of
from bot.storage.database import Tables
from bot.storage.delivery.outbox import Op, Row

_UNSEEN = "it may have been posted already: give the bot Read Message History in the channel, then try again"


async def find_left(
    client: discord.Client,
    guild: discord.Guild,
    telling: Telling,
    db: Tables,
    row: Row,
    reference: str,
    requests: Requests,
) -> Found:
    """What a row left, by its ``reference``; each request after the first takes a turn."""
    program = telling.program(row)
    if row.op is Op.THREAD:
        if case_of(row.place) is None:
            return await find_post(guild, program, db, reference, requests)
        said = telling.said(guild, row)
        title = said.title if said is not None else ""
        return await find_case(guild, program, db, row, title, requests)
    channel = (
        await direct_channel(client, db, row, requests) if row.op is Op.DM else home(client, guild, program, db, row)
    )
    if channel is None or isinstance(channel, Later | Refused):
        return None
    # Without the permission, Discord shows an empty history: everything would be said again.
    if isinstance(channel, discord.TextChannel) and not may_look_back(channel):
        return Refused(_UNSEEN)
    return await left_in(channel, channel.id, guild.me.id, reference, requests)


def unseen(error: discord.HTTPException) -> Found:
    """What it means that the history could not be read."""
    if error.status == 404:
        return None
    return Refused(_UNSEEN) if error.status == 403 else Unseen(str(error), AFTER_A_FAULT)
