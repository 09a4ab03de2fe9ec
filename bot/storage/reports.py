"""What could not be delivered is told in the organizers' channel: nothing vanishes silently."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.domain.people import Group
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.outbox import Op, Priority, Row, encoded, millis
from bot.storage.planned import ACT

_USEFUL = timedelta(days=2)


def tell(db: Database, ended: Iterable[Row], now: datetime) -> None:
    """Queue a report of rows that failed or expired, one for each guild. Call inside a transaction.

    A report that cannot be delivered is not reported: it stays in /deliveries.
    """
    by_guild: defaultdict[int, list[int]] = defaultdict(list)
    for row in ended:
        if row.facts.kind is not NoticeKind.REPORT:
            by_guild[row.guild_id].append(row.id)
    for guild_id, ids in by_guild.items():
        facts = Facts(NoticeKind.REPORT, tuple(map(str, ids)))
        db.execute(
            "INSERT INTO outbox(guild_id, dedupe_key, op, place, audience, facts, priority, due_at, expires_at)"
            " VALUES (?, ?, ?, 'organizers', ?, ?, ?, ?, ?)",
            [
                guild_id,
                # What was tried again and failed again is told again.
                f"{ACT}report:{ids[0]}:{millis(now)}",
                Op.MESSAGE.value,
                Group.ORGANIZERS.value,
                encoded(facts),
                Priority.BULK,
                millis(now),
                millis(now + _USEFUL),
            ],
        )
