"""What an announcement asks of the delivery beside its text: who still wants it, its picture, and its followers."""

import io

import discord

from bot.chat.unasked.whereabouts import FORGOTTEN, ON_ITS_WAY, SOON, posted
from bot.delivery.outcome import Later, Outcome, Pointless, Sent, Untried
from bot.domain.announce.announcement import Announcement, Picture, Stage
from bot.storage import people
from bot.storage.announce import announcements
from bot.storage.database import Tables
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import Op, Row

#: Discord's code for a message that was handed on already.
_KNOWN = 40033


def of_row(db: Tables, row: Row) -> Announcement | None:
    """The announcement that a row is part of, as it is now."""
    return announcements.of_id(db, row.guild_id, row.announcement) if row.announcement is not None else None


def unwanted(db: Tables, row: Row, announcement: Announcement) -> Pointless | Untried | None:
    """Why a new message of an announcement is not to be sent any more, or not now."""
    if announcement.stage is Stage.CANCELLED:
        return Pointless("the announcement was cancelled")
    if announcement.stage is Stage.PAUSED:
        # Claimed before somebody paused it: seconds' worth of messages wait for their turn.
        return Untried("the announcement is paused")
    return gone(db, row) if row.op is Op.DM else None


def gone(db: Tables, row: Row) -> Pointless | None:
    """Why a direct message is for nobody any more."""
    settings = people.of_person(db, row.guild_id, int(row.place))
    if settings is not None and settings.copies:
        return None
    return Pointless("the person does not want announcements by direct message any more")


def picture_file(db: Tables, announcement: Announcement, picture: Picture) -> discord.File:
    content = announcements.picture(db, announcement.id) or b""
    return discord.File(io.BytesIO(content), picture.name, description=picture.alt)


async def publish(client: discord.Client, guild: discord.Guild, db: Tables, row: Row) -> Outcome:
    """Hand a message on to the channels that follow its own (Discord: Crosspost Message). Twice is no harm."""
    original = outbox.original_of(db, row)
    if original is None:
        return FORGOTTEN
    if original.state in ON_ITS_WAY:
        return Later("the message is still on its way", SOON, certain=True)
    message, channel = posted(client, original), guild.get_channel(original.channel_id or 0)
    if message is None or not isinstance(channel, discord.TextChannel) or not channel.is_news():
        return Pointless("no channel can follow this one")
    try:
        await message.publish()
    except discord.HTTPException as error:
        if error.code != _KNOWN:
            raise
    return Sent(channel.id, message.id)
