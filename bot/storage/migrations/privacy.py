"""0040 and on: what is needed to find what is stored about one person."""

from sqlite_utils import Database

from bot.storage.migrations.registry import MIGRATIONS


@MIGRATIONS(name="0040_direct_messages_by_person")
def _direct_messages_by_person(db: Database) -> None:
    # The place of a direct message is its person's id; that of an edit of one is the id of its row.
    db.execute("CREATE INDEX outbox_by_person ON outbox(guild_id, place) WHERE op IN ('dm', 'dm_edit')")
    db.execute("CREATE INDEX shared_card_by_person ON shared_card(guild_id, user_id)")


@MIGRATIONS(name="0041_unexported")
def _unexported(db: Database) -> None:
    # Questions and answers that stay out of exports though nobody knows any more whose they are: that person had said
    # so. ``answer`` is 0 for the question itself.
    db.execute("""
        CREATE TABLE unexported(
            question INTEGER NOT NULL,
            answer INTEGER NOT NULL,
            PRIMARY KEY (question, answer)
        ) STRICT, WITHOUT ROWID
    """)
