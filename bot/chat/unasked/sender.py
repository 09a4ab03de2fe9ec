"""Rows of the outbox become messages on Discord."""

import logging
from dataclasses import replace
from datetime import datetime
from functools import partial

import discord

from bot.chat.actors import actor_of_member
from bot.chat.ask import Ask
from bot.chat.connection import Connection
from bot.chat.desk import Desk
from bot.chat.lookup import Lookup
from bot.chat.render.layout import NO_PINGS, notice_rows
from bot.chat.render.notices import Notification, rendered
from bot.chat.unasked.mentions import mentioned_in
from bot.chat.unasked.refusals import AFTER_A_FAULT, GONE, outcome_of
from bot.chat.unasked.requests import Requests
from bot.chat.unasked.whereabouts import channel_for, direct_channel, may_look_back, missing, posted, refers_to
from bot.delivery.outcome import Found, Later, Outcome, Pointless, Refused, Sent, Unseen, Untried
from bot.domain.errors import UsherError
from bot.domain.event import Server
from bot.domain.people import Group, meant_for
from bot.domain.program import Program
from bot.domain.reminders.notice import NoticeKind
from bot.domain.times import day_before
from bot.storage.agenda.personal import MENTION
from bot.storage.database import Database
from bot.storage.delivery import outbox, told
from bot.storage.delivery.outbox import EDITS, Op, Row, State

log = logging.getLogger(__name__)

#: Seconds to wait for a message that is on its way.
_SOON = 2.0
#: How many messages are looked through for one that an earlier attempt may have left: in requests, and of how many each
#: (Discord, Get Channel Messages: at most 100).
_PAGES, _PAGE = 5, 100
_UNSEEN = "it may have been posted already: give the bot Read Message History in the channel, then try again"
_NOT_THERE = Untried("the server is not there now")


class DiscordSender:
    """``token`` is the database's name for itself: with a row's id it is a message's nonce, and in its buttons."""

    def __init__(
        self, connection: Connection, desk: Desk, database: Database, token: str, requests: Requests | None = None
    ) -> None:
        self._connection = connection
        self._desk = desk
        self._database = database
        self._token = token
        self._requests = requests or Requests()

    async def ready(self) -> frozenset[int]:
        await self._connection.ready()
        client = self._client()
        return frozenset(guild.id for guild in client.guilds if not guild.unavailable) if client else frozenset()

    def requests(self, row: Row, *, sought: bool) -> int:
        """For a message one. A direct one may have to be opened, and its reader be looked up."""
        if row.op in EDITS:
            return 1
        opening = row.op is Op.DM and row.channel_id is None
        looking_up = row.op is Op.DM and row.audience is not Group.PUBLIC
        searching = opening + _PAGES if sought else 0
        return searching + looking_up + opening + 1

    def reference(self, row: Row) -> str:
        """What tells this row's message from every other: at most 25 characters, Discord's limit for a nonce."""
        return f"{self._token}-{row.id}"

    async def deliver(self, row: Row) -> Outcome:
        return await self._requests.asked(partial(self._deliver, row), outcome_of)

    async def _deliver(self, row: Row) -> Outcome:
        client, guild = self._client(), self._guild(row)
        if client is None or guild is None:
            return _NOT_THERE
        if row.op in EDITS:
            return await self._edit(client, guild, row)
        if row.op is Op.DM:
            return await self._direct(client, guild, row)
        program = self._desk.programmes.for_guild(row.guild_id).program
        said = self._said(row, program)
        if said is None:
            return Pointless("there was nothing left to tell")
        channel = channel_for(guild, program, row.place)
        if channel is None:
            return Refused(missing(program, row.place))
        content, pings = self._with_mentions(guild, program, row, said)
        if row.key.startswith(MENTION) and not pings.users:
            return Pointless("nobody wants to be mentioned any more")
        view = notice_rows(said.buttons, self.reference(row))
        message = await channel.send(content, view=view, allowed_mentions=pings, nonce=self.reference(row))
        return Sent(channel.id, message.id)

    async def _direct(self, client: discord.Client, guild: discord.Guild, row: Row) -> Outcome:
        """To one person. What is meant for a circle only reaches those who are still in it."""
        program = self._desk.programmes.for_guild(row.guild_id).program
        said = self._said(row, program)
        if said is None:
            return Pointless("there was nothing left to tell")
        if row.audience is not Group.PUBLIC:
            await self._requests.turn()
            if not await _belongs(guild, program.server, int(row.place), row.audience):
                return Pointless("the person is not among those it is meant for")
        channel = await self._direct_channel(client, row)
        reference = self.reference(row)
        view = notice_rows(said.buttons, reference)
        message = await channel.send(said.content, view=view, allowed_mentions=NO_PINGS, nonce=reference)
        return Sent(channel.id, message.id)

    async def _edit(self, client: discord.Client, guild: discord.Guild, row: Row) -> Outcome:
        """Make a posted message say what is true now. Doing it twice is no harm, and nobody is notified."""
        if row.facts.card is not None:
            return await self._edit_card(client, row, Lookup.decode(row.facts.card))
        (original,) = outbox.by_ids(self._database.reader, [row.place])
        if original.state in (State.QUEUED, State.LEASED):
            return Later("the message is still on its way", _SOON, certain=True)
        message = posted(client, original)
        program = self._desk.programmes.for_guild(row.guild_id).program
        said = self._said(replace(row, place=original.place), program, told_at=original.due_at)
        if message is None or said is None:
            return Pointless("there is nothing left to change")
        content, pings = said.content, NO_PINGS
        if original.op is not Op.DM:
            content, pings = self._with_mentions(guild, program, original, said)
        view = notice_rows(said.buttons, self.reference(original))
        await message.edit(content=content, view=view, allowed_mentions=pings)
        return Sent(message.channel.id, message.id)

    async def _edit_card(self, client: discord.Client, row: Row, lookup: Lookup) -> Outcome:
        message = posted(client, row)
        published, now = self._desk.programmes.for_guild(row.guild_id), self._desk.clock.now()
        ask = Ask.of_channel(lookup, published.program, published.index, now, self._desk.commands)
        try:
            view = self._desk.prepared.message(ask)
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

    async def find(self, row: Row) -> Found:
        """Discord keeps no nonce in its history: the row's reference is looked for in the buttons.

        An edit is simply done again.
        """
        if row.op in EDITS:
            return None
        found = await self._requests.asked(partial(self._find, row), _unseen)
        return Unseen(found.why, found.seconds) if isinstance(found, Later) else found

    async def _find(self, row: Row) -> Found:
        client, guild = self._client(), self._guild(row)
        if client is None or guild is None:
            return _NOT_THERE
        program = self._desk.programmes.for_guild(row.guild_id).program
        direct = row.op is Op.DM
        channel = await self._direct_channel(client, row) if direct else channel_for(guild, program, row.place)
        if channel is None:
            return None
        # Without the permission, Discord shows an empty history: everything would be said again.
        if isinstance(channel, discord.TextChannel) and not may_look_back(channel):
            return Refused(_UNSEEN)
        before = None
        for _ in range(_PAGES):
            await self._requests.turn()
            page = [message async for message in channel.history(limit=_PAGE, before=before)]
            for message in page:
                if message.author.id == guild.me.id and refers_to(message, self.reference(row)):
                    return Sent(channel.id, message.id)
            if len(page) < _PAGE:
                break
            before = page[-1]
        return None

    async def _direct_channel(self, client: discord.Client, row: Row) -> discord.PartialMessageable | discord.DMChannel:
        if row.channel_id is None:
            await self._requests.turn()
        return await direct_channel(client, row)

    def _said(self, row: Row, program: Program, *, told_at: datetime | None = None) -> Notification | None:
        """The text of a row, with what it tells of the outbox itself. ``told_at``: when what is edited was due."""
        reader, kind, at = self._database.reader, row.facts.kind, told_at or row.due_at
        failed = outbox.by_ids(reader, row.facts.ids) if kind is NoticeKind.REPORT else ()
        digest = kind is NoticeKind.DIGEST
        since = day_before(at, program.event.tz)
        changes = told.changes_between(reader, row.guild_id, since, at) if digest else ()
        return rendered(row, program, self._desk.clock.now(), failed=failed, changes=changes)

    def _with_mentions(
        self, guild: discord.Guild, program: Program, row: Row, said: Notification
    ) -> tuple[str, discord.AllowedMentions]:
        """The text with whoever is to be notified behind it: a role, or the people whose agenda it is about."""
        if not row.key.startswith(MENTION):
            return _with_mention(guild, program, said)
        people = [discord.Object(user_id) for user_id in mentioned_in(self._database.reader, row, program)]
        names = " ".join(f"<@{person.id}>" for person in people)
        pings = discord.AllowedMentions(everyone=False, roles=False, users=people)
        return f"{said.content}\nReminder for {names}" if people else said.content, pings

    def _client(self) -> discord.Client | None:
        """None between two lives of the connection."""
        client = self._connection.client
        return None if client is None or client.is_closed() else client

    def _guild(self, row: Row) -> discord.Guild | None:
        """None also where nothing is known of it but its id: at a start, and while Discord has an outage there."""
        client = self._client()
        guild = client.get_guild(row.guild_id) if client else None
        return None if guild is None or guild.unavailable else guild


def _unseen(error: discord.HTTPException) -> Found:
    """What it means that the history could not be read."""
    if error.status == 404:
        return None
    return Refused(_UNSEEN) if error.status == 403 else Unseen(str(error), AFTER_A_FAULT)


async def _belongs(guild: discord.Guild, server: Server, user_id: int, audience: Group) -> bool:
    """Whether somebody is in a circle now: they may have left it, or the server, since they asked."""
    try:
        member = await guild.fetch_member(user_id)
    except discord.NotFound:
        return False
    return meant_for(actor_of_member(member, member.guild_permissions, server), audience)


def _with_mention(guild: discord.Guild, program: Program, said: Notification) -> tuple[str, discord.AllowedMentions]:
    """The text with the role that is to be notified behind it. A role that is missing notifies nobody."""
    name = program.server.roles.get(said.pings) if said.pings else None
    role = next((role for role in guild.roles if role.name == name), None) if name else None
    if role is None:
        return said.content, discord.AllowedMentions.none()
    return f"{said.content}\n{role.mention}", discord.AllowedMentions(everyone=False, users=False, roles=[role])
