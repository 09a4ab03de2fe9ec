"""Rows of the outbox become messages on Discord."""

import logging

import aiohttp
import discord

from bot.chat.connection import Connection
from bot.chat.desk import Desk
from bot.chat.render.layout import notice_rows
from bot.chat.render.notices import Notification, rendered
from bot.delivery.outcome import Later, Outcome, Pointless, Refused, Sent
from bot.domain.program import Program
from bot.storage import outbox
from bot.storage.database import Database
from bot.storage.outbox import Row

log = logging.getLogger(__name__)

#: Seconds to wait for a server or channel that is not there yet, and after a fault of Discord's.
_SOON, _AFTER_A_FAULT = 2.0, 5.0
#: Messages looked through for one that an earlier attempt may have left.
_HISTORY = 200


class DiscordSender:
    """``token`` is the database's name for itself: with a row's id it is a message's nonce, and in its buttons."""

    def __init__(self, connection: Connection, desk: Desk, database: Database, token: str) -> None:
        self._connection = connection
        self._desk = desk
        self._database = database
        self._token = token

    async def ready(self) -> None:
        await self._connection.ready()

    def reference(self, row: Row) -> str:
        """What tells this row's message from every other: at most 25 characters, Discord's limit for a nonce."""
        return f"{self._token}-{row.id}"

    async def deliver(self, row: Row) -> Outcome:
        try:
            return await self._deliver(row)
        except discord.RateLimited as limited:
            return Later("Discord asks to wait", limited.retry_after, certain=True)
        except discord.HTTPException as error:
            return _outcome(error)
        except (OSError, aiohttp.ClientError, TimeoutError) as error:
            return Later(f"the connection to Discord broke ({error!r})", _AFTER_A_FAULT)

    async def _deliver(self, row: Row) -> Outcome:
        guild = self._guild(row)
        if guild is None:
            return Later("the server is not there yet, or the bot was removed from it", _SOON, certain=True)
        program = self._desk.programmes.for_guild(row.guild_id).program
        failed = outbox.by_ids(self._database.reader, row.facts.ids) if row.facts.kind == "report" else ()
        said = rendered(row, program, self._desk.clock.now(), failed=failed)
        if said is None:
            return Pointless("there was nothing left to tell")
        channel = _channel(guild, program, row.place)
        if channel is None:
            return Refused(missing(program, row.place))
        content, pings = _with_mention(guild, program, said)
        view = notice_rows(said.buttons, self.reference(row))
        message = await channel.send(content, view=view, allowed_mentions=pings, nonce=self.reference(row))
        return Sent(channel.id, message.id)

    async def find(self, row: Row) -> Sent | Later | None:
        """Discord keeps no nonce in its history: the row's reference is looked for in the buttons."""
        guild = self._guild(row)
        if guild is None or row.claimed_at is None:
            return Later("the server is not there yet, or the bot was removed from it", _SOON)
        program = self._desk.programmes.for_guild(row.guild_id).program
        channel = _channel(guild, program, row.place)
        if channel is None:
            return None
        try:
            async for message in channel.history(limit=_HISTORY):
                if message.author.id == guild.me.id and _refers_to(message, self.reference(row)):
                    return Sent(channel.id, message.id)
        except discord.HTTPException as error:
            found = _outcome(error)
            return None if isinstance(found, Refused) else Later(str(error), _AFTER_A_FAULT)
        except (OSError, aiohttp.ClientError, TimeoutError) as error:
            return Later(f"the connection to Discord broke ({error!r})", _AFTER_A_FAULT)
        return None

    def _guild(self, row: Row) -> discord.Guild | None:
        client = self._connection.client
        return client.get_guild(row.guild_id) if client else None


def _refers_to(message: discord.Message, reference: str) -> bool:
    return any(
        getattr(child, "custom_id", None) and str(child.custom_id).startswith(f"nt{reference}.")
        for row in message.components
        for child in getattr(row, "children", ())
    )


def _channel(guild: discord.Guild, program: Program, place: str) -> discord.TextChannel | None:
    name = program.server.channels.get(place)
    return next((channel for channel in guild.text_channels if channel.name == name), None)


def missing(program: Program, place: str) -> str:
    """Why there is nowhere to say it, and what to do."""
    name = program.server.channels.get(place)
    if name is None:
        return f"server.yaml names no channel for {place}: add one"
    return f"there is no channel #{name} ({place}): create it, or correct server.yaml"


def _with_mention(guild: discord.Guild, program: Program, said: Notification) -> tuple[str, discord.AllowedMentions]:
    """The text with the role that is to be notified behind it. A role that is missing notifies nobody."""
    name = program.server.roles.get(said.pings) if said.pings else None
    role = next((role for role in guild.roles if role.name == name), None) if name else None
    if role is None:
        return said.content, discord.AllowedMentions.none()
    return f"{said.content}\n{role.mention}", discord.AllowedMentions(everyone=False, users=False, roles=[role])


def _outcome(error: discord.HTTPException) -> Later | Refused:
    """What an answer of Discord's means for the row (codes: Discord, JSON error codes)."""
    if error.status >= 500:
        return Later(f"Discord answered with an error ({error.status})", _AFTER_A_FAULT)
    if error.status == 429 or error.code == 40003:
        return Later("Discord asks to wait", 30.0, certain=True)
    words = _REFUSALS.get(error.code, f"Discord refused it ({error.status}, code {error.code}): {error.text}")
    return Refused(words)


_REFUSALS = {
    10003: "the channel was deleted",
    10004: "the bot is no longer in the server",
    10008: "the message was deleted",
    50001: "the bot may not see the channel: give it View Channel",
    50007: "this person takes no direct messages from the server",
    50013: "a permission is missing: give the bot Send Messages in the channel",
    50083: "the thread is archived",
    160005: "the thread is locked",
    160006: "the server has as many threads as Discord allows",
}
