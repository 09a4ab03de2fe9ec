"""The posters that people have visited."""

from sqlite_utils import Database


def add(db: Database, guild_id: int, user_id: int, poster_id: str) -> bool:
    """Whether it is new. Call inside a transaction."""
    query = "INSERT OR IGNORE INTO visit(guild_id, user_id, poster_id) VALUES (?, ?, ?)"
    return bool(db.execute(query, [guild_id, user_id, poster_id]).rowcount)


def remove(db: Database, guild_id: int, user_id: int, poster_id: str) -> bool:
    """Whether it was so. Call inside a transaction."""
    query = "DELETE FROM visit WHERE guild_id = ? AND user_id = ? AND poster_id = ?"
    return bool(db.execute(query, [guild_id, user_id, poster_id]).rowcount)


def of_person(db: Database, guild_id: int, user_id: int) -> set[str]:
    """The ids of the posters that somebody has visited."""
    rows = db.execute("SELECT poster_id FROM visit WHERE guild_id = ? AND user_id = ?", [guild_id, user_id])
    return {poster_id for (poster_id,) in rows}
