"""Somebody comes to the conduct committee of a server, or leaves it; and with that to its open cases."""

from bot.actions.audit.record_act import record_act
from bot.domain.audit import ActKind, By, Entry
from bot.domain.conduct.case import Member
from bot.domain.event import Server
from bot.storage.conduct import cases, committee
from bot.storage.conduct.saying import let_in
from bot.storage.database import Database, Tables


async def note_member(db: Database, guild_id: int, member: Member, by: By) -> None:
    """Somebody acted who holds the committee's role: from now on they are let into cases that do not concern them."""

    def write(tables: Tables) -> None:
        if committee.put(tables, guild_id, member, by.at):
            _follow(tables, guild_id, member.id, by)

    await db.write(write)


async def forget_member(db: Database, guild_id: int, user_id: int, by: By) -> None:
    """Somebody acted who holds the role no longer."""

    def write(tables: Tables) -> None:
        if committee.remove(tables, guild_id, user_id):
            _follow(tables, guild_id, user_id, by)

    await db.write(write)


async def add_member(db: Database, guild_id: int, member: Member, server: Server, *, by: By) -> bool:
    """An organizer puts somebody on it; whether they were not on it before."""

    def write(tables: Tables) -> bool:
        new = committee.put(tables, guild_id, member, by.at)
        _record(tables, guild_id, server, ActKind.JOIN_COMMITTEE, member, by)
        if new:
            _follow(tables, guild_id, member.id, by)
        return new

    return await db.write(write)


async def remove_member(db: Database, guild_id: int, member: Member, server: Server, *, by: By) -> bool:
    """An organizer takes somebody off it; whether they were on it."""

    def write(tables: Tables) -> bool:
        there = committee.remove(tables, guild_id, member.id)
        if there:
            _record(tables, guild_id, server, ActKind.LEAVE_COMMITTEE, member, by)
            _follow(tables, guild_id, member.id, by)
        return there

    return await db.write(write)


def _follow(tables: Tables, guild_id: int, user_id: int, by: By) -> None:
    for case in cases.open_ones(tables, guild_id):
        if not case.concerns(user_id):
            let_in(tables, case, user_id, by.at, act=by.act)


def _record(tables: Tables, guild_id: int, server: Server, act: ActKind, member: Member, by: By) -> None:
    record_act(tables, guild_id, server, Entry(by.at, by.user, act, member.name), mark=str(by.act))
