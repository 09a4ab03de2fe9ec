"""0024: the posters that people have visited."""

from sqlite_utils import Database

from bot.storage.migrations.registry import MIGRATIONS


@MIGRATIONS(name="0024_visits")
def _visits(db: Database) -> None:
    # Who said of a poster that they were there, so that they find those that they have not seen yet.
    db.execute("""
        CREATE TABLE visit(
            guild_id INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            poster_id TEXT NOT NULL,
            PRIMARY KEY (guild_id, user_id, poster_id)
        ) STRICT, WITHOUT ROWID
    """)
