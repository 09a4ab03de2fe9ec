"""What was done with each case, and what both sides wrote."""

from datetime import datetime

from sqlite_utils import Database

from bot.domain.conduct.case import Case, Entry, Person, Step
from bot.storage.delivery.outbox import instant, millis

_COLUMNS = "id, step, member, name, text, at"


def add(db: Database, case: Case, step: Step, *, by: Person | None, text: str, at: datetime, act: int) -> Entry:
    """``by`` is one of the committee, ``act`` the interaction that did it or opened its form, ``at`` in UTC.

    Call inside a transaction.
    """
    member, name = (by.id, by.name) if by else (None, None)
    db.execute(
        "INSERT INTO conduct_entry(guild_id, number, step, member, name, text, at, made_by)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [case.guild_id, case.number, step, member, name, text, millis(at), act],
    )
    (found,) = _found(db, "id = last_insert_rowid()", [])
    return found


def of_case(db: Database, guild_id: int, number: int) -> list[Entry]:
    """In the order in which they were made."""
    return _found(db, "guild_id = ? AND number = ? ORDER BY id", [guild_id, number])


def of_id(db: Database, guild_id: int, number: int, entry_id: int) -> Entry | None:
    """None for one of another case, too."""
    found = _found(db, "id = ? AND guild_id = ? AND number = ?", [entry_id, guild_id, number])
    return found[0] if found else None


def of_act(db: Database, case: Case, act: int) -> list[Entry]:
    """What this interaction or form did with the case already."""
    where = "guild_id = ? AND number = ? AND made_by = ? ORDER BY id"
    return _found(db, where, [case.guild_id, case.number, act])


def _found(db: Database, where: str, values: list[object]) -> list[Entry]:
    rows = db.execute(f"SELECT {_COLUMNS} FROM conduct_entry WHERE {where}", values)
    return [
        Entry(id_, Step(step), None if member is None else Person(member, name or ""), text, instant(at))
        for id_, step, member, name, text, at in rows
    ]
