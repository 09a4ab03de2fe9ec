"""Whether somebody is among those whom a direct message is meant for, looked at when it is sent."""

import discord

from bot.chat.actors import actor_of_member
from bot.chat.unasked.announced import gone, of_row
from bot.chat.unasked.requests import Requests
from bot.chat.unasked.whereabouts import FORGOTTEN
from bot.delivery.outcome import Pointless
from bot.domain.announce.announcement import Announcement, Whom
from bot.domain.event import Server
from bot.domain.people import Group, meant_for
from bot.storage.database import Tables
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import Row

NOT_FOR_THEM = Pointless("the person is not among those it is meant for")


async def unreachable(
    guild: discord.Guild, db: Tables, server: Server, row: Row, requests: Requests
) -> Pointless | None:
    """Why the correction of an announcement is not for its reader: they no longer want it, or may not read it."""
    original = outbox.original_of(db, row)
    if original is None:
        return FORGOTTEN
    announcement = of_row(db, original)
    if announcement is None:
        return None
    if (why := gone(db, original)) is not None:
        return why
    if not is_for_some(original, announcement):
        return None
    if not await belongs(guild, server, original, announcement):
        return NOT_FOR_THEM
    await requests.turn()
    return None


def is_for_some(row: Row, announcement: Announcement | None) -> bool:
    """Whether a row is meant for a circle, or for those with a role."""
    return row.audience is not Group.PUBLIC or _role_of(announcement) is not None


async def belongs(guild: discord.Guild, server: Server, row: Row, announcement: Announcement | None) -> bool:
    """Whether the person is in it now: they may have left it, or the server, since they asked."""
    try:
        member = await guild.fetch_member(int(row.place))
    except discord.NotFound:
        return False
    role = _role_of(announcement)
    if role is not None and role not in [one.id for one in member.roles]:
        return False
    return meant_for(actor_of_member(member, member.guild_permissions, server), row.audience)


def _role_of(announcement: Announcement | None) -> int | None:
    audience = announcement.content.audience if announcement else None
    return audience.role if audience and audience.whom in (Whom.ROLE, Whom.SPEAKERS, Whom.AUTHORS) else None
