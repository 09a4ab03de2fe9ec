"""The one-time codes with which authors claim their posters, and the wrong ones that were tried."""

from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from bot.domain.posters.claim import ClaimCode
from bot.storage.delivery.outbox import instant, millis

_COLUMNS = "code, poster_id, author, used_by"


def of_guild(db: Database, guild_id: int) -> list[ClaimCode]:
    rows = db.execute(f"SELECT {_COLUMNS} FROM claim_code WHERE guild_id = ?", [guild_id])
    return [ClaimCode(*row) for row in rows]


def of_code(db: Database, guild_id: int, code: str) -> ClaimCode | None:
    found = db.execute(f"SELECT {_COLUMNS} FROM claim_code WHERE guild_id = ? AND code = ?", [guild_id, code])
    row = found.fetchone()
    return ClaimCode(*row) if row else None


def add(db: Database, guild_id: int, codes: Iterable[ClaimCode]) -> None:
    """Call inside a transaction."""
    db.conn.executemany(
        "INSERT INTO claim_code(guild_id, code, poster_id, author) VALUES (?, ?, ?, ?)",
        [[guild_id, code.code, code.poster_id, code.author] for code in codes],
    )


def use(db: Database, guild_id: int, code: ClaimCode, user_id: int, *, at: datetime) -> None:
    """``at`` in UTC. Call inside a transaction."""
    query = "UPDATE claim_code SET used_by = ?, used_at = ? WHERE guild_id = ? AND code = ?"
    db.execute(query, [user_id, millis(at), guild_id, code.code])


def forget_used(db: Database, guild_id: int, poster_id: str, user_id: int) -> None:
    """Whoever used a code for this poster knows it: the next list has another. Call inside a transaction."""
    query = "DELETE FROM claim_code WHERE guild_id = ? AND poster_id = ? AND used_by = ?"
    db.execute(query, [guild_id, poster_id, user_id])


def tried(db: Database, guild_id: int, user_id: int, since: datetime) -> list[datetime]:
    """When somebody typed a wrong code after an instant. All in UTC."""
    query = "SELECT at FROM claim_try WHERE guild_id = ? AND user_id = ? AND at > ?"
    return [instant(at) for (at,) in db.execute(query, [guild_id, user_id, millis(since)])]


def note_try(db: Database, guild_id: int, user_id: int, act: int, at: datetime, *, keep_since: datetime) -> None:
    """A wrong code was typed; what was tried before ``keep_since`` is forgotten. Call inside a transaction."""
    db.execute(
        "DELETE FROM claim_try WHERE guild_id = ? AND user_id = ? AND at <= ?", [guild_id, user_id, millis(keep_since)]
    )
    query = "INSERT OR IGNORE INTO claim_try(guild_id, user_id, act, at) VALUES (?, ?, ?, ?)"
    db.execute(query, [guild_id, user_id, act, millis(at)])
