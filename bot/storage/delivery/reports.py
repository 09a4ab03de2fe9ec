"""What could not be delivered is told in the organizers' channel: nothing vanishes silently."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.domain.people import Group
from bot.domain.reminders.notice import CASES, Facts, NoticeKind
from bot.storage.delivery.outbox import Op, Priority, Row, decoded, encoded, instant, millis
from bot.storage.delivery.planned import ACT, keys_beginning

_REPORT = f"{ACT}report:"
_USEFUL = timedelta(days=2)
#: A report a minute: what fails meanwhile joins the next one.
_APART = timedelta(minutes=1)
#: A report of one of these would fail with it, and so on for ever. A HINT is for who typed just then.
#: CASES are the committee's: an organizer may be involved in one.
_UNREPORTED = CASES | {NoticeKind.REPORT, NoticeKind.AUDIT, NoticeKind.SETUP, NoticeKind.HINT}
#: A role that cannot be given is told again after so long: what was mended may have come back.
_LACKED = timedelta(days=1)
#: Rows that one report names. What more fails is in /deliveries.
NAMED_MOST = 200


def tell(db: Database, ended: Iterable[Row], now: datetime) -> None:
    """Queue a report of rows that failed or expired. Call inside a transaction. ``now`` is in UTC.

    What goes to the organizers' channel about the bot itself is not reported there: it stays in /deliveries.
    What is said of cases is in neither.
    """
    by_guild: defaultdict[int, list[str]] = defaultdict(list)
    for row in _each_lack_once(db, list(ended), now):
        if row.facts.kind not in _UNREPORTED:
            by_guild[row.guild_id].append(str(row.id))
    for guild_id, ids in by_guild.items():
        _tell(db, guild_id, ids, now)


def _each_lack_once(db: Database, ended: Sequence[Row], now: datetime) -> Iterator[Row]:
    """Without the roles that were not given for a reason which organizers read within a day: they lack one thing, and
    hundreds of authors may come before it is mended.
    """
    told: set[tuple[int, str]] = set()
    since = millis(now - _LACKED)
    ids = json.dumps([row.id for row in ended])
    why = "SELECT last_error FROM outbox WHERE id = ?"
    before = (
        "SELECT 1 FROM outbox WHERE guild_id = ? AND op = 'role' AND state = 'failed' AND last_error = ?"
        " AND done_at > ? AND id NOT IN (SELECT value FROM json_each(?)) LIMIT 1"
    )
    for row in ended:
        if row.op is Op.ROLE:
            (reason,) = db.execute(why, [row.id]).fetchone()
            if (row.guild_id, reason) in told or db.execute(before, [row.guild_id, reason, since, ids]).fetchone():
                continue
            told.add((row.guild_id, reason))
        yield row


def _tell(db: Database, guild_id: int, ids: list[str], now: datetime) -> None:
    """In the report that waits to go out, else in a new one."""
    last = db.execute(
        "SELECT id, state = 'queued' AND claimed_at IS NULL, due_at, facts FROM outbox"
        " WHERE guild_id = ? AND dedupe_key >= ? AND dedupe_key < ? ORDER BY due_at DESC LIMIT 1",
        [guild_id, *keys_beginning(_REPORT)],
    ).fetchone()
    # One that may have gone out already stays as it was said.
    if last is not None and last[1]:
        known = decoded(last[3]).ids
        wanted = tuple(dict.fromkeys((*known, *ids)))[:NAMED_MOST]
        db.execute("UPDATE outbox SET facts = ? WHERE id = ?", [encoded(Facts(NoticeKind.REPORT, wanted)), last[0]])
        return
    due = max(now, instant(last[2]) + _APART) if last is not None else now
    db.execute(
        "INSERT INTO outbox(guild_id, dedupe_key, op, place, audience, facts, priority, due_at, expires_at)"
        " VALUES (?, ?, ?, 'organizers', ?, ?, ?, ?, ?)",
        [
            guild_id,
            # No two of a guild are due together, so what failed again is told again.
            f"{_REPORT}{ids[0]}:{millis(due)}",
            Op.MESSAGE.value,
            Group.ORGANIZERS.value,
            encoded(Facts(NoticeKind.REPORT, tuple(ids[:NAMED_MOST]))),
            Priority.BULK,
            millis(due),
            millis(due + _USEFUL),
        ],
    )
