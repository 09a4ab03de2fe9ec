"""Who is on the conduct committee of each server, as far as is known: who holds its role is known once they act."""

from datetime import datetime

from sqlite_utils import Database

from bot.domain.conduct.case import Member
from bot.storage.delivery.outbox import millis

_COLUMNS = "user_id, name, given_by"


def put(db: Database, guild_id: int, member: Member, since: datetime) -> bool:
    """Whether they are new. One whom an organizer named stays so. ``since`` in UTC. Call inside a transaction."""
    done = db.execute(
        "INSERT OR IGNORE INTO conduct_committee(guild_id, user_id, name, since, given_by) VALUES (?, ?, ?, ?, ?)",
        [guild_id, member.id, member.name, millis(since), member.given_by],
    )
    if not done.rowcount:
        query = (
            "UPDATE conduct_committee SET name = ?, given_by = coalesce(?, given_by) WHERE guild_id = ? AND user_id = ?"
        )
        db.execute(query, [member.name, member.given_by, guild_id, member.id])
    return bool(done.rowcount)


def remove(db: Database, guild_id: int, user_id: int) -> bool:
    """Whether they were on it. Call inside a transaction."""
    query = "DELETE FROM conduct_committee WHERE guild_id = ? AND user_id = ?"
    return bool(db.execute(query, [guild_id, user_id]).rowcount)


def of_person(db: Database, guild_id: int, user_id: int) -> Member | None:
    query = f"SELECT {_COLUMNS} FROM conduct_committee WHERE guild_id = ? AND user_id = ?"
    found = db.execute(query, [guild_id, user_id]).fetchone()
    return Member(*found) if found else None


def of_guild(db: Database, guild_id: int) -> list[Member]:
    """Who came first first."""
    query = f"SELECT {_COLUMNS} FROM conduct_committee WHERE guild_id = ? ORDER BY since, user_id"
    return [Member(*row) for row in db.execute(query, [guild_id])]
