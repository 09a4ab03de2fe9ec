"""0022 and on: what people type in the threads of posters."""

from sqlite_utils import Database

from bot.storage.migrations.registry import MIGRATIONS


@MIGRATIONS(name="0022_hints")
def _hints(db: Database) -> None:
    # Who was told once how to be read, and ``about`` what: each person hears each of it once in a server.
    db.execute("""
        CREATE TABLE hint(
            guild_id INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            about TEXT NOT NULL,
            PRIMARY KEY (guild_id, user_id, about)
        ) STRICT, WITHOUT ROWID
    """)
    # A typed answer of which nobody has said yet to which question: Discord shows its text only once. ``marked_at`` is
    # in milliseconds since 1970 in UTC.
    db.execute("""
        CREATE TABLE unplaced(
            message_id INTEGER PRIMARY KEY,
            guild_id INTEGER NOT NULL,
            author INTEGER NOT NULL,
            text TEXT NOT NULL,
            marked_at INTEGER NOT NULL
        ) STRICT
    """)
    # Up to which message what is typed was read: what came later, while the bot was away, is caught up with.
    db.execute("CREATE TABLE read_up_to(guild_id INTEGER PRIMARY KEY, message_id INTEGER NOT NULL) STRICT")
