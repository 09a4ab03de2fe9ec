"""What is kept no longer is removed, a few thousand rows at a time. Nothing that waits to be sent is touched.

The newest row of a table stays, and what it says of people goes: SQLite would give its id again, and old buttons would
mean something new.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from sqlite_utils import Database

from bot.domain.privacy.retention import Term
from bot.storage.delivery.outbox import millis
from bot.storage.posters import author_rows
from bot.storage.posters.said import ANSWER_KEYS, QUESTION_KEYS
from bot.storage.privacy.conduct import CASES
from bot.storage.privacy.messages import FORGOTTEN, forget_row

#: Removes at most so many rows of each kind that were written before a UTC instant; how many it found. Once it finds
#: none, all is done. Call inside a transaction.
Purge = Callable[[Database, int, datetime, int], int]

_NOT_NEWEST = "id < (SELECT max(id) FROM {})"
_WAITS = "state IN ('queued', 'leased', 'paused')"
#: Announcements of which something is still to be said.
_GOING_ON = f"SELECT announcement FROM outbox WHERE announcement IS NOT NULL AND {_WAITS}"
_ENDED = "state IN ('sent', 'failed', 'expired', 'cancelled') AND done_at IS NOT NULL"
#: What changes another row's message or thread, or hands it on: its place is the id of that.
_FOLLOWS = "op IN ('edit', 'dm_edit', 'publish', 'rename')"
#: What stands in a case's thread, and who is in it, while the case is open or was closed a short time ago: should the
#: thread be deleted, all of it is said again.
_OF_CASES = (
    f"dedupe_key LIKE '{CASES}%' AND op IN ('message', 'member') AND json_extract(facts, '$.ids[0]') IN"
    " (SELECT CAST(number AS TEXT) FROM conduct_case WHERE guild_id = :guild"
    " AND (closed_at IS NULL OR closed_at > :before))"
)


def _messages(db: Database, guild_id: int, before: datetime, most: int) -> int:
    """Rows that ended. What was asked and answered keeps its receipts, which name nobody: it can be corrected for ever;
    so does what opened a thread. Reminders that mention people stay as long as any of them may want their name gone.
    What something that waits refers to stays until that is done; what is done goes with what it refers to.
    """
    going = (
        f"guild_id = :guild AND {_ENDED} AND done_at <= :before AND op != 'thread'"
        f" AND dedupe_key NOT LIKE '{QUESTION_KEYS}%' AND dedupe_key NOT LIKE '{ANSWER_KEYS}%'"
        f" AND NOT ({_OF_CASES})"
        " AND id NOT IN (SELECT CAST(place AS INTEGER) FROM outbox"
        f" WHERE guild_id = :guild AND {_FOLLOWS} AND {_WAITS})"
        f" AND (announcement IS NULL OR announcement NOT IN ({_GOING_ON}))"
        " AND (dedupe_key NOT LIKE 'mention:%'"
        " OR NOT EXISTS (SELECT 1 FROM reminder_choice WHERE guild_id = :guild))"
        f" AND (dedupe_key NOT LIKE '{author_rows.MENTION}%'"
        " OR NOT EXISTS (SELECT 1 FROM authorship WHERE guild_id = :guild))"
    )
    values = {"guild": guild_id, "before": millis(before), "most": most}
    newest = f"SELECT id FROM outbox WHERE id = (SELECT max(id) FROM outbox) AND dedupe_key NOT LIKE '{FORGOTTEN}%'"
    stripped = db.execute(f"{newest} AND {going}", values).fetchall()
    for (row_id,) in stripped:
        forget_row(db, row_id, before)
    gone = db.execute(
        f"DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE {going} AND {_NOT_NEWEST.format('outbox')}"
        " LIMIT :most) RETURNING id",
        values,
    ).fetchall()
    db.execute(
        f"DELETE FROM outbox WHERE guild_id = :guild AND {_FOLLOWS} AND {_NOT_NEWEST.format('outbox')}"
        " AND place IN (SELECT CAST(value AS TEXT) FROM json_each(:gone))",
        {"guild": guild_id, "gone": json.dumps([row_id for (row_id,) in gone])},
    )
    return len(stripped) + len(gone)


def _acts(db: Database, guild_id: int, before: datetime, most: int) -> int:
    """Entries of the audit trail, and who did what elsewhere. What was done stays in force."""
    values = {"guild": guild_id, "before": millis(before), "iso": before.isoformat(), "most": most}
    queries = (
        "DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE guild_id = :guild AND at <= :before"
        f" AND {_NOT_NEWEST.format('audit')} LIMIT :most)",
        "UPDATE audit SET actor_id = NULL, about = '', detail = '' WHERE guild_id = :guild AND at <= :before"
        " AND about != ''",
        "UPDATE announcement SET author = 0, changed_by = 0 WHERE guild_id = :guild AND changed_at <= :before"
        " AND (author != 0 OR changed_by != 0)",
        "UPDATE mode_change SET made_by = '' WHERE guild_id = :guild AND made_at <= :before AND made_by != ''",
        "UPDATE live_edit SET edited_by = '' WHERE guild_id = :guild AND edited_at <= :iso AND edited_by != ''",
        "UPDATE programme SET published_by = '' WHERE manner_of = :guild AND published_at <= :iso"
        " AND published_by != ''",
        "UPDATE hidden SET by = 0 WHERE at <= :before AND by != 0"
        " AND question IN (SELECT id FROM question WHERE guild_id = :guild)",
        "UPDATE no_asking SET by = 0 WHERE guild_id = :guild AND at <= :before AND by != 0",
        "UPDATE authorship SET given_by = NULL WHERE guild_id = :guild AND since <= :before AND given_by IS NOT NULL",
    )
    return sum(db.execute(query, values).rowcount for query in queries)


#: What is left of a draft that cannot be removed.
_EMPTY = '{"title":""}'


def _drafts(db: Database, guild_id: int, before: datetime, most: int) -> int:
    values = {"guild": guild_id, "before": millis(before), "most": most, "empty": _EMPTY}
    drafts = "guild_id = :guild AND stage IN ('draft', 'dropped') AND changed_at <= :before"
    queries = (
        "DELETE FROM question WHERE id IN (SELECT id FROM question WHERE guild_id = :guild AND state = 'draft'"
        " AND asked_at <= :before LIMIT :most)",
        "DELETE FROM unplaced WHERE guild_id = :guild AND marked_at <= :before",
        "DELETE FROM kept WHERE guild_id = :guild AND kept_at <= :before",
        f"DELETE FROM picture WHERE announcement IN (SELECT id FROM announcement WHERE {drafts})",
        f"DELETE FROM announcement WHERE {drafts} AND {_NOT_NEWEST.format('announcement')}",
        f"UPDATE announcement SET stage = 'dropped', content = :empty, author = 0, changed_by = 0 WHERE {drafts}"
        " AND content != :empty",
        "DELETE FROM mode_change WHERE guild_id = :guild AND state = 'draft' AND made_at <= :before",
    )
    return sum(db.execute(query, values).rowcount for query in queries)


def _pictures(db: Database, guild_id: int, before: datetime, most: int) -> int:
    """Pictures of announcements that are over. What was posted stays on Discord."""
    over = f"SELECT id FROM announcement WHERE guild_id = :guild AND changed_at <= :before AND id NOT IN ({_GOING_ON})"
    values = {"guild": guild_id, "before": millis(before), "most": most}
    db.execute(
        f"UPDATE announcement SET content = json_remove(content, '$.picture') WHERE id IN ({over})"
        " AND id IN (SELECT announcement FROM picture)",
        values,
    )
    return db.execute(f"DELETE FROM picture WHERE announcement IN ({over})", values).rowcount


def _cases(db: Database, guild_id: int, before: datetime, most: int) -> int:
    """Cases that were closed before. An open one stays, however old it is."""
    over = "SELECT number FROM conduct_case WHERE guild_id = ? AND closed_at <= ? ORDER BY closed_at LIMIT ?"
    numbers = db.execute(over, [guild_id, millis(before), most]).fetchall()
    for (number,) in numbers:
        for table in ("conduct_involved", "conduct_entry", "conduct_reader", "conduct_file", "conduct_case"):
            db.execute(f"DELETE FROM {table} WHERE guild_id = ? AND number = ?", [guild_id, number])
    return len(numbers)


#: What belongs to the term PERSONAL is forgotten person by person.
PURGES: Mapping[Term, Purge] = MappingProxyType(
    {
        Term.MESSAGES: _messages,
        Term.AUDIT: _acts,
        Term.DRAFTS: _drafts,
        Term.PICTURES: _pictures,
        Term.CASES: _cases,
    }
)
