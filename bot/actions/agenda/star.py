"""Put something into a person's agenda, or take it out."""

from datetime import datetime

from bot.actions.agenda.plan_personal import plan_person
from bot.domain.agenda import Star
from bot.domain.errors import UsherError
from bot.domain.program import Program
from bot.storage.agenda import stars
from bot.storage.database import Database, Tables

#: Entries in one person's agenda: more than anybody attends, and what a reminder has to look through.
STARS_MOST = 200


async def star(db: Database, guild_id: int, user_id: int, wanted: Star, imported: Program, at: datetime) -> bool:
    """Whether it is new in the agenda; the person's reminders are planned with it, in one transaction.

    ``imported`` is the guild's programme without its live edits, ``at`` the UTC instant. Raises UsherError where the
    agenda is full.
    """

    def write(tables: Tables) -> bool:
        new = stars.add(tables, guild_id, user_id, wanted, at, most=STARS_MOST)
        if new:
            plan_person(tables, guild_id, user_id, imported, now=at)
        return new

    try:
        return await db.write(write)
    except stars.FullError:
        raise UsherError(
            f"Your agenda is full: it holds {STARS_MOST} entries. Remove some with /agenda show, then try again."
        ) from None


async def unstar(db: Database, guild_id: int, user_id: int, unwanted: Star, imported: Program, at: datetime) -> bool:
    """Whether it was in the agenda. Its reminders go with it."""

    def write(tables: Tables) -> bool:
        was = stars.remove(tables, guild_id, user_id, unwanted)
        if was:
            plan_person(tables, guild_id, user_id, imported, now=at)
        return was

    return await db.write(write)
