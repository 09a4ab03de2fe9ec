"""What all authors are told follows the poster sessions: at once where they are few, else a portion at a time.

Each portion is a transaction of its own, so that no question and no vote waits until thousands were planned. How far it
came stands in the database: it goes on from there after a start.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bot.actions.posters.plan_authors import basis_of, plan_all, plan_one
from bot.domain.program import Program
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.database import Database, Tables
from bot.storage.delivery import told
from bot.storage.delivery.outbox import Op, Priority
from bot.storage.delivery.planned import ACT
from bot.storage.posters import author_plans, authors
from bot.storage.posters.author_plans import AuthorPlan

#: Authors that are planned in one transaction: tens of milliseconds.
AT_ONCE = 100
_KEY = f"{ACT}plan:authors"
_USEFUL = timedelta(days=30)


def plan_authors(tables: Tables, guild_id: int, program: Program, now: datetime) -> None:
    """Plan for all authors of a guild, or queue that it is done. Call inside the transaction of the change.

    Nothing is done where it is planned by the same poster sessions already, or is about to be: of most changes they
    know nothing. ``program`` is the one in force in the guild, ``now`` in UTC.
    """
    basis, known = basis_of(program), author_plans.of_guild(tables, guild_id)
    if known is not None and known.basis == basis:
        return
    if not authors.are_more(tables, guild_id, than=AT_ONCE):
        plan_all(tables, guild_id, program, now)
        author_plans.put(tables, guild_id, AuthorPlan(basis))
        return
    author_plans.put(tables, guild_id, AuthorPlan(basis, 0))
    told.anew(
        tables,
        guild_id,
        _KEY,
        Facts(NoticeKind.AUTHOR_PLAN),
        of=0,
        op=Op.PLAN,
        priority=Priority.CHANGE,
        due_at=now,
        expires_at=now + _USEFUL,
    )


async def plan_rest(db: Database, guild_id: int, program: Program, now: Callable[[], datetime]) -> bool:
    """Plan whoever is not planned yet; whether that was by ``program``. Else another one is in force by now.

    Interrupted, it goes on where it was.
    """
    portion = partial(_portion, guild_id=guild_id, program=program, basis=basis_of(program))
    while (more := await db.write(partial(portion, now=now()))) is True:
        pass
    return more is not None


def _portion(tables: Tables, guild_id: int, program: Program, basis: str, now: datetime) -> bool | None:
    """Whether there may be more; None where it is to be planned by other poster sessions than these."""
    known = author_plans.of_guild(tables, guild_id)
    if known is None or known.upto is None:
        return False
    if known.basis != basis:
        return None
    found = authors.behind(tables, guild_id, known.upto, most=AT_ONCE)
    for author in found:
        plan_one(tables, guild_id, author, program, now)
    author_plans.put(tables, guild_id, AuthorPlan(basis, found[-1].user_id if found else None))
    return bool(found)
