"""To which authors the bot gave the role of authors, and the rows of the outbox that see to it: one for each person.

A row says whom it concerns by ``Holder.id``, and not what to do: that is decided when it is delivered.
"""

from datetime import datetime, timedelta

from msgspec import Struct
from sqlite_utils import Database

from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.delivery import told
from bot.storage.delivery.outbox import Op, Priority, Row
from bot.storage.delivery.planned import ACT

#: A role is of use for as long as people come back to an event.
_USEFUL = timedelta(days=30)
_WAITS = "state IN ('queued', 'leased', 'paused')"
_HAS_POSTERS = "SELECT 1 FROM authorship WHERE guild_id = author_role.guild_id AND user_id = author_role.user_id"
#: Who is no author and may hold a role of the bot's still, since Discord did not let it take that back: not while the
#: bot is about to, or does.
LEFT = (
    f"guild_id = :guild AND NOT EXISTS ({_HAS_POSTERS}) AND NOT EXISTS (SELECT 1 FROM outbox"
    f" WHERE outbox.guild_id = author_role.guild_id AND dedupe_key = '{ACT}role:' || author_role.id AND {_WAITS})"
)


class Holder(Struct, frozen=True):
    """``role_id`` is the role that the bot gave, or is giving; None where it gave none. ``is_author`` by now."""

    id: int
    user_id: int
    role_id: int | None
    is_author: bool


def follow(db: Database, guild_id: int, user_id: int, now: datetime, *, priority: int = Priority.QUESTION) -> None:
    """Somebody became an author of a poster, or is no more one of some: queue that they hold the role as is right.

    Call inside a transaction, after the change; ``now`` in UTC. Nothing for who neither is nor was one.
    """
    db.execute(
        "INSERT OR IGNORE INTO author_role(guild_id, user_id)"
        " SELECT guild_id, user_id FROM authorship WHERE guild_id = ? AND user_id = ? LIMIT 1",
        [guild_id, user_id],
    )
    query = "SELECT id FROM author_role WHERE guild_id = ? AND user_id = ?"
    found = db.execute(query, [guild_id, user_id]).fetchone()
    if found is not None:
        told.anew(
            db,
            guild_id,
            f"{ACT}role:{found[0]}",
            Facts(NoticeKind.AUTHOR_ROLE),
            of=found[0],
            op=Op.ROLE,
            priority=priority,
            due_at=now,
            expires_at=now + _USEFUL,
        )


def follow_all(db: Database, guild_id: int, now: datetime, *, anew: bool) -> None:
    """The same for all authors of a guild who are not known to be looked after; ``anew``: for every one of them, since
    the role is another one than before.
    """
    query = (
        "SELECT DISTINCT user_id FROM authorship WHERE guild_id = :guild AND (:anew OR NOT EXISTS (SELECT 1"
        " FROM author_role WHERE author_role.guild_id = :guild AND author_role.user_id = authorship.user_id))"
    )
    for (user_id,) in db.execute(query, {"guild": guild_id, "anew": anew}).fetchall():
        follow(db, guild_id, user_id, now, priority=Priority.BULK)


def of_row(db: Database, row: Row) -> Holder | None:
    """Whom a row concerns."""
    query = f"SELECT id, user_id, role_id, EXISTS ({_HAS_POSTERS}) FROM author_role WHERE guild_id = ? AND id = ?"
    found = db.execute(query, [row.guild_id, row.place]).fetchone()
    return Holder(found[0], found[1], found[2], bool(found[3])) if found else None


def note(db: Database, holder: Holder, role_id: int | None) -> None:
    """The bot gives them this role, or (None) gave none. Call inside a transaction."""
    db.execute("UPDATE author_role SET role_id = ? WHERE id = ?", [role_id, holder.id])


def is_left(db: Database, guild_id: int, user_id: int) -> bool:
    """Whether the bot did not take its role back from somebody, see LEFT."""
    query = f"SELECT 1 FROM author_role WHERE {LEFT} AND user_id = :user"
    return db.execute(query, {"guild": guild_id, "user": user_id}).fetchone() is not None


def give_up(db: Database, guild_id: int, user_id: int) -> int:
    """Forget that; of how many. Call inside a transaction."""
    query = f"DELETE FROM author_role WHERE {LEFT} AND user_id = :user"
    return db.execute(query, {"guild": guild_id, "user": user_id}).rowcount


def settled(db: Database, row: Row) -> None:
    """A row was delivered: who is no author any more holds no role of the bot's. Call inside a transaction.

    Not where the row waits again: something changed while it was under way.
    """
    waits = f"SELECT 1 FROM outbox WHERE id = ? AND {_WAITS}"
    query = f"DELETE FROM author_role WHERE id = ? AND NOT EXISTS ({_HAS_POSTERS}) AND NOT EXISTS ({waits})"
    db.execute(query, [row.place, row.id])
