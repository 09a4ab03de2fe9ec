"""Who said that they are at the board of a poster, in which session."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from bot.storage.delivery.outbox import millis

#: The ids of a session and of a poster that somebody is at the board of.
AtBoard = frozenset[tuple[str, str]]


def add(db: Database, guild_id: int, session_id: str, posters: Iterable[str], user_id: int, *, at: datetime) -> bool:
    """Whether it is new. ``at`` in UTC. Call inside a transaction."""
    query = "INSERT OR IGNORE INTO at_board(guild_id, session_id, poster_id, user_id, at) VALUES (?, ?, ?, ?, ?)"
    done = [db.execute(query, [guild_id, session_id, poster, user_id, millis(at)]).rowcount for poster in posters]
    return any(done)


def remove(db: Database, guild_id: int, session_id: str, user_id: int) -> bool:
    """From all boards of a session; whether they were at one. Call inside a transaction."""
    query = "DELETE FROM at_board WHERE guild_id = ? AND session_id = ? AND user_id = ?"
    return bool(db.execute(query, [guild_id, session_id, user_id]).rowcount)


def forget(db: Database, guild_id: int, poster_id: str, user_id: int) -> None:
    """Of somebody who is no author of the poster any more. Call inside a transaction."""
    query = "DELETE FROM at_board WHERE guild_id = ? AND poster_id = ? AND user_id = ?"
    db.execute(query, [guild_id, poster_id, user_id])


def is_there(db: Database, guild_id: int, session_id: str, user_id: int) -> bool:
    query = "SELECT 1 FROM at_board WHERE guild_id = ? AND session_id = ? AND user_id = ?"
    return db.execute(query, [guild_id, session_id, user_id]).fetchone() is not None


def of_guild(db: Database, guild_id: int) -> AtBoard:
    return frozenset(db.execute("SELECT session_id, poster_id FROM at_board WHERE guild_id = ?", [guild_id]))


def of_all(db: Database) -> dict[int, AtBoard]:
    """Guild id -> who is where, for the guilds in which somebody is."""
    found: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    for guild_id, session_id, poster_id in db.execute("SELECT guild_id, session_id, poster_id FROM at_board"):
        found[guild_id].add((session_id, poster_id))
    return {guild_id: frozenset(pairs) for guild_id, pairs in found.items()}
