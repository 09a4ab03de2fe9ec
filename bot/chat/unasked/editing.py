"""What was said is made to say what is true now. Doing it twice is no harm, and nobody is notified."""

import discord
from msgspec.structs import replace

from bot.chat.ask import Ask
from bot.chat.desk import Desk
from bot.chat.lookup import Lookup
from bot.chat.render.layout import NO_PINGS, notice_rows
from bot.chat.unasked.refusals import ARCHIVED, GONE, NO_CHANNEL
from bot.chat.unasked.telling import Telling
from bot.chat.unasked.threads import reopened
from bot.chat.unasked.whereabouts import FORGOTTEN, ON_ITS_WAY, SOON, posted
from bot.delivery.outcome import Homeless, Later, Outcome, Pointless, Refused, Sent
from bot.domain.errors import UsherError
from bot.domain.reminders.notice import NoticeKind
from bot.storage.database import Tables
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import Op, Row
from bot.storage.threads import is_subject


async def edit(
    client: discord.Client, guild: discord.Guild, db: Tables, telling: Telling, row: Row, token: str
) -> Outcome:
    """Edit the message of the row that ``row`` names; its buttons keep their reference, see ``notice_rows``."""
    original = outbox.original_of(db, row)
    if original is None:
        return FORGOTTEN
    if original.state in ON_ITS_WAY:
        return Later("the message is still on its way", SOON, certain=True)
    message = posted(client, original)
    said = telling.said(guild, replace(row, place=original.place), of=original)
    if message is None or said is None:
        return Pointless("there is nothing left to change")
    content, pings = said.content, NO_PINGS
    if original.op is not Op.DM:
        content, pings = telling.pinging(guild, original, said)
    view = notice_rows(said.buttons, f"{token}-{original.id}")
    try:
        await message.edit(content=content, view=view, allowed_mentions=pings)
    except discord.HTTPException as error:
        if error.code in GONE and row.facts.kind is NoticeKind.CASE:
            return Pointless("the case's thread was deleted: what follows opens it anew")
        if error.code in GONE and original.op is not Op.DM and is_subject(original.place):
            thread_gone = error.code == NO_CHANNEL
            return Homeless(message.channel.id) if thread_gone else Pointless("the message was deleted")
        if error.code != ARCHIVED:
            raise
        await reopened(client, message.channel.id)
        await message.edit(content=content, view=view, allowed_mentions=pings)
    return Sent(message.channel.id, message.id)


async def edit_card(client: discord.Client, desk: Desk, row: Row, card: str) -> Outcome:
    """Edit an answer that somebody shared; ``card`` is its question, as it is stored."""
    message = posted(client, row)
    published, now = desk.programmes.for_guild(row.guild_id), desk.clock.now()
    ask = Ask.of_channel(Lookup.decode(card), published.program, published.index, now, desk.commands)
    try:
        view = desk.prepared.message(ask)
    except UsherError as error:
        return Pointless(f"the answer is no more: {error}")
    if message is None:
        return Pointless("there is nothing left to change")
    try:
        await message.edit(view=view, allowed_mentions=NO_PINGS)
    except discord.NotFound as error:
        if error.code not in GONE:
            raise
        # An answer that somebody shared, and nobody counts on: unlike a reminder, it may go unseen.
        return Pointless("the message was deleted")
    return Sent(message.channel.id, message.id)


async def rename(client: discord.Client, guild: discord.Guild, db: Tables, telling: Telling, row: Row) -> Outcome:
    """Call the thread that the row of ``row`` opened as it should be called now. Twice is no harm, but Discord allows
    two in ten minutes: where its name is known to be right, nothing is asked.
    """
    original = outbox.original_of(db, row)
    said = telling.said(guild, replace(row, place=original.place)) if original is not None else None
    if original is None or original.channel_id is None or original.message_id is None or said is None:
        return Pointless("there is nothing left to rename")
    done = Sent(original.channel_id, original.message_id)
    known = guild.get_thread(original.channel_id)
    if known is not None and known.name == said.title:
        return done
    try:
        await _call(client, original.channel_id, said.title)
    except discord.NotFound:
        return Pointless("the thread was deleted")
    except discord.Forbidden:
        return Refused("the thread could not be renamed: give the bot Manage Threads in the forum")
    return done


async def _call(client: discord.Client, thread_id: int, name: str) -> None:
    try:
        await client.http.edit_channel(thread_id, name=name)
    except discord.HTTPException as error:
        if error.code != ARCHIVED:
            raise
        await client.http.edit_channel(thread_id, name=name, archived=False)
