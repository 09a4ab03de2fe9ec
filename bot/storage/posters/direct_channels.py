"""The direct channels of authors and of those who asked without their name: opened when they wanted to hear there."""

from datetime import datetime

from msgspec import Struct
from sqlite_utils import Database

from bot.storage.delivery.outbox import Op, millis
from bot.storage.delivery.planned import keys_beginning
from bot.storage.posters.author_rows import of_acts, planned_direct


class DirectChannel(Struct, frozen=True):
    """``channel_id`` is None where none was opened. ``closed``: the person takes no messages there."""

    channel_id: int | None = None
    closed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether a message arrived there, and none was refused since."""
        return self.channel_id is not None and not self.closed


def of_person(db: Database, guild_id: int, user_id: int) -> DirectChannel:
    query = "SELECT channel_id, closed FROM direct_channel WHERE guild_id = ? AND user_id = ?"
    found = db.execute(query, [guild_id, user_id]).fetchone()
    return DirectChannel(found[0], bool(found[1])) if found else DirectChannel()


def put(db: Database, guild_id: int, user_id: int, channel: DirectChannel) -> None:
    """Call inside a transaction."""
    db.execute(
        "INSERT OR REPLACE INTO direct_channel(guild_id, user_id, channel_id, closed) VALUES (?, ?, ?, ?)",
        [guild_id, user_id, channel.channel_id, channel.closed],
    )


def close(db: Database, guild_id: int, user_id: int, *, now: datetime) -> None:
    """Write nothing more to somebody who takes no direct messages, until they ask for it. Call inside a transaction.

    Each would be refused, and Discord bans a bot for refused requests. ``now`` is in UTC.
    """
    db.execute(
        "INSERT INTO direct_channel(guild_id, user_id, closed) SELECT ?1, ?2, 1"
        " WHERE EXISTS (SELECT 1 FROM authorship WHERE guild_id = ?1 AND user_id = ?2)"
        " OR EXISTS (SELECT 1 FROM direct_channel WHERE guild_id = ?1 AND user_id = ?2)"
        " ON CONFLICT(guild_id, user_id) DO UPDATE SET closed = 1",
        [guild_id, user_id],
    )
    for keys in (of_acts(user_id), planned_direct(user_id)):
        db.execute(
            "UPDATE outbox SET state = 'cancelled', done_at = ?"
            " WHERE guild_id = ? AND dedupe_key >= ? AND dedupe_key < ? AND op = ? AND state = 'queued'",
            [millis(now), guild_id, *keys_beginning(keys), Op.DM.value],
        )
