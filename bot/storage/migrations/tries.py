"""0071: how many attempts a row of the outbox had when it ended last."""

from sqlite_utils import Database

from bot.storage.migrations.registry import MIGRATIONS


@MIGRATIONS(name="0071_attempts_before")
def _attempts_before(db: Database) -> None:
    # A row that is used anew counts its failures anew, while ``attempts`` goes on: that tells one attempt from another.
    db.execute("ALTER TABLE outbox ADD COLUMN attempts_before INTEGER NOT NULL DEFAULT 0")
    db.execute("UPDATE outbox SET attempts_before = attempts WHERE state NOT IN ('queued', 'leased', 'paused')")
