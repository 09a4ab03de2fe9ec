"""0043 and on: what follows from what people type in the threads of posters."""

from sqlite_utils import Database

from bot.storage.migrations.registry import MIGRATIONS


@MIGRATIONS(name="0043_hints_again")
def _hints_again(db: Database) -> None:
    # Some hints are given again: how often since ``counted_from`` (milliseconds since 1970 in UTC).
    db.execute("ALTER TABLE hint ADD COLUMN counted_from INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE hint ADD COLUMN times INTEGER NOT NULL DEFAULT 1")


@MIGRATIONS(name="0044_answers_taken_back")
def _answers_taken_back(db: Database) -> None:
    # What its author took back stays as an empty place: organizers call answers by their places.
    db.execute("ALTER TABLE answer ADD COLUMN taken_back INTEGER NOT NULL DEFAULT 0")
