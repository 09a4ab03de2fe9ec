"""Cards that people shared into channels."""

from datetime import datetime

from msgspec import Struct
from sqlite_utils import Database


class SharedCard(Struct, frozen=True):
    """``lookup`` is the encoded question the card answers; ``shared_at`` is in UTC."""

    message_id: int
    guild_id: int
    channel_id: int
    user_id: int
    lookup: str
    shared_at: datetime


def add(db: Database, card: SharedCard) -> None:
    """Remember a posted card. Call inside a transaction."""
    db.execute(
        "INSERT INTO shared_card(message_id, guild_id, channel_id, user_id, lookup, shared_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [card.message_id, card.guild_id, card.channel_id, card.user_id, card.lookup, card.shared_at.isoformat()],
    )


def of_guild(db: Database, guild_id: int) -> list[SharedCard]:
    """A guild's shared cards, oldest first."""
    return _found(db, "guild_id = ?", [guild_id])


def of_person(db: Database, guild_id: int, user_id: int) -> list[SharedCard]:
    """What one person shared in a guild, oldest first."""
    return _found(db, "guild_id = ? AND user_id = ?", [guild_id, user_id])


def _found(db: Database, where: str, values: list[int]) -> list[SharedCard]:
    rows = db.query(f"SELECT * FROM shared_card WHERE {where} ORDER BY message_id", values)
    return [SharedCard(**{**row, "shared_at": datetime.fromisoformat(row["shared_at"])}) for row in rows]
