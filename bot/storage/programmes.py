"""Published programmes, and which event each guild follows."""

from datetime import datetime

from sqlite_utils import Database

from bot.domain.program import Program
from bot.storage import codec

#: As bytes: several megabytes of text need not become a string to be decoded.
_CONTENT = "CAST(content AS BLOB) AS content"


def newest(db: Database, event_id: str) -> Program | None:
    """The version in force of an event. None if there is none, or an older release stored it in another shape."""
    query = f"SELECT {_CONTENT}, fingerprint FROM programme WHERE event_id = ? ORDER BY id DESC LIMIT 1"
    for row in db.query(query, [event_id]):
        if row["fingerprint"].startswith(f"{codec.FORMAT}:"):
            return codec.decode(row["content"])
    return None


def by_fingerprint(db: Database, fingerprint: str) -> Program | None:
    """The programme read from exactly these files by this release, if it is the one in force for its event."""
    rows = list(
        db.query(
            f"SELECT {_CONTENT} FROM programme WHERE fingerprint = ?"
            " AND id = (SELECT max(id) FROM programme AS other WHERE other.event_id = programme.event_id)",
            [f"{codec.FORMAT}:{fingerprint}"],
        )
    )
    return codec.decode(rows[0]["content"]) if rows else None


def add(db: Database, program: Program, *, fingerprint: str, at: datetime, by: str) -> None:
    """Store a new version. Call inside a transaction."""
    db.execute(
        "INSERT INTO programme(event_id, fingerprint, content, published_at, published_by) VALUES (?, ?, ?, ?, ?)",
        [program.event.id, f"{codec.FORMAT}:{fingerprint}", codec.encode(program), at.isoformat(), by],
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
