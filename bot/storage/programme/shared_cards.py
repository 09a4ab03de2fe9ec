"""Cards that people shared into channels."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class SharedCard:
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
    rows = db.query("SELECT * FROM shared_card WHERE guild_id = ? ORDER BY message_id", [guild_id])
    return [SharedCard(**{**row, "shared_at": datetime.fromisoformat(row["shared_at"])}) for row in rows]
