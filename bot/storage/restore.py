"""The backup in place of a damaged database, when somebody says so: nothing is thrown away, nothing is said twice."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import sqlite_utils
from msgspec import Struct

from bot.domain.errors import UsherError
from bot.storage.backup import BESIDE, BackupError, age, backup_of, fault_of, made_at, put_in_place
from bot.storage.database import Tables, restoring
from bot.storage.delivery import claims, reports
from bot.storage.delivery.outbox import Row, millis, rows_of
from bot.storage.lock import ProcessLock
from bot.storage.migrations import MIGRATIONS
from bot.storage.skipped import skip_given

#: What stands on the turns of announcements that came due since the backup.
MAY_HAVE_BEEN_SENT = "it may have been sent before the restore: look for it before you try again"


class SoundError(UsherError):
    """The database needs no restoring."""


class Restored(Struct, frozen=True):
    """``made`` and ``now`` are UTC; ``kept`` is the file that was in its place, None where there was none."""

    database: Path
    kept: Path | None
    made: datetime
    now: datetime

    @property
    def summary(self) -> str:
        """What was done, what is lost, and what comes next."""
        kept = f"The file that was there is kept as {self.kept}.\n" if self.kept else ""
        return (
            f"The backup of {self.made:%Y-%m-%d %H:%M} UTC ({age(self.now - self.made)} old) is now {self.database}.\n"
            f"{kept}"
            "Lost is what was recorded after it: changes made with /live and /mode, announcements, agendas, and "
            "choices of reminders and in /settings. Make such changes again. What people deleted with /privacy after "
            "it is back: ask them to delete it again.\n"
            "What may have been posted since is looked for in the channels before anything is sent. Announcements that "
            "came due since are not sent again: /deliveries lists them. New questions are numbered from the next full "
            "thousand. Start the bot: usher run"
        )


def restore(database: Path, *, now: datetime, force: bool = False) -> Restored:
    """Put the backup in place of ``database``; ``now`` is the machine's UTC instant.

    The old file keeps its log and gets another name. Raises InUseError while a bot works with it, BackupError where
    there is no sound backup, and SoundError where the database is sound, unless ``force``: nothing is changed then.
    """
    lock = ProcessLock.take(database)
    try:
        made, copy = made_at(database), restoring(database)
        if made is None:
            raise BackupError(f"There is no backup {backup_of(database)}. Nothing was changed.")
        if _fault(backup_of(database)):
            raise BackupError(f"The backup {backup_of(database)} is damaged, too. Nothing was changed.")
        if database.exists() and not force and not _fault(database):
            # Also what is left of a restore that was interrupted before it took anything away: it is given up.
            given_up = "A restore that was interrupted is given up, and the bot can start. " if copy.exists() else ""
            _remove(copy)
            raise SoundError(
                f"The database {database} is sound. {given_up}Nothing was changed. To go back to its state of "
                f"{made:%Y-%m-%d %H:%M} UTC and lose what came later, add --force."
            )
        _prepare(backup_of(database), copy, now)
        kept = _set_aside(database, now)
        put_in_place(copy, database)
    except (sqlite3.Error, OSError) as error:
        raise BackupError(f"The backup could not be put in place ({error}). It is as it was: try again.") from error
    finally:
        lock.release()
    return Restored(database, kept, made, now)


def _fault(path: Path) -> str | None:
    try:
        return fault_of(path)
    except sqlite3.Error as error:
        return str(error)


def _prepare(backup: Path, copy: Path, now: datetime) -> None:
    """A copy that knows that it is behind the times."""
    _remove(copy)
    try:
        _fill(copy, backup, now)
    except BaseException:
        # While it is there, the bot does not start: without it, all is as it was.
        _remove(copy)
        raise


def _remove(copy: Path) -> None:
    for ending in ("", *BESIDE):
        Path(f"{copy}{ending}").unlink(missing_ok=True)


def _fill(copy: Path, backup: Path, now: datetime) -> None:
    with (
        closing(sqlite3.connect(backup)) as source,
        closing(sqlite3.connect(copy, isolation_level=None)) as target,
    ):
        source.backup(target)
        tables = sqlite_utils.Database(target, execute_plugins=False)
        # The backup may be of an earlier release.
        MIGRATIONS.apply(tables)
        target.execute("BEGIN IMMEDIATE")
        ended = _end_turns(tables, now)
        _doubt(tables, now)
        # News of a change cannot be told apart from what was told already: none is better than twice.
        tables.execute("UPDATE guild SET programme_id = NULL")
        skip_given(tables, now)
        # Only now: the report is a new row.
        reports.tell(tables, ended, now)
        target.execute("COMMIT")
        target.execute("PRAGMA journal_mode=WAL")


def _end_turns(tables: Tables, now: datetime) -> list[Row]:
    """What was to become the messages of an announcement since ends.

    Those messages were rows of their own, and are no more: what new ones would say cannot be looked for.
    """
    return rows_of(
        tables,
        "UPDATE outbox SET state = 'failed', last_error = ?, done_at = ?, lease_until = NULL, claimed_at = NULL"
        " WHERE op = 'spread' AND state IN ('queued', 'leased', 'paused') AND due_at <= ? RETURNING *",
        [MAY_HAVE_BEEN_SENT, millis(now), millis(now)],
    )


def _doubt(tables: Tables, now: datetime) -> None:
    """What was due may have been posted since, with no record of it here: an attempt older than any nonce.

    Also what was held back: it may have been let go.
    """
    tables.execute(
        f"UPDATE outbox SET state = {claims.BACK}, claimed_at = 0, attempts = 1, attempts_before = 0, retry_at = 0,"
        " lease_until = NULL WHERE state IN ('queued', 'leased', 'paused') AND due_at <= ?",
        [millis(now)],
    )


def _set_aside(database: Path, now: datetime) -> Path | None:
    """Give the old file and its log another name. A log left behind would be played into the new file."""
    kept = Path(f"{database}.damaged-{now:%Y%m%dT%H%M%SZ}")
    was_there = database.exists()
    if was_there:
        database.replace(kept)
    for ending in BESIDE:
        beside = Path(f"{database}{ending}")
        if beside.exists():
            beside.replace(f"{kept}{ending}")
    return kept if was_there else None
