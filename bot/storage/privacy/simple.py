"""A table in which a person has rows of their own, and nothing else depends on them: how it is read and emptied."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlite_utils import Database

from bot.storage.delivery.outbox import instant
from bot.storage.privacy.holding import Entry, Leaving, written


def entries(
    table: str, fields: Mapping[str, str], *, person: str = "user_id"
) -> Callable[[Database, int, int], list[Entry]]:
    """For ``Holding.of_person``: a column, or an expression, for each name in the file; in the order of the first ones.

    ``person`` is the column with the person's id. What is named ``since`` or ends with ``_at`` is an instant, in
    milliseconds since 1970 in UTC.
    """
    order = ", ".join(str(place + 1) for place in range(len(fields)))
    query = f"SELECT {', '.join(fields.values())} FROM {table} WHERE guild_id = ? AND {person} = ? ORDER BY {order}"

    def read(db: Database, guild_id: int, user_id: int) -> list[Entry]:
        rows = db.execute(query, [guild_id, user_id])
        return [{name: _shown(name, value) for name, value in zip(fields, row, strict=True)} for row in rows]

    return read


def removed(table: str, *, person: str = "user_id") -> Callable[[Database, Leaving], int]:
    """For ``Holding.forget``: the person's rows are deleted."""

    def forget(db: Database, who: Leaving) -> int:
        query = f"DELETE FROM {table} WHERE guild_id = ? AND {person} = ?"
        return db.execute(query, [who.guild_id, who.user_id]).rowcount

    return forget


def everybody(table: str, *, person: str = "user_id") -> str:
    """For ``Holding.people``."""
    return f"SELECT {person} AS user_id FROM {table} WHERE guild_id = :guild AND {person} IS NOT NULL"


def _shown(name: str, value: Any) -> object:
    return written(instant(value)) if value is not None and (name == "since" or name.endswith("_at")) else value
