"""What a row of the outbox says, made from what is true now, and whom it notifies."""

import discord

from bot.actions.posters import say
from bot.actions.posters.stop import stopped
from bot.actions.posters.tell_authors import mentioned
from bot.chat.desk import Desk
from bot.chat.render.notices import Besides, Notification, rendered
from bot.chat.render.notices.authors import OF_AUTHORS
from bot.chat.render.notices.message import NOTHING, Reader
from bot.chat.setup.check import check
from bot.chat.setup.reading import read
from bot.chat.unasked.announced import of_row
from bot.chat.unasked.authored import of_author
from bot.chat.unasked.mentions import mentioned_in, posters_starred
from bot.domain.finding import lacks
from bot.domain.program import Program
from bot.domain.reminders.notice import CASES, NoticeKind
from bot.domain.times import day_before
from bot.storage import audit, threads
from bot.storage.agenda.personal import MENTION
from bot.storage.conduct import cases, entries, readers
from bot.storage.conduct.reaching import in_thread
from bot.storage.database import Database, Tables
from bot.storage.delivery import outbox, told
from bot.storage.delivery.outbox import EDITS, Op, Row
from bot.storage.posters import answers, moderation, questions

#: The text as it is posted, and who may be notified by it.
Pinging = tuple[str, discord.AllowedMentions]


class Telling:
    def __init__(self, desk: Desk, database: Database) -> None:
        self._desk = desk
        self._database = database

    def program(self, row: Row) -> Program:
        """The programme that a row's server follows."""
        return self._desk.programmes.for_guild(row.guild_id).program

    def said(
        self, guild: discord.Guild, row: Row, *, of: Row | None = None, reader: Reader | None = None
    ) -> Notification | None:
        """The text of a row. ``of``: the one whose message it edits; ``reader``: who gets a MODE directly.

        None where nobody has anything left to be told.
        """
        return rendered(row, self.program(row), self._desk.clock.now(), self._besides(guild, row, of or row, reader))

    def _besides(self, guild: discord.Guild, row: Row, first: Row, reader: Reader | None) -> Besides:
        """What the text tells of beside the programme, as it is now. ``first`` made the message."""
        db, program, at = self._database.reader, self.program(row), first.due_at
        match row.facts.kind:
            case NoticeKind.REPORT:
                return Besides(failed=tuple(outbox.by_ids(db, row.guild_id, row.facts.ids)))
            case NoticeKind.DIGEST:
                since = day_before(at, program.event.tz)
                return Besides(changes=tuple(told.changes_between(db, row.guild_id, since, at)))
            case NoticeKind.ANNOUNCEMENT:
                return Besides(announcement=of_row(db, row))
            case NoticeKind.MODE:
                return Besides(reader=reader)
            case NoticeKind.PERSONAL:
                return Besides(starred=posters_starred(db, first))
            case NoticeKind.AUDIT:
                return Besides(entry=audit.of_id(db, row.guild_id, int(row.facts.ids[0])))
            case NoticeKind.QUESTION | NoticeKind.ANSWER | NoticeKind.FLAG:
                return _asked(db, row)
            case NoticeKind.HINT if row.op is Op.DM:
                return Besides(stopped=stopped(db, row.guild_id, int(row.place)))
            case NoticeKind.HINT:
                return Besides(thread=_thread(db, row))
            case kind if kind in OF_AUTHORS:
                return of_author(db, row)
            case NoticeKind.CASES_OPEN:
                return Besides(open_cases=readers.open_to(db, row.guild_id, int(row.place)))
            case kind if kind in CASES:
                return _of_case(db, row)
            case NoticeKind.SETUP:
                there = read(guild, program.server)
                return Besides(lacks=tuple(lacks(check(program.server, there)))) if there is not None else NOTHING
            case _:
                return NOTHING

    def pinging(self, guild: discord.Guild, row: Row, said: Notification) -> Pinging:
        """The text with whoever is to be notified behind it: a role, or the people whose agenda it is about."""
        program = self.program(row)
        if said.people:
            people = [discord.Object(user_id) for user_id in said.people]
            return said.content, discord.AllowedMentions(everyone=False, roles=False, users=people)
        if not row.key.startswith(MENTION):
            return _with_mention(guild, program, said)
        people = [discord.Object(user_id) for user_id in mentioned_in(self._database.reader, row, program)]
        names = " ".join(f"<@{person.id}>" for person in people)
        pings = discord.AllowedMentions(everyone=False, roles=False, users=people)
        return f"{said.content}\nReminder for {names}" if people else said.content, pings


def _asked(db: Tables, row: Row) -> Besides:
    """The question that a row is about, with all that was answered."""
    found = questions.of_id(db, row.guild_id, int(row.facts.ids[0]))
    if found is None:
        return NOTHING
    if row.facts.kind is NoticeKind.FLAG:
        return Besides(question=found, flag=moderation.flag_of_id(db, row.guild_id, int(row.facts.ids[1])))
    every = answers.every_of_question(db, found.id)
    return Besides(
        question=found,
        answers=tuple(one for one in every if one.is_shown),
        hidden=frozenset(one.id for one in every if one.hidden),
        asked_by_row=say.row_of(db, found),
        told=row.op in EDITS,
        thread=_thread(db, row),
        mentioned=mentioned(db, found),
    )


def _thread(db: Tables, row: Row) -> int | None:
    """The id of the thread that a row goes into."""
    found = threads.of_subject(db, row.guild_id, row.place)
    return found.thread_id if found is not None else None


def _of_case(db: Tables, row: Row) -> Besides:
    """The case that a row is about, with the step that it tells of."""
    number, *further = row.facts.ids
    step = None
    if row.facts.kind in (NoticeKind.CASE_STEP, NoticeKind.CASE_NEWS):
        step = entries.of_id(db, row.guild_id, int(number), int(further[0]))
    found = cases.of_number(db, row.guild_id, int(number))
    called = in_thread(db, found) if found is not None and step is not None else ()
    return Besides(case=found, step=step, mentioned=called)


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
