"""What a row of the outbox says, made from what is true now, and whom it notifies."""

from datetime import datetime

import discord

from bot.chat.desk import Desk
from bot.chat.render.notices import Notification, rendered
from bot.chat.unasked.announced import of_row
from bot.chat.unasked.mentions import mentioned_in
from bot.domain.program import Program
from bot.domain.reminders.notice import NoticeKind
from bot.domain.times import day_before
from bot.storage.agenda.personal import MENTION
from bot.storage.database import Database
from bot.storage.delivery import outbox, told
from bot.storage.delivery.outbox import Row

#: The text as it is posted, and who may be notified by it.
Pinging = tuple[str, discord.AllowedMentions]


class Telling:
    def __init__(self, desk: Desk, database: Database) -> None:
        self._desk = desk
        self._database = database

    def program(self, row: Row) -> Program:
        """The programme that a row's server follows."""
        return self._desk.programmes.for_guild(row.guild_id).program

    def said(self, row: Row, *, told_at: datetime | None = None) -> Notification | None:
        """The text of a row, with what it tells of the outbox itself. ``told_at``: when what is edited was due.

        None where nobody has anything left to be told.
        """
        reader, kind, at, program = self._database.reader, row.facts.kind, told_at or row.due_at, self.program(row)
        failed = outbox.by_ids(reader, row.facts.ids) if kind is NoticeKind.REPORT else ()
        since = day_before(at, program.event.tz)
        changes = told.changes_between(reader, row.guild_id, since, at) if kind is NoticeKind.DIGEST else ()
        now, announcement = self._desk.clock.now(), of_row(reader, row)
        return rendered(row, program, now, failed=failed, changes=changes, announcement=announcement)

    def pinging(self, guild: discord.Guild, row: Row, said: Notification) -> Pinging:
        """The text with whoever is to be notified behind it: a role, or the people whose agenda it is about."""
        program = self.program(row)
        if not row.key.startswith(MENTION):
            return _with_mention(guild, program, said)
        people = [discord.Object(user_id) for user_id in mentioned_in(self._database.reader, row, program)]
        names = " ".join(f"<@{person.id}>" for person in people)
        pings = discord.AllowedMentions(everyone=False, roles=False, users=people)
        return f"{said.content}\nReminder for {names}" if people else said.content, pings


def _with_mention(guild: discord.Guild, program: Program, said: Notification) -> Pinging:
    """The text with the role that is to be notified behind it. A role that is missing notifies nobody."""
    if said.everyone:
        return f"{said.content}\n@everyone", discord.AllowedMentions(everyone=True, users=False, roles=False)
    if said.role is not None:
        role = guild.get_role(said.role)
    else:
        name = program.server.roles.get(said.pings) if said.pings else None
        role = next((role for role in guild.roles if role.name == name), None) if name else None
    if role is None:
        return said.content, discord.AllowedMentions.none()
    return f"{said.content}\n{role.mention}", discord.AllowedMentions(everyone=False, users=False, roles=[role])
