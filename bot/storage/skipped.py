"""Numbers that may have been given since a backup, which no new row gets: messages in the channels bear them."""

from datetime import datetime

from bot.domain.conduct.numbers import enough_used
from bot.domain.people import Group
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.database import Tables
from bot.storage.delivery.outbox import encoded, millis
from bot.storage.delivery.planned import ACT
from bot.storage.posters.numbers import skip_numbers


def skip_given(tables: Tables, now: datetime) -> None:
    """Call inside a transaction, at a restore; ``now`` is the machine's UTC instant.

    They are in what was said, in buttons below messages, and in the names of threads.
    """
    _skip_ids(tables, now)
    skip_numbers(tables)
    _skip_cases(tables)


def _skip_ids(tables: Tables, now: datetime) -> None:
    """A row of nobody's marks the place, where SQLite does not keep it by itself. Milliseconds are far above any count
    of rows, and differ at each restore.
    """
    values = {
        "now": millis(now),
        "key": f"{ACT}restored:{millis(now)}",
        "all": Group.PUBLIC.value,
        "facts": encoded(Facts(NoticeKind.REPORT)),
    }
    tables.execute(
        "INSERT INTO outbox(id, guild_id, dedupe_key, op, place, audience, facts, priority, due_at, expires_at, state,"
        " done_at) SELECT max(coalesce(max(id), 0) + 1, :now), 0, :key, 'message', '', :all, :facts, 0, :now, :now,"
        " 'cancelled', :now FROM outbox",
        values,
    )
    # By whom it was made is unique, and else the id of an interaction: none is negative.
    tables.execute(
        "INSERT INTO announcement(id, guild_id, stage, revision, content, author, changed_by, changed_at, made_by)"
        " SELECT max(coalesce(max(id), 0) + 1, :now), 0, 'cancelled', 1, '{}', 0, 0, :now, -:now FROM announcement",
        {"now": millis(now)},
    )
    counted = tables.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'")
    for (table,) in counted.fetchall():
        tables.execute("DELETE FROM sqlite_sequence WHERE name = ?", [table])
        tables.execute("INSERT INTO sqlite_sequence(name, seq) VALUES (?, ?)", [table, millis(now)])


def _skip_cases(tables: Tables) -> None:
    """Cases are drawn from longer numbers than before, as where most of those were given."""
    known = "SELECT guild_id FROM guild UNION SELECT guild_id FROM conduct_number"
    for (guild_id,) in tables.execute(known).fetchall():
        given = tables.execute("SELECT number FROM conduct_number WHERE guild_id = ?", [guild_id]).fetchall()
        tables.conn.executemany(
            "INSERT OR IGNORE INTO conduct_number(guild_id, number) VALUES (?, ?)",
            ((guild_id, number) for number in enough_used({one for (one,) in given})),
        )
