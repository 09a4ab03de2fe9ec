"""0023 and on: what organizers hide and whom they stop, what was reported to them, and who is left out of exports."""

from sqlite_utils import Database

from bot.storage.migrations.registry import MIGRATIONS


@MIGRATIONS(name="0023_moderation")
def _moderation(db: Database) -> None:
    # What is hidden now, by whom (a person's id), why and when (milliseconds since 1970 in UTC): a question, or one of
    # its answers. ``answer`` is 0 for the question itself.
    db.execute("""
        CREATE TABLE hidden(
            question INTEGER NOT NULL,
            answer INTEGER NOT NULL DEFAULT 0,
            by INTEGER NOT NULL,
            why TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (question, answer)
        ) STRICT, WITHOUT ROWID
    """)
    # Who may not ask, upvote or answer any more.
    db.execute("""
        CREATE TABLE no_asking(
            guild_id INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            by INTEGER NOT NULL,
            why TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (guild_id, user_id)
        ) STRICT, WITHOUT ROWID
    """)
    # What people reported. ``named``: organizers are told who it was.
    db.execute("""
        CREATE TABLE flag(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            guild_id INTEGER NOT NULL,
            question INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            named INTEGER NOT NULL,
            why TEXT NOT NULL,
            at INTEGER NOT NULL,
            UNIQUE (question, user_id)
        ) STRICT
    """)
    db.execute("CREATE INDEX flag_by_person ON flag(guild_id, user_id, at)")
    # Whose questions and answers are in no export.
    db.execute("""
        CREATE TABLE export_out(
            guild_id INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            PRIMARY KEY (guild_id, user_id)
        ) STRICT, WITHOUT ROWID
    """)
