"""The turns of an announcement as rows of the outbox, and what each becomes when it is due."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.domain.announce.announcement import Announcement, Whom
from bot.domain.people import Group
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.announce import announcements, recipients
from bot.storage.delivery import claims
from bot.storage.delivery.outbox import Op, Priority, Row, State, encoded, millis, rows_of
from bot.storage.delivery.planned import ACT

#: The keys of everything that announcements make.
ANNOUNCE = f"{ACT}announce:"
#: Why a turn does not come: its session takes place no more, or it would come too late to be repeated.
CALLED_OFF = "the session that it goes by was cancelled, or is no longer there"
_BEYOND = "its session was moved, and it would come after the time until which it is repeated"
_GROUPS = {Whom.SPEAKERS: Group.SPEAKERS, Whom.AUTHORS: Group.AUTHORS}

#: When a turn goes out, and from when on it is of no use; both in UTC.
Turn = tuple[datetime, datetime]


def queue(db: Database, announcement: Announcement, wanted: Sequence[Turn]) -> None:
    """A row for each turn; those that are known keep theirs. Call inside a transaction."""
    for number, (due, expires) in enumerate(wanted):
        _add(db, announcement, f"{number}", Op.SPREAD, "", Priority.CHANGE, due, expires)


def move(db: Database, announcement: Announcement, wanted: Sequence[Turn], now: datetime) -> None:
    """Let the turns that are to come be at other times, as their session is. Call inside a transaction.

    Those that are no longer ``wanted`` end; what a cancelled session had ended comes again where it is still to come.
    """
    for number, (due, expires) in enumerate(wanted):
        db.execute(
            "UPDATE outbox SET due_at = :due, expires_at = :expires, done_at = NULL, last_error = NULL,"
            f" state = iif(state = 'paused', 'paused', {claims.BACK}) WHERE guild_id = :guild AND dedupe_key = :key"
            " AND op = 'spread' AND (state IN ('queued', 'paused') OR (last_error IN (:beyond, :off) AND :due > :now))",
            {
                "due": millis(due),
                "expires": millis(expires),
                "guild": announcement.guild_id,
                "key": f"{ANNOUNCE}{announcement.id}:{number}",
                "beyond": _BEYOND,
                "off": CALLED_OFF,
                "now": millis(now),
            },
        )
    kept = [f"{ANNOUNCE}{announcement.id}:{number}" for number in range(len(wanted))]
    db.execute(
        "UPDATE outbox SET state = 'cancelled', last_error = ?, done_at = ? WHERE announcement = ? AND op = 'spread'"
        f" AND state IN ('queued', 'paused') AND dedupe_key NOT IN ({', '.join('?' * len(kept))})",
        [_BEYOND, millis(now), announcement.id, *kept],
    )


def call_off(db: Database, announcement: Announcement, now: datetime) -> list[Row]:
    """End the turns that are to come, as failed: organizers should hear of it. As ``move``."""
    return rows_of(
        db,
        "UPDATE outbox SET state = 'failed', last_error = ?, done_at = ? WHERE announcement = ? AND op = 'spread'"
        " AND state IN ('queued', 'paused') RETURNING *",
        [CALLED_OFF, millis(now), announcement.id],
    )


def spread(db: Database, turns: Iterable[Row], now: datetime) -> None:
    """Let each turn, leased, become its messages, and end it. Call inside the transaction that claimed it: so it
    happens once, whatever happens to the process.

    After an outage or a pause only the last of several that are due is said.
    """
    for turn in turns:
        found = announcements.of_id(db, turn.guild_id, turn.announcement or 0)
        if found is None or _is_due_again(db, turn, now):
            claims.finish(db, turn, State.CANCELLED, now=now, error="it was due again before it could be told")
            continue
        _spread(db, found, turn)
        claims.finish(db, turn, State.SENT, now=now)


def _is_due_again(db: Database, turn: Row, now: datetime) -> bool:
    found = db.execute(
        "SELECT 1 FROM outbox WHERE announcement = ? AND op = 'spread' AND state IN ('queued', 'leased')"
        " AND due_at > ? AND due_at <= ? LIMIT 1",
        [turn.announcement, millis(turn.due_at), millis(now)],
    )
    return found.fetchone() is not None


def _spread(db: Database, announcement: Announcement, turn: Row) -> None:
    content, number = announcement.content, turn.key.rpartition(":")[2]
    if content.place is not None:
        due, expires = turn.due_at, turn.expires_at
        posted = _add(db, announcement, f"{number}:here", Op.MESSAGE, content.place, Priority.CHANGE, due, expires)
        if posted is not None:
            _add(db, announcement, f"{number}:publish", Op.PUBLISH, str(posted), Priority.REMINDER, due, expires)
    if content.copies:
        where, values = recipients.chosen(content.audience)
        db.execute(
            "INSERT OR IGNORE INTO outbox(guild_id, dedupe_key, op, place, audience, facts, priority, due_at,"
            " expires_at, channel_id, announcement) SELECT guild_id, :key || user_id, 'dm', CAST(user_id AS TEXT),"
            " :audience, :facts, :priority, :due, :expires, dm_channel_id, :id FROM person"
            f" WHERE guild_id = :guild AND copies = 1 AND {where}",
            {
                "key": f"{ANNOUNCE}{announcement.id}:{number}:",
                "audience": _GROUPS.get(content.audience.whom, Group.PUBLIC).value,
                "facts": _facts(announcement),
                "priority": Priority.BULK,
                "due": millis(turn.due_at),
                "expires": millis(turn.expires_at),
                "id": announcement.id,
                "guild": announcement.guild_id,
                **values,
            },
        )


def _add(
    db: Database,
    announcement: Announcement,
    part: str,
    op: Op,
    place: str,
    priority: int,
    due: datetime,
    expires: datetime,
) -> int | None:
    """The new row's id, None where there was one with its key."""
    done = db.execute(
        "INSERT OR IGNORE INTO outbox(guild_id, dedupe_key, op, place, audience, facts, priority, due_at, expires_at,"
        " announcement) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            announcement.guild_id,
            f"{ANNOUNCE}{announcement.id}:{part}",
            op.value,
            place,
            Group.PUBLIC.value,
            _facts(announcement),
            priority,
            millis(due),
            millis(expires),
            announcement.id,
        ],
    )
    return done.lastrowid if done.rowcount else None


def _facts(announcement: Announcement) -> str:
    return encoded(Facts(NoticeKind.ANNOUNCEMENT, (str(announcement.id),), why=announcement.content.title))
