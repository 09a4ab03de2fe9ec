"""Rows of the outbox become messages on Discord."""

import logging
from functools import partial
from typing import Any

import discord

from bot.actions.posters.plan_portions import plan_rest
from bot.chat.connection import Connection
from bot.chat.desk import Desk
from bot.chat.render.layout import NO_PINGS, notice_rows
from bot.chat.render.notices import Notification
from bot.chat.unasked.announced import of_row, picture_file, publish, unwanted
from bot.chat.unasked.author_role import ROLE_REQUESTS, settle_role
from bot.chat.unasked.cases import FOR_COMMITTEE, MEMBER_REQUESTS, let_in, open_case, reads
from bot.chat.unasked.circles import NOT_FOR_THEM, belongs, is_for_some, unreachable
from bot.chat.unasked.editing import edit, edit_card, rename
from bot.chat.unasked.finding import find_left, unseen
from bot.chat.unasked.looking import PAGES
from bot.chat.unasked.readers import copy_reader
from bot.chat.unasked.refusals import NO_CHANNEL, TOO_MANY, outcome_of
from bot.chat.unasked.requests import Requests
from bot.chat.unasked.room import make_room
from bot.chat.unasked.tags import TAG_REQUESTS, Tagging
from bot.chat.unasked.telling import Telling
from bot.chat.unasked.threads import open_post
from bot.chat.unasked.whereabouts import SOON, direct_channel, home, reference_to, reply_to
from bot.delivery.outcome import Found, Homeless, Later, Outcome, Pointless, Refused, Sent, Unseen, Untried
from bot.domain.announce.announcement import Announcement
from bot.domain.people import Group
from bot.domain.reminders.notice import NoticeKind
from bot.storage.agenda.personal import MENTION
from bot.storage.conduct.saying import case_of
from bot.storage.database import Database
from bot.storage.delivery import mode_news
from bot.storage.delivery.outbox import EDITS, NEW, Op, Row
from bot.storage.threads import is_subject

log = logging.getLogger(__name__)

_FORGOTTEN = Pointless("nobody knows any more whom it is for")
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
        self._telling = Telling(desk, database)
        self._tagging = Tagging(self._requests)

    async def ready(self) -> frozenset[int]:
        await self._connection.ready()
        client = self._client()
        return frozenset(guild.id for guild in client.guilds if not guild.unavailable) if client else frozenset()

    def requests(self, row: Row, *, sought: bool) -> int:
        """For a message one. A direct one may have to be opened, and its reader be looked up; before the first post,
        its forum gets the tags that it lacks.
        """
        if row.op is Op.MEMBER:
            return MEMBER_REQUESTS
        if row.op is Op.ROLE:
            return ROLE_REQUESTS
        if row.op not in NEW:
            return 1
        opening = row.op is Op.DM and row.channel_id is None
        checked = row.facts.kind in (NoticeKind.ANNOUNCEMENT, NoticeKind.MODE, *FOR_COMMITTEE)
        circled = row.audience is not Group.PUBLIC or checked
        looking_up = row.op is Op.DM and circled
        searching = opening + PAGES if sought else 0
        tagging = TAG_REQUESTS if row.op is Op.THREAD and case_of(row.place) is None else 0
        return searching + looking_up + opening + tagging + 1

    def reference(self, row: Row) -> str:
        """What tells this row's message from every other: at most 25 characters, Discord's limit for a nonce."""
        return f"{self._token}-{row.id}"

    async def deliver(self, row: Row) -> Outcome:
        return await self._requests.asked(partial(self._with_room, row), outcome_of)

    async def _with_room(self, row: Row) -> Outcome:
        """Deliver it. Where that opens or reopens one thread too many, others make room, and it is tried again."""
        client, guild = self._client(), self._guild(row)
        if client is None or guild is None:
            return _NOT_THERE
        try:
            return await self._deliver(client, guild, row)
        except discord.HTTPException as error:
            # What is said of a case does not wait for room: it goes to the committee directly instead.
            if error.code != TOO_MANY or (row.op in NEW and case_of(row.place) is not None):
                raise
            return await make_room(client, guild, self._database.reader, self._requests)

    async def _deliver(self, client: discord.Client, guild: discord.Guild, row: Row) -> Outcome:
        db = self._database.reader
        if row.facts.card is not None:
            return await edit_card(client, self._desk, row, row.facts.card)
        if row.op is Op.DM_EDIT:
            server = self._telling.program(row).server
            if (left := await unreachable(guild, db, server, row, self._requests)) is not None:
                return left
        if row.op in EDITS:
            return await edit(client, guild, db, self._telling, row, self._token)
        if row.op is Op.PUBLISH:
            return await publish(client, guild, db, row)
        if row.facts.kind is NoticeKind.MODE and mode_news.said_again(db, row, self._desk.clock.now()):
            return Pointless("it was due again before it could be told")
        if row.op is Op.THREAD:
            return await self._open(client, guild, row)
        if row.op is Op.MEMBER:
            return await let_in(client, guild, self._telling.program(row), db, row, self._requests)
        if row.op is Op.PLAN:
            program, clock = self._telling.program(row), self._desk.clock
            done = await plan_rest(self._database, row.guild_id, program, clock.now)
            return Sent(0, 0) if done else Later("the programme is being changed", SOON, certain=True)
        if row.op is Op.RENAME:
            return await rename(client, guild, db, self._telling, row)
        if row.op is Op.ROLE:
            server = self._telling.program(row).server
            return await settle_role(client, guild, server, self._database, row, self._requests)
        announcement = of_row(db, row)
        if announcement is not None and (why := unwanted(db, row, announcement)) is not None:
            # An attempt that nobody recorded may have left its message: the receipt should know of it.
            return (await self._find(row) if row.claimed_at is not None else None) or why
        reader = None
        if row.op is Op.DM and row.facts.kind is NoticeKind.MODE:
            found = await copy_reader(guild, self._telling.program(row), row, db, self._requests)
            if isinstance(found, Pointless):
                return found
            reader = found
        said = self._telling.said(guild, row, reader=reader)
        if said is None:
            return Pointless("there was nothing left to tell")
        if row.op is Op.DM:
            return await self._direct(client, guild, row, said, announcement)
        return await self._post(client, guild, row, said, announcement)

    async def _post(
        self,
        client: discord.Client,
        guild: discord.Guild,
        row: Row,
        said: Notification,
        announcement: Announcement | None,
    ) -> Outcome:
        db, program = self._database.reader, self._telling.program(row)
        channel = home(client, guild, program, db, row)
        if isinstance(channel, Later | Refused):
            return channel
        content, pings = self._telling.pinging(guild, row, said)
        if row.key.startswith(MENTION) and not pings.users:
            return Pointless("nobody wants to be mentioned any more")
        reference = self.reference(row)
        further: dict[str, Any] = {}
        if said.picture is not None and announcement is not None:
            further["file"] = picture_file(db, announcement, said.picture)
        if said.replies_to is not None:
            further["reference"] = reference_to(row, said.replies_to, channel)
        elif said.answers is not None:
            original = reply_to(db, row, said.answers, channel)
            if isinstance(original, Later):
                return original
            further["reference"] = original
        view = notice_rows(said.buttons, reference)
        try:
            message = await channel.send(content, view=view, allowed_mentions=pings, nonce=reference, **further)
        except discord.NotFound as error:
            if error.code == NO_CHANNEL and row.facts.kind is NoticeKind.HINT:
                return Pointless("the thread was deleted, and what was typed in it")
            if error.code == NO_CHANNEL and is_subject(row.place):
                return Homeless(channel.id)
            raise
        return Sent(channel.id, message.id)

    async def _open(self, client: discord.Client, guild: discord.Guild, row: Row) -> Outcome:
        program, said = self._telling.program(row), self._telling.said(guild, row)
        if said is None:
            return Pointless("what the thread is for is no longer in the programme")
        if case_of(row.place) is not None:
            return await open_case(guild, program, said.title)
        return await open_post(guild, program, said, self.reference(row), self._tagging)

    async def _direct(
        self,
        client: discord.Client,
        guild: discord.Guild,
        row: Row,
        said: Notification,
        announcement: Announcement | None,
    ) -> Outcome:
        """To one person. What is meant for a circle only reaches those who are still in it."""
        if is_for_some(row, announcement):
            server = self._telling.program(row).server
            if not await belongs(guild, server, row, announcement):
                return NOT_FOR_THEM
            await self._requests.turn()
        if row.facts.kind in FOR_COMMITTEE:
            program, db = self._telling.program(row), self._database.reader
            number = None if row.facts.kind is NoticeKind.CASES_OPEN else int(row.facts.ids[0])
            if not await reads(guild, program, db, int(row.place), number, self._requests):
                return NOT_FOR_THEM
        channel = await direct_channel(client, self._database.reader, row, self._requests)
        if channel is None:
            return _FORGOTTEN
        reference = self.reference(row)
        view = notice_rows(said.buttons, reference)
        message = await channel.send(said.content, view=view, allowed_mentions=NO_PINGS, nonce=reference)
        return Sent(channel.id, message.id)

    async def find(self, row: Row) -> Found:
        """Discord keeps no nonce in its history: the row's reference is looked for in the buttons.

        What makes no new message is simply done again.
        """
        if row.op not in NEW:
            return None
        found = await self._requests.asked(partial(self._find, row), unseen)
        return Unseen(found.why, found.seconds) if isinstance(found, Later) else found

    async def _find(self, row: Row) -> Found:
        client, guild = self._client(), self._guild(row)
        if client is None or guild is None:
            return _NOT_THERE
        reference = self.reference(row)
        return await find_left(client, guild, self._telling, self._database.reader, row, reference, self._requests)

    def _client(self) -> discord.Client | None:
        """None between two lives of the connection."""
        client = self._connection.client
        return None if client is None or client.is_closed() else client

    def _guild(self, row: Row) -> discord.Guild | None:
        """None also where nothing is known of it but its id: at a start, and while Discord has an outage there."""
        client = self._client()
        guild = client.get_guild(row.guild_id) if client else None
        return None if guild is None or guild.unavailable else guild
