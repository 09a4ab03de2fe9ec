"""0055: to which authors the bot gave their role."""

from sqlite_utils import Database

from bot.storage.migrations.registry import MIGRATIONS


@MIGRATIONS(name="0055_author_role")
def _author_role(db: Database) -> None:
    # An author who is to hold the role of authors; ``role_id`` is the one that the bot gave them, and takes back in the
    # end. Rows of the outbox name its id, so that they name nobody.
    db.execute("""
        CREATE TABLE author_role(
            id INTEGER PRIMARY KEY,
            guild_id INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            role_id INTEGER,
            UNIQUE (guild_id, user_id)
        ) STRICT
    """)
