"""Announcements as organizers wrote them, with the pictures that belong to them."""

from datetime import datetime
from typing import Any

import msgspec
from sqlite_utils import Database

from bot.domain.announce.announcement import Announcement, Content, Stage
from bot.storage.delivery.outbox import instant, millis

_CONTENT = msgspec.json.Decoder(Content)
_KEPT = "guild_id = ? AND stage != 'dropped'"
_COLUMNS = "id, guild_id, stage, revision, content, author, changed_by, changed_at"


def add(db: Database, guild_id: int, content: Content, *, by: int, at: datetime, act: int) -> Announcement:
    """Store a draft; the known one where the same ``act`` (an interaction's id) made it before.

    ``at`` is in UTC. Call inside a transaction.
    """
    db.execute(
        "INSERT OR IGNORE INTO announcement"
        "(guild_id, stage, revision, content, author, changed_by, changed_at, made_by)"
        " VALUES (?, ?, 1, ?, ?, ?, ?, ?)",
        [guild_id, Stage.DRAFT, _encoded(content), by, by, millis(at), act],
    )
    return _one(db, "made_by = ?", [act])


def of_id(db: Database, guild_id: int, announcement_id: int) -> Announcement | None:
    """None for one of another guild, too."""
    rows = _found(db, "id = ? AND guild_id = ?", [announcement_id, guild_id])
    return rows[0] if rows else None


def of_guild(db: Database, guild_id: int, *, skip: int, most: int) -> list[Announcement]:
    """All but dropped drafts, the one that was changed last first."""
    return _found(db, f"{_KEPT} ORDER BY changed_at DESC, id DESC LIMIT ? OFFSET ?", [guild_id, most, skip])


def count(db: Database, guild_id: int) -> int:
    """How many of those there are."""
    (found,) = db.execute(f"SELECT count(*) FROM announcement WHERE {_KEPT}", [guild_id]).fetchone()
    return int(found)


def put(
    db: Database,
    before: Announcement,
    *,
    by: int,
    at: datetime,
    stage: Stage | None = None,
    content: Content | None = None,
) -> Announcement | None:
    """Give ``before`` another stage or content; None where somebody changed it since. Call inside a transaction."""
    done = db.execute(
        "UPDATE announcement SET stage = ?, content = ?, revision = revision + 1, changed_by = ?, changed_at = ?"
        " WHERE id = ? AND revision = ?",
        [stage or before.stage, _encoded(content or before.content), by, millis(at), before.id, before.revision],
    )
    return _one(db, "id = ?", [before.id]) if done.rowcount else None


def picture(db: Database, announcement_id: int) -> bytes | None:
    found = db.execute("SELECT content FROM picture WHERE announcement = ?", [announcement_id]).fetchone()
    return bytes(found[0]) if found else None


def put_picture(db: Database, announcement_id: int, content: bytes | None) -> None:
    """None takes it away. Call inside a transaction."""
    if content is None:
        db.execute("DELETE FROM picture WHERE announcement = ?", [announcement_id])
    else:
        db.execute("INSERT OR REPLACE INTO picture VALUES (?, ?)", [announcement_id, content])


def by_session(db: Database, guild_id: int) -> list[Announcement]:
    """Those that are to go out by a session's time."""
    return _found(
        db,
        "guild_id = ? AND stage IN ('confirmed', 'paused') AND json_extract(content, '$.when.session') IS NOT NULL",
        [guild_id],
    )


def _one(db: Database, where: str, values: list[Any]) -> Announcement:
    (found,) = _found(db, where, values)
    return found


def _found(db: Database, where: str, values: list[Any]) -> list[Announcement]:
    rows = db.execute(f"SELECT {_COLUMNS} FROM announcement WHERE {where}", values)
    return [
        Announcement(
            id_, guild_id, Stage(stage), revision, _CONTENT.decode(content), author, changed_by, instant(changed_at)
        )
        for id_, guild_id, stage, revision, content, author, changed_by, changed_at in rows
    ]


def _encoded(content: Content) -> str:
    return msgspec.json.encode(content).decode()
