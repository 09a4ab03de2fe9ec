"""A copy of the database beside it, made while the bot runs, for the day on which the file itself is damaged."""

import os
import shlex
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.domain.errors import UsherError

#: What SQLite writes beside a database's file.
BESIDE = ("-wal", "-shm", "-journal")


class BackupError(UsherError):
    """No backup was made, or none can be used; the text says why, and what was left as it is."""


def backup_of(database: Path) -> Path:
    return Path(f"{database}.backup")


def copy_of(database: Path) -> Path:
    """Where a backup is made, before it takes the place of the last one."""
    return Path(f"{database}.backup.new")


def made_at(database: Path) -> datetime | None:
    """The UTC instant whose state the backup holds; None where there is none. It is the file's time."""
    try:
        return datetime.fromtimestamp(backup_of(database).stat().st_mtime, UTC)
    except FileNotFoundError:
        return None


def back_up(database: Path, *, now: datetime) -> None:
    """Copy the file as it is at ``now`` (the machine's UTC), in place of the last backup. Takes a while.

    Neither readers nor writers wait for it (SQLite, "Online Backup API": one step reads one state). Raises BackupError
    where the copy is not sound, and sqlite3.Error or OSError where it cannot be written: the last backup stays.
    """
    copy = copy_of(database)
    try:
        with closing(_reading(database)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            # One file that is complete in itself: a copy in WAL mode would write beside itself when it is read.
            target.execute("PRAGMA journal_mode=DELETE")
        if fault := fault_of(copy):
            raise BackupError(f"The database {database} is damaged ({fault}): the last backup was kept.")
        os.utime(copy, (now.timestamp(), now.timestamp()))
        put_in_place(copy, backup_of(database))
    finally:
        copy.unlink(missing_ok=True)


def put_in_place(new: Path, old: Path) -> None:
    """Let the file ``new`` be ``old`` from now on, also after a power cut: never half of each."""
    with new.open("rb+") as file:
        os.fsync(file.fileno())
    new.replace(old)
    if os.name == "posix":  # elsewhere a folder cannot be opened
        folder = os.open(old.absolute().parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def _reading(path: Path, mode: str = "ro") -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=5.0)


def fault_of(path: Path) -> str | None:
    """What is wrong with a database file, None where it is sound. Nothing is written, not even what a log still holds.

    Raises sqlite3.Error for what is no database at all.
    """
    # Closing a connection that may write moves the log's pages into the file. Only a change that a process began in
    # the old journal mode and did not end has to be undone before anything can be read.
    mode = "rw" if Path(f"{path}-journal").exists() else "ro"
    with closing(_reading(path, mode)) as connection:
        (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    # SQLite puts the database's name on a line of its own before the first fault.
    return None if said == "ok" else str(said).rpartition("\n")[2]


def advice(database: Path, now: datetime | None) -> str:
    """What to do about a damaged ``database``; with ``now``, also how old the backup is."""
    made = made_at(database)
    if made is None:
        return f"There is no backup {backup_of(database)}. Put a copy of your own in its place, or name another file."
    old = f", {age(now - made)} old" if now else ""
    return (
        f"To put the backup of {made:%Y-%m-%d %H:%M} UTC{old} ({backup_of(database)}) in its place, "
        f"losing what came later: {command(database)}"
    )


def command(database: Path) -> str:
    """What to type to restore it."""
    return f"usher restore {shlex.quote(str(database))}"


def age(span: timedelta) -> str:
    """In words: "5 minutes", "3 hours", "2 days"."""
    for unit, name in ((timedelta(days=1), "day"), (timedelta(hours=1), "hour")):
        if span >= unit:
            return f"{span // unit} {name}{'s' if span >= 2 * unit else ''}"
    minutes = max(span, timedelta(0)) // timedelta(minutes=1)
    return f"{minutes} minute{'' if minutes == 1 else 's'}"
