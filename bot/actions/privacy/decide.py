"""Somebody looks at what is stored about them, or deletes it."""

from msgspec import Struct

from bot.actions.privacy.retell import retell
from bot.domain.audit import By
from bot.storage.database import Database, Tables
from bot.storage.privacy.holding import Entry, Fate, Holding, Leaving
from bot.storage.privacy.holdings import HOLDINGS


class Held(Struct, frozen=True):
    """What there is of one kind."""

    holding: Holding
    entries: tuple[Entry, ...]


async def held(db: Database, guild_id: int, user_id: int) -> list[Held]:
    """Everything that is stored about a person in a guild: every kind, also those of which there is nothing."""

    def look(tables: Tables) -> list[Held]:
        return [Held(one, tuple(one.of_person(tables, guild_id, user_id))) for one in HOLDINGS]

    return await db.aside(look)


async def delete_data(db: Database, guild_id: int, *, by: By) -> list[tuple[Holding, int]]:
    """Forget a person in a guild, in one transaction; each kind that something was forgotten of, with how much.

    What shows their name is edited. Doing it again changes nothing.
    """

    def write(tables: Tables) -> list[tuple[Holding, int]]:
        return forget(tables, Leaving(guild_id, by.user, by.at))

    return await db.write(write)


def forget(tables: Tables, who: Leaving) -> list[tuple[Holding, int]]:
    """See ``delete_data``. Call inside a transaction."""
    retell(tables, who)
    going = [one for one in HOLDINGS if who.time_is_up or one.fate is not Fate.STAYS]
    done = [(one, one.forget(tables, who)) for one in going if one.forget is not None]
    return [(one, number) for one, number in done if number]
