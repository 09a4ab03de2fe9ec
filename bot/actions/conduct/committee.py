"""Somebody comes to the conduct committee of a server, or leaves it; and with that to its open cases.

But not to those in which whoever wants it so is involved: nobody chooses who reads what was reported about them.
"""

from collections.abc import Callable
from functools import partial

from bot.actions.audit.record_act import record_act
from bot.domain.audit import ActKind, By, Entry
from bot.domain.conduct.case import Case, Member, Stage
from bot.domain.event import Server
from bot.storage.conduct import cases, committee, readers
from bot.storage.conduct.reaching import is_heard, say_unheard
from bot.storage.conduct.saying import let_in, show_anew, tell_open_cases
from bot.storage.database import Database, Tables


async def note_member(db: Database, guild_id: int, member: Member, by: By) -> None:
    """Somebody acted who holds the committee's role: from now on they are let into cases that do not concern them."""

    def write(tables: Tables) -> None:
        if committee.of_person(tables, guild_id, member.id) is None:
            _change(tables, guild_id, member, by, lambda: committee.put(tables, guild_id, member, by.at))

    await db.write(write)


async def forget_member(db: Database, guild_id: int, member: Member, by: By) -> None:
    """Somebody acted who holds the role no longer."""

    def write(tables: Tables) -> None:
        if committee.of_person(tables, guild_id, member.id) is not None:
            _change(tables, guild_id, member, by, lambda: committee.remove(tables, guild_id, member.id))

    await db.write(write)


async def add_member(
    db: Database, guild_id: int, member: Member, server: Server, *, by: By, by_role: bool = False
) -> bool:
    """An organizer puts somebody on it; whether they were not on it before. ``by_role``: they hold its role anyway."""

    def write(tables: Tables) -> bool:
        _record(tables, guild_id, server, ActKind.JOIN_COMMITTEE, member, by)
        join = partial(committee.put, tables, guild_id, member, by.at)
        done, _ = _change(tables, guild_id, member, by, join, by_role=by_role)
        return done

    return await db.write(write)


async def remove_member(db: Database, guild_id: int, member: Member, server: Server, *, by: By) -> bool:
    """An organizer takes somebody off it; whether they were on it, or still read a case that they lose by this."""

    def write(tables: Tables) -> bool:
        done, moved = _change(tables, guild_id, member, by, lambda: committee.remove(tables, guild_id, member.id))
        there = done or bool(moved)
        if there:
            _record(tables, guild_id, server, ActKind.LEAVE_COMMITTEE, member, by)
        return there

    return await db.write(write)


def _change(
    tables: Tables, guild_id: int, member: Member, by: By, change: Callable[[], bool], *, by_role: bool = False
) -> tuple[bool, list[Case]]:
    """Let them into the open cases that they read from now on, or out; what the change returns, and all such cases.

    Who comes is told how many these are, and whoever reported a case that nobody reads any more hears so. Who leaves
    takes care of none of them any more.
    """
    before = readers.of_person(tables, guild_id, member.id)
    heard = {one.number for one in before if one.stage is not Stage.CLOSED and is_heard(tables, one)}
    done, moved = readers.follow(tables, guild_id, member, by.user, change, by_role=by_role)
    going_on = [case for case in moved if case.stage is not Stage.CLOSED]
    on_it = committee.of_person(tables, guild_id, member.id) is not None
    for case in going_on:
        if not on_it and case.assigned is not None and case.assigned.id == member.id:
            cases.assign(tables, case, None)
            show_anew(tables, case, by.at)
        let_in(tables, case, member.id, by.at, act=by.act)
        if case.number in heard and not is_heard(tables, case):
            say_unheard(tables, case, by.at)
    if going_on and on_it:
        tell_open_cases(tables, guild_id, member.id, by.at, act=by.act)
    return done, moved


def _record(tables: Tables, guild_id: int, server: Server, act: ActKind, member: Member, by: By) -> None:
    record_act(tables, guild_id, server, Entry(by.at, by.user, act, member.name), mark=str(by.act))
