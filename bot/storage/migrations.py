"""The schema, as numbered steps that are only ever appended. Each is applied in one transaction."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

MIGRATIONS = Migrations("usher")


@MIGRATIONS(name="0001_programmes_and_guilds")
def _programmes_and_guilds(db: Database) -> None:
    # A programme as imported; guilds point at one. Versions are kept: a message may have to say what changed.
    db.execute("""
        CREATE TABLE programme(
            id INTEGER PRIMARY KEY,
            event_id TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            content TEXT NOT NULL,
            published_at TEXT NOT NULL,
            published_by TEXT NOT NULL
        ) STRICT
    """)
    db.execute("CREATE INDEX programme_by_event ON programme(event_id, id)")
    db.execute("""
        CREATE TABLE guild(
            guild_id INTEGER PRIMARY KEY,
            event_id TEXT
        ) STRICT
    """)


@MIGRATIONS(name="0002_shared_cards")
def _shared_cards(db: Database) -> None:
    # A card posted in a channel by Share, so that a later change of the programme can edit it.
    db.execute("""
        CREATE TABLE shared_card(
            message_id INTEGER PRIMARY KEY,
            guild_id INTEGER NOT NULL,
            channel_id INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            lookup TEXT NOT NULL,
            shared_at TEXT NOT NULL
        ) STRICT
    """)
    db.execute("CREATE INDEX shared_card_by_guild ON shared_card(guild_id)")


@MIGRATIONS(name="0003_command_sync")
def _command_sync(db: Database) -> None:
    # What was last registered at Discord, so that a restart with the same commands asks for nothing.
    db.execute("""
        CREATE TABLE command_sync(
            application_id INTEGER NOT NULL,
            scope TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            PRIMARY KEY (application_id, scope)
        ) STRICT
    """)
