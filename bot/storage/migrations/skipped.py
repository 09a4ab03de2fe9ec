"""0070: the numbers of questions that a restore skipped."""

from sqlite_utils import Database

from bot.storage.migrations.registry import MIGRATIONS


@MIGRATIONS(name="0070_numbers_skipped")
def _numbers_skipped(db: Database) -> None:
    # Up to this one they may stand in messages that the restored backup does not know of. No row where none was.
    db.execute("CREATE TABLE numbers_skipped(upto INTEGER NOT NULL) STRICT")
