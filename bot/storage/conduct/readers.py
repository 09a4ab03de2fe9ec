"""Who reads a case: all of the committee whom it does not concern.

A change to the committee goes past the cases in which whoever made it is involved: these have readers by way of
exception, who are not on the committee any more, and some of the committee do not read them.
"""

from collections.abc import Callable

from sqlite_utils import Database

from bot.domain.conduct.case import Case, Member, Stage
from bot.storage.conduct import cases, committee

_HERE = "guild_id = ? AND number = ?"


def of_case(db: Database, case: Case) -> list[Member]:
    """Who is on the committee, who came first first; then who is on it no longer."""
    query = f"SELECT user_id, name, reads FROM conduct_reader WHERE {_HERE} ORDER BY user_id"
    exceptions = {user_id: (name, reads) for user_id, name, reads in db.execute(query, [case.guild_id, case.number])}
    members = committee.of_guild(db, case.guild_id)
    found = [one for one in members if one.id not in exceptions]
    found += [Member(user_id, name) for user_id, (name, reads) in exceptions.items() if reads]
    return [one for one in found if not case.concerns(one.id)]


def as_shown(db: Database, case: Case) -> list[Member]:
    """Who reads it, as far as whoever reported may learn it: also who of the committee is left out without being shown.

    Otherwise it would show who wrote without a name, by nobody being there who reads it.
    """
    hidden = [committee.of_person(db, case.guild_id, user_id) for user_id in case.hidden]
    return [*of_case(db, case), *(one for one in hidden if one is not None)]


def may_read(db: Database, case: Case, user_id: int, *, member: bool) -> bool:
    """``member``: they are on the committee now."""
    if case.concerns(user_id):
        return False
    made = exception(db, case, user_id)
    return member if made is None else made


def exception(db: Database, case: Case, user_id: int) -> bool | None:
    """Whether somebody reads it whatever the committee is; None where just that decides."""
    query = f"SELECT reads FROM conduct_reader WHERE {_HERE} AND user_id = ?"
    found = db.execute(query, [case.guild_id, case.number, user_id]).fetchone()
    return bool(found[0]) if found else None


def still_reads(db: Database, guild_id: int, user_id: int) -> bool:
    """Whether somebody reads a case also where they are not on the committee."""
    query = "SELECT 1 FROM conduct_reader WHERE guild_id = ? AND user_id = ? AND reads LIMIT 1"
    return db.execute(query, [guild_id, user_id]).fetchone() is not None


def of_person(db: Database, guild_id: int, user_id: int) -> list[Case]:
    """The cases that somebody reads, as far as is known who is on the committee, in the order of ``cases.of_guild``."""
    member = committee.of_person(db, guild_id, user_id) is not None
    return [one for one in cases.of_guild(db, guild_id) if may_read(db, one, user_id, member=member)]


def open_to(db: Database, guild_id: int, user_id: int) -> int:
    """How many cases that are not closed they read."""
    return len([one for one in of_person(db, guild_id, user_id) if one.stage is not Stage.CLOSED])


def follow(
    db: Database, guild_id: int, member: Member, by: int, change: Callable[[], bool], *, by_role: bool = False
) -> tuple[bool, list[Case]]:
    """Make a ``change`` to whether somebody is on the committee, which ``by`` wants.

    What it returns, and the cases that they came to read by it, or do not read any more. ``by_role``: they hold the
    committee's role, and so read its cases already, though nobody had heard of them. Call inside a transaction.
    """
    before = {one.number for one in of_person(db, guild_id, member.id)}
    done = change()
    on_it = committee.of_person(db, guild_id, member.id) is not None
    moved = []
    for case in cases.of_guild(db, guild_id):
        if case.concerns(member.id):
            continue
        known = case.number in before
        read = known or (by_role and exception(db, case, member.id) is not False)
        db.execute(f"DELETE FROM conduct_reader WHERE {_HERE} AND user_id = ?", [guild_id, case.number, member.id])
        if read != on_it and case.concerns(by):
            db.execute(
                "INSERT INTO conduct_reader(guild_id, number, user_id, name, reads) VALUES (?, ?, ?, ?, ?)",
                [guild_id, case.number, member.id, member.name, read],
            )
        elif known != on_it:
            moved.append(case)
    return done, moved
