"""0060 and on: what people wrote about questions and could not be taken."""

from sqlite_utils import Database

from bot.storage.migrations.registry import MIGRATIONS


@MIGRATIONS(name="0060_kept")
def _kept(db: Database) -> None:
    # One text of each person for each question and ``kind``: the last one that was refused. ``kept_at`` is in
    # milliseconds since 1970 in UTC.
    db.execute("""
        CREATE TABLE kept(
            guild_id INTEGER NOT NULL,
            question INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            kind TEXT NOT NULL,
            text TEXT NOT NULL,
            named INTEGER NOT NULL,
            kept_at INTEGER NOT NULL,
            PRIMARY KEY (question, user_id, kind)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("CREATE INDEX kept_by_person ON kept(guild_id, user_id)")
