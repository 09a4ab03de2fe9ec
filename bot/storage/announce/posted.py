"""What an announcement made of itself in the outbox: held back, let go, corrected, tried again, and counted."""

from collections import Counter
from datetime import datetime

from msgspec import Struct
from sqlite_utils import Database

from bot.domain.announce.announcement import Announcement
from bot.storage.delivery.outbox import Priority, State, millis
from bot.storage.delivery.planned import ACT

#: What makes something new. A correction of what was said goes on whatever becomes of the rest.
_NEW = "op IN ('spread', 'message', 'dm', 'publish')"


def hold(db: Database, announcement: Announcement) -> None:
    """Keep back what has not gone out. Call inside a transaction, like all below that write."""
    _change(db, announcement, State.QUEUED, State.PAUSED)


def release(db: Database, announcement: Announcement) -> None:
    """Let go on what was kept back."""
    _change(db, announcement, State.PAUSED, State.QUEUED)


def cancel(db: Database, announcement: Announcement, now: datetime) -> None:
    """End what has not gone out. What is on its way this very moment arrives."""
    db.execute(
        f"UPDATE outbox SET state = 'cancelled', done_at = ? WHERE announcement = ? AND {_NEW}"
        " AND state IN ('queued', 'paused')",
        [millis(now), announcement.id],
    )


def correct(db: Database, announcement: Announcement, now: datetime, expires: datetime) -> int:
    """Have everything edited that was sent, or may just be on its way with the text as it was before; how many.

    What has not gone out takes the new text by itself. Each message has a copy of its receipt on the row of its edit.
    """
    done = db.execute(
        "INSERT OR IGNORE INTO outbox(guild_id, dedupe_key, op, place, audience, facts, priority, due_at, expires_at,"
        " channel_id, message_id, announcement) SELECT guild_id, :act || 'edit:' || id || ':a' || :revision,"
        " CASE op WHEN 'dm' THEN 'dm_edit' ELSE 'edit' END, CAST(id AS TEXT), audience, facts,"
        " CASE op WHEN 'dm' THEN :bulk ELSE :first END, :now, :expires, channel_id, message_id, announcement"
        " FROM outbox WHERE announcement = :id AND op IN ('message', 'dm')"
        " AND (state IN ('sent', 'leased') OR (state IN ('queued', 'paused') AND claimed_at IS NOT NULL))",
        {
            "act": ACT,
            "revision": announcement.revision,
            "bulk": Priority.BULK,
            "first": Priority.CHANGE,
            "now": millis(now),
            "expires": millis(expires),
            "id": announcement.id,
        },
    )
    return done.rowcount


def retry(db: Database, announcement: Announcement, now: datetime, expires: datetime) -> int:
    """Queue again what failed or came too late; each message is looked for first, as in ``deliveries.retry``.

    A turn that came too late is said now. Left out are turns whose session takes place no more, and people who take no
    direct messages any more.
    """
    again = {"id": announcement.id, "expires": millis(expires)}
    done = db.execute(
        f"UPDATE outbox SET {_AGAIN}, claimed_at = 0, attempts = 1, attempts_before = 0 WHERE announcement = :id"
        " AND ((state IN ('failed', 'expired') AND op IN ('message', 'dm', 'edit', 'dm_edit'))"
        f" OR (state = 'expired' AND op = 'spread')) AND (op != 'dm' OR {_WANTED})",
        again,
    )
    # What had no message to hand on waits for it now.
    db.execute(
        f"UPDATE outbox SET {_AGAIN} WHERE announcement = :id AND op = 'publish' AND state NOT IN ('sent', 'leased')"
        " AND CAST(place AS INTEGER) IN (SELECT id FROM outbox WHERE announcement = :id AND op = 'message'"
        " AND state IN ('queued', 'sent'))",
        again,
    )
    return done.rowcount


#: Whether the person of a direct message still wants such copies.
_WANTED = (
    "EXISTS (SELECT 1 FROM person WHERE guild_id = outbox.guild_id AND user_id = CAST(outbox.place AS INTEGER)"
    " AND copies = 1)"
)
_AGAIN = "state = 'queued', retry_at = 0, done_at = NULL, expires_at = max(expires_at, :expires)"


class Receipt(Struct, frozen=True):
    """What became of an announcement. ``here`` are messages in its channel, ``direct`` direct messages, and ``edits``
    corrections of both, by their state; ``reasons`` say why any of them failed; ``to_come`` are its turns that are not
    due yet or are held back, ``called_off`` those whose session takes place no more.
    """

    here: Counter[State]
    direct: Counter[State]
    edits: Counter[State]
    reasons: Counter[str]
    to_come: int = 0
    called_off: int = 0

    @property
    def made(self) -> int:
        """How many messages there are, whatever became of them."""
        return self.here.total() + self.direct.total()

    @property
    def under_way(self) -> int:
        return sum(found[state] for found in (self.here, self.direct) for state in _WAITING)

    @property
    def being_corrected(self) -> int:
        return sum(self.edits[state] for state in (*_WAITING, State.PAUSED))

    @property
    def failed(self) -> int:
        return sum(
            found[state] for found in (self.here, self.direct, self.edits) for state in (State.FAILED, State.EXPIRED)
        )


_WAITING = (State.QUEUED, State.LEASED)


def receipt(db: Database, announcement: Announcement) -> Receipt:
    """Counted from the index alone."""
    found = {op: Counter[State]() for op in ("message", "dm", "edit", "spread", "publish")}
    reasons = Counter[str]()
    rows = db.execute(
        "SELECT op, state, last_error, count(*) FROM outbox WHERE announcement = ? GROUP BY op, state, last_error",
        [announcement.id],
    )
    for op, state, why, number in rows:
        found["edit" if op == "dm_edit" else op][State(state)] += number
        if state in (State.FAILED, State.EXPIRED) and op != "publish":
            reasons[why or ""] += number
    turns = found["spread"]
    to_come = sum(turns[state] for state in (*_WAITING, State.PAUSED))
    return Receipt(found["message"], found["dm"], found["edit"], reasons, to_come, turns[State.FAILED])


def _change(db: Database, announcement: Announcement, before: State, after: State) -> None:
    db.execute(
        f"UPDATE outbox SET state = ? WHERE announcement = ? AND {_NEW} AND state = ?",
        [after, announcement.id, before],
    )
