"""The cases of the conduct committee."""

import secrets
from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlite_utils import Database

from bot.domain.conduct.case import KNOWN_FOR, Case, Person, Quoted, Stage, Way
from bot.domain.conduct.numbers import Draw, drawn
from bot.storage.delivery.outbox import instant, millis

_COLUMNS = (
    "guild_id, number, what, place, who, message, reporter, name, stage, way, assigned, assigned_name, reported_at,"
    " closed_at, made_by, quiet"
)
_QUOTED = msgspec.json.Decoder(Quoted)


def add(db: Database, case: Case, *, act: int, draw: Draw = secrets.randbelow) -> Case:
    """Store a case with a number that its server has not given yet. Call inside a transaction.

    ``act`` is the interaction that opened its form.
    """
    given = db.execute("SELECT number FROM conduct_number WHERE guild_id = ?", [case.guild_id]).fetchall()
    number = drawn({one for (one,) in given}, draw)
    db.execute("INSERT INTO conduct_number(guild_id, number) VALUES (?, ?)", [case.guild_id, number])
    db.execute(
        f"INSERT INTO conduct_case({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, ?, NULL, ?, ?)",
        [
            case.guild_id,
            number,
            case.what,
            case.where,
            case.who,
            written(case.message) if case.message else None,
            case.reporter,
            case.name,
            case.stage,
            case.way,
            millis(case.reported_at),
            act,
            case.quiet,
        ],
    )
    shown = [(person.id, person.name, False) for person in case.involved]
    for user_id, name, hidden in [*shown, *((user_id, "", True) for user_id in case.hidden)]:
        db.execute(
            "INSERT OR IGNORE INTO conduct_involved(guild_id, number, user_id, name, hidden) VALUES (?, ?, ?, ?, ?)",
            [case.guild_id, number, user_id, name, hidden],
        )
    stored = of_number(db, case.guild_id, number)
    assert stored is not None
    return stored


def of_number(db: Database, guild_id: int, number: int) -> Case | None:
    return next(iter(_found(db, "guild_id = ? AND number = ?", [guild_id, number])), None)


def of_act(db: Database, act: int) -> list[Case]:
    """What came of one form already."""
    return _found(db, "made_by = ?", [act])


def of_reporter(db: Database, guild_id: int, user_id: int, now: datetime) -> list[Case]:
    """Somebody's own reports, the newest first: those that are open, and those closed a short time before ``now``."""
    where = "reporter = ? AND guild_id = ? AND (closed_at IS NULL OR closed_at > ?) ORDER BY reported_at DESC"
    return _found(db, where, [user_id, guild_id, millis(now - KNOWN_FOR)])


def of_guild(db: Database, guild_id: int) -> list[Case]:
    """All cases: those that are not closed first, of each the newest first."""
    return _found(db, "guild_id = ? ORDER BY stage = 'closed', reported_at DESC", [guild_id])


def open_ones(db: Database, guild_id: int) -> list[Case]:
    """The oldest first."""
    return _found(db, "guild_id = ? AND stage != 'closed' ORDER BY reported_at", [guild_id])


def set_stage(db: Database, case: Case, stage: Stage, at: datetime) -> None:
    """``at`` in UTC. Call inside a transaction."""
    closed = millis(at) if stage is Stage.CLOSED else None
    _set(db, case, "stage = ?, closed_at = ?", [stage, closed])


def set_way(db: Database, case: Case, way: Way) -> None:
    """Call inside a transaction."""
    _set(db, case, "way = ?", [way])


def assign(db: Database, case: Case, to: Person | None) -> None:
    """``to`` is who takes care of it. Call inside a transaction."""
    _set(db, case, "assigned = ?, assigned_name = ?", [to.id, to.name] if to is not None else [None, None])


def reporter_of(db: Database, guild_id: int, number: int) -> int | None:
    """The id of whoever reported; None once nobody may know any more."""
    query = "SELECT reporter FROM conduct_case WHERE guild_id = ? AND number = ?"
    found = db.execute(query, [guild_id, number]).fetchone()
    return found[0] if found else None


def written(message: Quoted) -> str:
    return msgspec.json.encode(message).decode()


def quoted(stored: str) -> Quoted:
    return _QUOTED.decode(stored)


def _set(db: Database, case: Case, what: str, values: Sequence[object]) -> None:
    query = f"UPDATE conduct_case SET {what} WHERE guild_id = ? AND number = ?"
    db.execute(query, [*values, case.guild_id, case.number])


def _found(db: Database, where: str, values: list[object]) -> list[Case]:
    rows = db.execute(f"SELECT {_COLUMNS} FROM conduct_case WHERE {where}", values).fetchall()
    return [_case(db, *row) for row in rows]


def _case(
    db: Database,
    guild_id: int,
    number: int,
    what: str,
    where: str,
    who: str,
    message: str | None,
    reporter: int | None,
    name: str | None,
    stage: str,
    way: str,
    assigned: int | None,
    assigned_name: str | None,
    reported_at: int,
    closed_at: int | None,
    _: int,
    quiet: int,
) -> Case:
    query = "SELECT user_id, name, hidden FROM conduct_involved WHERE guild_id = ? AND number = ? ORDER BY user_id"
    people = db.execute(query, [guild_id, number]).fetchall()
    files = "SELECT place FROM conduct_file WHERE guild_id = ? AND number = ? ORDER BY place"
    return Case(
        guild_id,
        number,
        what,
        where,
        who,
        tuple(Person(user_id, called) for user_id, called, hidden in people if not hidden),
        quoted(message) if message else None,
        reporter,
        name,
        Stage(stage),
        Way(way),
        None if assigned is None else Person(assigned, assigned_name or ""),
        instant(reported_at),
        None if closed_at is None else instant(closed_at),
        tuple(user_id for user_id, _, hidden in people if hidden),
        tuple(place for (place,) in db.execute(files, [guild_id, number])),
        bool(quiet),
    )
