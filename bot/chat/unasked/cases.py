"""The private threads of cases: opened, found again, and who is in them."""

from typing import Literal

import discord

from bot.chat.actors import actor_of_member
from bot.chat.unasked.refusals import ARCHIVED, NO_CHANNEL
from bot.chat.unasked.requests import Requests
from bot.chat.unasked.threads import reopened
from bot.chat.unasked.whereabouts import SOON, channel_for, missing
from bot.delivery.outcome import Homeless, Later, Outcome, Pointless, Refused, Sent
from bot.domain.program import Program
from bot.domain.reminders.notice import NoticeKind
from bot.storage import threads
from bot.storage.conduct import cases, committee, readers
from bot.storage.conduct.saying import case_of
from bot.storage.database import Tables
from bot.storage.delivery.outbox import Row

#: To let somebody in: who they are is looked up, and the thread may have to be reopened.
MEMBER_REQUESTS = 4
CHANNEL = "conduct"
#: What only those read who are on the committee when it is sent.
FOR_COMMITTEE = frozenset({NoticeKind.CASE, NoticeKind.CASE_STEP, NoticeKind.CASE_WAITING, NoticeKind.CASES_OPEN})
#: Minutes until a thread in which nobody writes is archived: the longest that Discord knows.
_QUIET: Literal[10080] = 10080
_LOOKED_AT = 100
#: Somebody who is to be let out is not in the thread.
_NOT_FOUND = 404
#: Who was not let in does not count as one who reads the case.
_LET_OUT = Pointless("the person may not be in the thread, and is not")


async def open_case(guild: discord.Guild, program: Program, name: str) -> Outcome:
    """A private thread, empty as yet, into which nobody can bring anybody else."""
    channel = channel_for(guild, program, CHANNEL)
    if channel is None:
        return Refused(missing(program, CHANNEL))
    made = await channel.create_thread(
        name=name, type=discord.ChannelType.private_thread, invitable=False, auto_archive_duration=_QUIET
    )
    return Sent(made.id, made.id)


async def find_case(
    guild: discord.Guild, program: Program, db: Tables, row: Row, name: str, requests: Requests
) -> Sent | Refused | None:
    """The thread that an earlier attempt left: the bot's own of exactly that name, empty, and kept for nothing else.

    Nothing is said in a thread that is not known. One in which something was said is of another event.
    """
    channel = channel_for(guild, program, CHANNEL)
    if channel is None:
        return Refused(missing(program, CHANNEL))
    active = [thread for thread in await guild.active_threads() if thread.parent_id == channel.id]
    await requests.turn()
    # A private thread that nobody wrote in is archived, and is then listed for those in it alone.
    archived = [thread async for thread in channel.archived_threads(private=True, joined=True, limit=_LOOKED_AT)]
    await requests.turn()
    for thread in (*active, *archived):
        own = thread.owner_id == guild.me.id and thread.is_private() and thread.name == name
        if own and not thread.message_count and threads.of_id(db, row.guild_id, thread.id) is None:
            return Sent(thread.id, thread.id)
    return None


async def let_in(
    client: discord.Client, guild: discord.Guild, program: Program, db: Tables, row: Row, requests: Requests
) -> Outcome:
    """Make a person a member of a case's thread, or no longer one, as is right now. Twice is no harm."""
    number, user_id = case_of(row.place), int(row.facts.ids[1])
    thread = threads.of_subject(db, row.guild_id, row.place)
    if thread is None:
        # Looked at once more: it may have come between the two.
        failed = threads.opening_failed(db, row.guild_id, row.place)
        if failed and threads.of_subject(db, row.guild_id, row.place) is None:
            return Pointless("there is no thread")
        return Later("its thread is being opened", SOON, certain=True)
    may = await reads(guild, program, db, user_id, number, requests)
    change = client.http.add_user_to_thread if may else client.http.remove_user_from_thread
    try:
        await change(thread.thread_id, user_id)
    except discord.HTTPException as error:
        if error.code == NO_CHANNEL:
            return Homeless(thread.thread_id)
        if not may and error.status == _NOT_FOUND:
            return _LET_OUT
        if error.code != ARCHIVED:
            raise
        await requests.turn()
        await reopened(client, thread.thread_id)
        await requests.turn()
        await change(thread.thread_id, user_id)
    return Sent(thread.thread_id, thread.thread_id) if may else _LET_OUT


async def reads(
    guild: discord.Guild, program: Program, db: Tables, user_id: int, number: int | None, requests: Requests
) -> bool:
    """Whether somebody reads a case now, or with no ``number`` is on the committee: they may have lost its role, or
    left the server, since they acted last.
    """
    case = cases.of_number(db, guild.id, number) if number is not None else None
    if number is not None and (case is None or not readers.may_read(db, case, user_id, member=True)):
        return False
    still = case is not None and bool(readers.exception(db, case, user_id))
    known = committee.of_person(db, guild.id, user_id)
    if known is None and not still:
        return False
    try:
        member = await guild.fetch_member(user_id)
    except discord.NotFound:
        return False
    await requests.turn()
    if still or (known is not None and known.given_by is not None):
        return True
    return actor_of_member(member, member.guild_permissions, program.server).on_committee
