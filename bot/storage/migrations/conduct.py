"""0030 and on: what is reported to the conduct committee."""

from sqlite_utils import Database

from bot.storage.migrations.registry import MIGRATIONS


@MIGRATIONS(name="0030_conduct")
def _conduct(db: Database) -> None:
    # A report. ``reporter`` is the only place that says who made it, NULL some days after it was closed; ``name`` is
    # NULL unless they gave it to the committee. ``message`` is the one that was reported, as JSON. ``made_by`` is the
    # interaction that opened its form: what comes of one form twice makes no second case.
    db.execute("""
        CREATE TABLE conduct_case(
            guild_id INTEGER NOT NULL,
            number INTEGER NOT NULL,
            what TEXT NOT NULL,
            place TEXT NOT NULL,
            who TEXT NOT NULL,
            message TEXT,
            reporter INTEGER,
            name TEXT,
            stage TEXT NOT NULL,
            way TEXT NOT NULL,
            assigned INTEGER,
            assigned_name TEXT,
            reported_at INTEGER NOT NULL,
            closed_at INTEGER,
            made_by INTEGER NOT NULL,
            PRIMARY KEY (guild_id, number)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("CREATE INDEX conduct_case_by_act ON conduct_case(made_by)")
    db.execute("CREATE INDEX conduct_case_by_reporter ON conduct_case(reporter) WHERE reporter IS NOT NULL")
    # Who is not shown it.
    db.execute("""
        CREATE TABLE conduct_involved(
            guild_id INTEGER NOT NULL,
            number INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (guild_id, number, user_id)
        ) STRICT, WITHOUT ROWID
    """)
    # What was done with it, and what both sides wrote. ``member`` is NULL for whoever reported and for the bot.
    db.execute("""
        CREATE TABLE conduct_entry(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            guild_id INTEGER NOT NULL,
            number INTEGER NOT NULL,
            step TEXT NOT NULL,
            member INTEGER,
            name TEXT,
            text TEXT NOT NULL,
            at INTEGER NOT NULL,
            made_by INTEGER NOT NULL
        ) STRICT
    """)
    db.execute("CREATE INDEX conduct_entry_by_case ON conduct_entry(guild_id, number, id)")
    # A message whose report was begun, as it was then: the form that comes back does not bring it along.
    db.execute("""
        CREATE TABLE conduct_draft(
            opened_by INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            message TEXT NOT NULL
        ) STRICT
    """)
    # Who is on the committee: they hold its role, or (``given_by``) an organizer said so.
    db.execute("""
        CREATE TABLE conduct_committee(
            guild_id INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            name TEXT NOT NULL,
            since INTEGER NOT NULL,
            given_by INTEGER,
            PRIMARY KEY (guild_id, user_id)
        ) STRICT, WITHOUT ROWID
    """)
