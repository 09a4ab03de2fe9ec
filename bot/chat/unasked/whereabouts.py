"""Where a row of the outbox goes, and where its message stands."""

import re

import discord

from bot.chat.unasked.requests import Requests
from bot.delivery.outcome import Later, Pointless, Refused
from bot.domain.program import Program
from bot.storage import threads
from bot.storage.conduct import cases
from bot.storage.conduct.saying import reported_by
from bot.storage.database import Tables
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import Row, State

#: What has no receipt yet, and may get one; and seconds to wait for that.
ON_ITS_WAY, SOON = frozenset({State.QUEUED, State.LEASED, State.PAUSED}), 2.0
#: What becomes of a change to a message whose record was removed by then.
FORGOTTEN = Pointless("nothing is known any more of the message")

_MADE_BY = re.compile(r"nt[0-9a-f]+-(?P<row>\d+)\.")


async def direct_channel(
    client: discord.Client, db: Tables, row: Row, requests: Requests
) -> discord.PartialMessageable | discord.DMChannel | None:
    """The channel that was opened when the person asked for reminders, else a new one.

    None where it is for whoever reported a case, and nobody knows any more who that is.
    """
    if row.channel_id is not None:
        return client.get_partial_messageable(row.channel_id, type=discord.ChannelType.private)
    number = reported_by(row.place)
    reader = int(row.place) if number is None else cases.reporter_of(db, row.guild_id, number)
    if reader is None:
        return None
    opened = await client.create_dm(discord.Object(reader))
    await requests.turn()
    return opened


def home(
    client: discord.Client, guild: discord.Guild, program: Program, db: Tables, row: Row
) -> discord.TextChannel | discord.PartialMessageable | Later | Refused:
    """Where a message goes: the channel for its purpose, or the thread that is kept for what it is about."""
    if not threads.is_subject(row.place):
        channel = channel_for(guild, program, row.place)
        return channel if channel is not None else Refused(missing(program, row.place))
    thread = threads.of_subject(db, row.guild_id, row.place)
    if thread is not None:
        return client.get_partial_messageable(thread.thread_id, guild_id=row.guild_id)
    # Looked at once more: it may have come between the two.
    if threads.opening_failed(db, row.guild_id, row.place) and threads.of_subject(db, row.guild_id, row.place) is None:
        return Refused("its thread could not be opened: mend that, and try both again")
    return Later("its thread is being opened", SOON, certain=True)


def posted(client: discord.Client, receipt: Row) -> discord.PartialMessage | None:
    """The message that a row's receipt names, wherever it stands; None where there is no receipt."""
    if receipt.channel_id is None or receipt.message_id is None:
        return None
    return client.get_partial_messageable(receipt.channel_id).get_partial_message(receipt.message_id)


def reply_to(
    db: Tables, row: Row, answered: int, channel: discord.TextChannel | discord.PartialMessageable
) -> discord.MessageReference | Later | None:
    """The message of row ``answered``, which this one is a reply to; None where it stands elsewhere by now.

    Later where that is about to be posted: an answer comes behind its question.
    """
    for original in outbox.by_ids(db, row.guild_id, [str(answered)]):
        if original.state in ON_ITS_WAY:
            return Later("what it answers is still on its way", SOON, certain=True)
        if original.channel_id == channel.id and original.message_id is not None:
            return reference_to(row, original.message_id, channel)
    return None


def reference_to(
    row: Row, message_id: int, channel: discord.TextChannel | discord.PartialMessageable
) -> discord.MessageReference:
    """A message that this one is a reply to, if it is there."""
    return discord.MessageReference(
        message_id=message_id, channel_id=channel.id, guild_id=row.guild_id, fail_if_not_exists=False
    )


def may_look_back(channel: discord.TextChannel) -> bool:
    return channel.permissions_for(channel.guild.me).read_message_history


def row_of(message: discord.Message) -> int | None:
    """The id of the row that made a message of the bot's own, as its buttons say; None for one that no row made."""
    for row in message.components:
        for child in getattr(row, "children", ()):
            if (found := _MADE_BY.match(str(getattr(child, "custom_id", "")))) is not None:
                return int(found["row"])
    return None


def refers_to(message: discord.Message, reference: str) -> bool:
    return any(
        getattr(child, "custom_id", None) and str(child.custom_id).startswith(f"nt{reference}.")
        for row in message.components
        for child in getattr(row, "children", ())
    )


def channel_for(guild: discord.Guild, program: Program, place: str) -> discord.TextChannel | None:
    name = program.server.channels.get(place)
    return next((channel for channel in guild.text_channels if channel.name == name), None)


def missing(program: Program, place: str) -> str:
    """Why there is nowhere to say it, and what to do."""
    name = program.server.channels.get(place)
    if name is None:
        return f"server.yaml names no channel for {place}: add one"
    return absent(f"channel #{name}", place)


def absent(thing: str, purpose: str) -> str:
    return f"there is no {thing} ({purpose}): create it, or correct server.yaml"
