"""How people take part in each guild. Whoever chose nothing has no row."""

from collections.abc import Callable

import msgspec
from sqlite_utils import Database

from bot.domain.attendance import Attends, Settings

#: SQLite would not choose the index by itself, and go through all people of the guild.
_WITH_COPIES = "person INDEXED BY person_with_copies WHERE guild_id = ? AND copies = 1"
_COLUMNS = "attends, copies, closed, dm_channel_id, roles"


def of_person(db: Database, guild_id: int, user_id: int) -> Settings | None:
    """What a person chose; None where they never did."""
    query = f"SELECT {_COLUMNS} FROM person WHERE guild_id = ? AND user_id = ?"
    row = db.execute(query, [guild_id, user_id]).fetchone()
    return _settings(*row) if row else None


def change(db: Database, guild_id: int, user_id: int, to: Callable[[Settings], Settings]) -> Settings:
    """Keep what ``to`` makes of what was chosen before. Call inside a transaction, so that no other choice is lost."""
    settings = to(of_person(db, guild_id, user_id) or Settings())
    put(db, guild_id, user_id, settings)
    return settings


def put(db: Database, guild_id: int, user_id: int, settings: Settings) -> None:
    """Call inside a transaction. Settings that say nothing leave no row."""
    if not settings.says_something:
        db.execute("DELETE FROM person WHERE guild_id = ? AND user_id = ?", [guild_id, user_id])
        return
    db.execute(
        f"INSERT OR REPLACE INTO person(guild_id, user_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            guild_id,
            user_id,
            settings.attends,
            settings.copies,
            settings.closed,
            settings.dm_channel_id,
            _written(settings.roles),
        ],
    )


def holds_other_roles(db: Database, guild_id: int, user_id: int, roles: tuple[int, ...]) -> bool:
    """Whether a person is known to hold other ``roles``. False for whoever has no row. One step into the index."""
    query = "SELECT 1 FROM person WHERE guild_id = ? AND user_id = ? AND roles != ?"
    return db.execute(query, [guild_id, user_id, _written(roles)]).fetchone() is not None


def refresh_roles(db: Database, guild_id: int, user_id: int, roles: tuple[int, ...]) -> None:
    """Note the roles that a person holds now, in rising order; nothing where they have no row. As above."""
    db.execute("UPDATE person SET roles = ? WHERE guild_id = ? AND user_id = ?", [_written(roles), guild_id, user_id])


def close(db: Database, guild_id: int, user_id: int) -> None:
    """Stop the copies for somebody who takes no direct messages any more. Call inside a transaction.

    Each would be refused, and Discord bans a bot for refused requests.
    """
    db.execute(
        "UPDATE person SET copies = 0, closed = 1 WHERE guild_id = ? AND user_id = ? AND copies = 1",
        [guild_id, user_id],
    )


def with_copies(db: Database, guild_id: int) -> dict[int, Settings]:
    """User id -> settings, for everybody in a guild who wants announcements by direct message, in rising order."""
    rows = db.execute(f"SELECT user_id, {_COLUMNS} FROM {_WITH_COPIES} ORDER BY user_id", [guild_id])
    return {user_id: _settings(*rest) for user_id, *rest in rows}


def count_with_copies(db: Database, guild_id: int) -> int:
    """How many in a guild want announcements by direct message. Only they are looked at."""
    return int(db.execute(f"SELECT count(*) FROM {_WITH_COPIES}", [guild_id]).fetchone()[0])


def _written(roles: tuple[int, ...]) -> str:
    return msgspec.json.encode(roles).decode()


def _settings(attends: str | None, copies: int, closed: int, dm_channel_id: int | None, roles: str) -> Settings:
    return Settings(
        Attends(attends) if attends else None,
        bool(copies),
        bool(closed),
        dm_channel_id,
        msgspec.json.decode(roles, type=tuple[int, ...]),
    )
