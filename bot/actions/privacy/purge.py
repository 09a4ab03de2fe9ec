"""What is kept no longer is removed, each day: in many short transactions, so that nobody's write waits for it."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from bot.actions.privacy.decide import forget
from bot.domain.privacy.retention import Term, before
from bot.domain.program import Program
from bot.storage.conduct.retention import let_go
from bot.storage.database import Database, Tables
from bot.storage.privacy.holding import Leaving
from bot.storage.privacy.holdings import guilds, people_of
from bot.storage.privacy.purges import PURGES, Purge

log = logging.getLogger(__name__)

#: In one transaction: a tenth of a second with a hundred thousand rows.
PEOPLE_MOST, ROWS_MOST = 20, 1_000


async def purge(db: Database, program_of: Callable[[int], Program], now: datetime) -> None:
    """Forget who reported what was closed long enough before ``now`` (UTC, the programme's clock), and remove, in every
    guild, what its event's retention gives up then.

    One that is interrupted leaves the rest for the next. ``program_of`` says which programme a guild follows.
    """
    # First, so that nothing keeps it from being done: nobody is to learn from the backup who reported something.
    await db.write(lambda tables: let_go(tables, now))
    for guild_id in await db.aside(guilds):
        program = program_of(guild_id)
        people = 0
        if before(program.privacy, Term.PERSONAL, program.event, now) is not None:
            people = await _forget_everybody(db, guild_id, now)
        removed = 0
        for term, remove in PURGES.items():
            since = before(program.privacy, term, program.event, now)
            while since is not None and (step := await db.write(partial(_rows, remove, guild_id, since))):
                removed += step
        if people or removed:
            log.info("server %d: %d people forgotten, %d records removed", guild_id, people, removed)


async def _forget_everybody(db: Database, guild_id: int, now: datetime) -> int:
    """Of how many people something was kept. Who comes meanwhile goes the next day."""
    found = await db.aside(partial(people_of, guild_id=guild_id))
    for first in range(0, len(found), PEOPLE_MOST):
        await db.write(partial(_forget, guild_id, found[first : first + PEOPLE_MOST], now))
    return len(found)


def _forget(guild_id: int, people: Sequence[int], at: datetime, tables: Tables) -> None:
    for user_id in people:
        forget(tables, Leaving(guild_id, user_id, at, time_is_up=True))


def _rows(remove: Purge, guild_id: int, since: datetime, tables: Tables) -> int:
    return remove(tables, guild_id, since, ROWS_MOST)
