"""What is kept no longer is removed, each day: in many short transactions, so that nobody's write waits for it."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.actions.privacy.decide import forget
from bot.domain.privacy.retention import Term, before
from bot.domain.program import Program
from bot.storage.database import Database, Tables
from bot.storage.privacy.holding import Leaving
from bot.storage.privacy.holdings import guilds, people_of
from bot.storage.privacy.purges import PURGES, Purge

log = logging.getLogger(__name__)

#: In one transaction: a tenth of a second, or less.
PEOPLE_MOST, ROWS_MOST = 50, 2_000


async def purge(db: Database, program_of: Callable[[int], Program], now: datetime) -> None:
    """Remove, in every guild, what its event's retention gives up at ``now`` (UTC, the programme's clock).

    One that is interrupted leaves the rest for the next. ``program_of`` says which programme a guild follows.
    """
    for guild_id in await db.aside(guilds):
        program = program_of(guild_id)
        people = 0
        if before(program.privacy, Term.PERSONAL, program.event, now) is not None:
            while step := await db.write(partial(_people, guild_id=guild_id, at=now)):
                people += step
        removed = 0
        for term, remove in PURGES.items():
            since = before(program.privacy, term, program.event, now)
            while since is not None and (step := await db.write(partial(_rows, remove, guild_id, since))):
                removed += step
        if people or removed:
            log.info("server %d: %d people forgotten, %d records removed", guild_id, people, removed)


def _people(tables: Tables, *, guild_id: int, at: datetime) -> int:
    found = people_of(tables, guild_id, most=PEOPLE_MOST)
    for user_id in found:
        forget(tables, Leaving(guild_id, user_id, at, time_is_up=True))
    return len(found)


def _rows(remove: Purge, guild_id: int, since: datetime, tables: Tables) -> int:
    return remove(tables, guild_id, since, ROWS_MOST)
