"""What an announcement made of itself in the outbox: held back, let go, corrected, tried again, and counted."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.domain.announce.announcement import Announcement
from bot.storage.delivery.outbox import Priority, State, millis
from bot.storage.delivery.planned import ACT


def hold(db: Database, announcement: Announcement) -> int:
    """Keep back what has not gone out; how many. Call inside a transaction, like all below that write."""
    return _change(db, announcement, State.QUEUED, State.PAUSED)


def release(db: Database, announcement: Announcement) -> int:
    """Let go on what was kept back."""
    return _change(db, announcement, State.PAUSED, State.QUEUED)


def cancel(db: Database, announcement: Announcement, now: datetime) -> int:
    """End what has not gone out. What is on its way this very moment arrives."""
    done = db.execute(
        "UPDATE outbox SET state = 'cancelled', done_at = ? WHERE announcement = ? AND state IN ('queued', 'paused')",
        [millis(now), announcement.id],
    )
    return done.rowcount


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
    """Queue again what failed or came too late; each message is looked for first, as in ``deliveries.retry``."""
    done = db.execute(
        "UPDATE outbox SET state = 'queued', attempts = 1, retry_at = 0, claimed_at = 0, done_at = NULL,"
        " expires_at = max(expires_at, ?)"
        " WHERE announcement = ? AND state IN ('failed', 'expired') AND op IN ('message', 'dm', 'publish')",
        [millis(expires), announcement.id],
    )
    return done.rowcount


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an announcement. ``here`` are messages in its channel, ``direct`` direct messages, by their state;
    ``reasons`` say why either kind failed; ``edits`` are those that are still to be made; ``to_come`` its turns that
    are not due yet or are held back.
    """

    here: Counter[State]
    direct: Counter[State]
    reasons: Counter[str]
    edits: int = 0
    to_come: int = 0

    @property
    def under_way(self) -> int:
        waiting = (State.QUEUED, State.LEASED)
        return sum(found[state] for found in (self.here, self.direct) for state in waiting)

    @property
    def failed(self) -> int:
        return sum(found[state] for found in (self.here, self.direct) for state in (State.FAILED, State.EXPIRED))


def receipt(db: Database, announcement: Announcement) -> Receipt:
    """Counted from the index alone."""
    here, direct, reasons, edits, to_come = Counter[State](), Counter[State](), Counter[str](), 0, 0
    rows = db.execute(
        "SELECT op, state, last_error, count(*) FROM outbox WHERE announcement = ? GROUP BY op, state, last_error",
        [announcement.id],
    )
    for op, state, why, number in rows:
        waits = state in (State.QUEUED, State.LEASED, State.PAUSED)
        if op == "spread":
            to_come += number if waits else 0
        elif op in ("edit", "dm_edit"):
            edits += number if waits else 0
        elif op in ("message", "dm"):
            (here if op == "message" else direct)[State(state)] += number
        if state in (State.FAILED, State.EXPIRED) and op in ("message", "dm", "spread"):
            reasons[why or ""] += number
    return Receipt(here, direct, reasons, edits, to_come)


def _change(db: Database, announcement: Announcement, before: State, after: State) -> int:
    done = db.execute(
        "UPDATE outbox SET state = ? WHERE announcement = ? AND state = ?", [after, announcement.id, before]
    )
    return done.rowcount
