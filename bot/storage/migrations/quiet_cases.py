"""0061: cases of which the committee's channel says nothing."""

from sqlite_utils import Database

from bot.storage.migrations.registry import MIGRATIONS


@MIGRATIONS(name="0061_quiet_cases")
def _quiet_cases(db: Database) -> None:
    # Somebody whom the case concerns was on the committee when it was reported, known to the bot or not.
    db.execute("ALTER TABLE conduct_case ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0")
