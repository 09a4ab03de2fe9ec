"""Published programmes: every version of each event, and which event each guild follows."""

from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlite_utils import Database

from bot.domain.program import Program
from bot.storage import codec

#: As bytes: several megabytes of text need not become a string to be decoded.
_CONTENT = "CAST(content AS BLOB) AS content"


class Version(Struct, frozen=True):
    """A programme as it was published. ``id`` grows with each version, over all events."""

    id: int
    program: Program


class Manner(Struct, frozen=True):
    """How a version is taken: ``files_win`` over live edits that they contradict; ``quiet``: nobody is told.

    ``guild`` is the server for which that holds alone, None where it holds for all.
    """

    files_win: bool = False
    quiet: bool = False
    guild: int | None = None


class Publication(Struct, frozen=True):
    """Who published a version: a person's id, a program or a folder. ``guild`` is theirs where it was a person."""

    id: int
    by: str
    guild: int | None


def newest(db: Database, event_id: str) -> Version | None:
    """The version in force of an event. None if there is none, or an older release stored it in another shape."""
    query = f"SELECT id, {_CONTENT}, fingerprint FROM programme WHERE event_id = ? ORDER BY id DESC LIMIT 1"
    return next((version for row in db.query(query, [event_id]) if (version := _readable(row))), None)


def of_id(db: Database, version_id: int) -> Program | None:
    """What a version holds. None as for ``newest``."""
    query = f"SELECT id, {_CONTENT}, fingerprint FROM programme WHERE id = ?"
    return next((version.program for row in db.query(query, [version_id]) if (version := _readable(row))), None)


def by_fingerprint(db: Database, fingerprint: str) -> Version | None:
    """The programme read from exactly these files by this release, if it is the one in force for its event."""
    rows = db.query(
        f"SELECT id, {_CONTENT}, fingerprint FROM programme WHERE fingerprint = ?"
        " AND id = (SELECT max(id) FROM programme AS other WHERE other.event_id = programme.event_id)",
        [f"{codec.FORMAT}:{fingerprint}"],
    )
    return next((version for row in rows if (version := _readable(row))), None)


def newest_ids(db: Database) -> dict[str, int]:
    """Event id -> the id of its version in force."""
    rows = db.query("SELECT event_id, max(id) AS id FROM programme GROUP BY event_id")
    return {row["event_id"]: row["id"] for row in rows}


def add(
    db: Database, program: Program, *, fingerprint: str, at: datetime, by: str, manner: Manner | None = None
) -> Version:
    """Store a new version. Call inside a transaction."""
    how = manner or Manner()
    done = db.execute(
        "INSERT INTO programme"
        "(event_id, fingerprint, content, published_at, published_by, files_win, quiet, manner_of)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            program.event.id,
            f"{codec.FORMAT}:{fingerprint}",
            codec.encode(program),
            at.isoformat(),
            by,
            how.files_win,
            how.quiet,
            how.guild,
        ],
    )
    return Version(done.lastrowid or 0, program)


def manner_between(db: Database, guild_id: int, event_id: str, after: int, to: int) -> Manner:
    """How a guild takes the versions of an event from ``after`` (not included) to ``to`` in one step.

    The files win if they do in one of them; it is quiet if all of them are.
    """
    query = (
        "SELECT max(files_win AND concerned), min(quiet AND concerned) FROM"
        " (SELECT files_win, quiet, manner_of IS NULL OR manner_of = ? AS concerned FROM programme"
        " WHERE event_id = ? AND id > ? AND id <= ?)"
    )
    files_win, quiet = db.execute(query, [guild_id, event_id, after, to]).fetchone()
    return Manner(bool(files_win), bool(quiet))


def published_between(db: Database, event_id: str, after: int, to: int) -> list[Publication]:
    """The versions of an event from ``after`` (not included) to ``to``, in order."""
    query = "SELECT id, published_by, manner_of FROM programme WHERE event_id = ? AND id > ? AND id <= ? ORDER BY id"
    return [Publication(*row) for row in db.execute(query, [event_id, after, to]).fetchall()]


def told_version(db: Database, guild_id: int) -> int | None:
    """The id of the version that a guild was told of last; None for one that has not seen any."""
    found = db.execute("SELECT programme_id FROM guild WHERE guild_id = ?", [guild_id]).fetchone()
    return found[0] if found else None


def set_told_version(db: Database, guild_id: int, version_id: int) -> None:
    """Call inside the transaction that tells a guild."""
    db.execute(
        "INSERT INTO guild(guild_id, programme_id) VALUES (?, ?)"
        " ON CONFLICT(guild_id) DO UPDATE SET programme_id = excluded.programme_id",
        [guild_id, version_id],
    )


def events_of_guilds(db: Database) -> dict[int, str]:
    """Guild id -> event id, for the guilds that chose one."""
    rows = db.query("SELECT guild_id, event_id FROM guild WHERE event_id IS NOT NULL")
    return {row["guild_id"]: row["event_id"] for row in rows}


def set_event(db: Database, guild_id: int, event_id: str | None) -> None:
    """Let a guild follow an event, or the default one (None). Call inside a transaction."""
    db.execute(
        "INSERT INTO guild(guild_id, event_id) VALUES (?, ?)"
        " ON CONFLICT(guild_id) DO UPDATE SET event_id = excluded.event_id",
        [guild_id, event_id],
    )


def _readable(row: dict[str, Any]) -> Version | None:
    if not row["fingerprint"].startswith(f"{codec.FORMAT}:"):
        return None
    return Version(row["id"], codec.decode(row["content"]))
