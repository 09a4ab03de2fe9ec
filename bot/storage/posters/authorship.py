"""Who the authors of each poster are, of those who said so or were named by an organizer."""

from datetime import datetime

from sqlite_utils import Database

from bot.storage.delivery.outbox import millis


def add(
    db: Database, guild_id: int, poster_id: str, user_id: int, *, at: datetime, given_by: int | None = None
) -> bool:
    """Whether it is new. ``given_by`` is the organizer who said so; ``at`` in UTC. Call inside a transaction."""
    done = db.execute(
        "INSERT OR IGNORE INTO authorship(guild_id, poster_id, user_id, since, given_by) VALUES (?, ?, ?, ?, ?)",
        [guild_id, poster_id, user_id, millis(at), given_by],
    )
    return bool(done.rowcount)


def remove(db: Database, guild_id: int, poster_id: str, user_id: int) -> bool:
    """Whether it was so. Call inside a transaction."""
    query = "DELETE FROM authorship WHERE guild_id = ? AND poster_id = ? AND user_id = ?"
    return bool(db.execute(query, [guild_id, poster_id, user_id]).rowcount)


def is_author(db: Database, guild_id: int, poster_id: str, user_id: int) -> bool:
    query = "SELECT 1 FROM authorship WHERE guild_id = ? AND poster_id = ? AND user_id = ?"
    return db.execute(query, [guild_id, poster_id, user_id]).fetchone() is not None


def of_poster(db: Database, guild_id: int, poster_id: str) -> list[int]:
    """The ids of a poster's authors, who came first first."""
    query = "SELECT user_id FROM authorship WHERE guild_id = ? AND poster_id = ? ORDER BY since, user_id"
    return [user_id for (user_id,) in db.execute(query, [guild_id, poster_id])]


def posters_of(db: Database, guild_id: int, user_id: int) -> list[str]:
    """The ids of the posters that somebody is an author of."""
    query = "SELECT poster_id FROM authorship WHERE guild_id = ? AND user_id = ? ORDER BY since, poster_id"
    return [poster_id for (poster_id,) in db.execute(query, [guild_id, user_id])]
