"""The one SQLite file: opened, checked and migrated here; every write goes through one thread.

WAL lets readers go on while a write commits. ``synchronous=FULL`` because what a person was told is
recorded must survive a power cut. Writes begin with ``BEGIN IMMEDIATE``: a deferred transaction that
later writes can fail with "locked" at once, whatever the busy timeout (SQLite, "Isolation").
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import sqlite_utils

from bot.domain.errors import UsherError
from bot.storage import backup
from bot.storage.migrations import MIGRATIONS
from bot.storage.uncollected import uncollected

T = TypeVar("T")

#: What a transaction is handed; named here for the rooms that do not know the library.
Tables = sqlite_utils.Database


class DatabaseError(UsherError):
    """The file cannot be used; the text says why, and that nothing was changed."""


def restoring(path: Path) -> Path:
    """Where a backup is made ready to take the place of ``path``: while it is there, neither file is to be used."""
    return Path(f"{path}.restoring")


def forget(path: Path) -> None:
    """Remove a database with its backup and all that an interrupted process left beside it, but its lock.

    Only for who holds that.
    """
    for name in (path, restoring(path), backup.backup_of(path), backup.copy_of(path)):
        for ending in ("", *backup.BESIDE):
            Path(f"{name}{ending}").unlink(missing_ok=True)


def _damaged(path: Path, fault: str, now: datetime | None) -> DatabaseError:
    return DatabaseError(f"The database {path} is damaged ({fault}). It was left as it is. {backup.advice(path, now)}")


def cannot_be_opened(path: Path, error: Exception) -> DatabaseError:
    """The words for a file that the system or SQLite refuses."""
    return DatabaseError(
        f"The database {path} cannot be opened ({error}). It was left as it is: "
        "check the path and its permissions, or name another file with USHER_DATABASE."
    )


def _connect(path: Path) -> sqlite_utils.Database:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5.0)
    connection.execute("PRAGMA busy_timeout=5000")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=FULL")
    # 8 MB (SQLite's own: 2): counting what waits for a whole event goes through more than 2 MB of indices.
    connection.execute("PRAGMA cache_size=-8000")
    # What was deleted is not to be found in the file any more (SQLite, PRAGMA secure_delete).
    connection.execute("PRAGMA secure_delete=ON")
    # Plugins are for the library's own command: looking for some reads what every installed package says of itself.
    return sqlite_utils.Database(connection, execute_plugins=False)


@contextmanager
def reading(path: Path) -> Iterator[sqlite_utils.Database]:
    """The tables to read from, beside a bot that may be running: no lock, no migration, nothing can be written.

    Everything that is read is of one instant. For another thread than the event loop's. Raises DatabaseError where
    there is no such file, or an earlier release wrote it.
    """
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=5.0)
    except sqlite3.Error as error:
        raise cannot_be_opened(path, error) from error
    try:
        db = sqlite_utils.Database(connection, execute_plugins=False)
        db.execute("BEGIN")
        if MIGRATIONS.pending(db):
            raise DatabaseError(
                f"The database {path} is one of an earlier release of Usher, or none of Usher's. It was left as it is. "
                "Start the bot of this release once (usher run), then try again."
            )
        yield db
    except sqlite3.Error as error:
        raise cannot_be_opened(path, error) from error
    finally:
        connection.close()


class Database:
    """Reads run inline on the caller's thread, being indexed and small; writes run on the writer thread."""

    def __init__(self, path: Path, reader: sqlite_utils.Database, writer: sqlite_utils.Database) -> None:
        self.path = path
        self.reader = reader
        self._writer = writer
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="usher-writer")

    @classmethod
    def open(cls, path: Path, *, now: datetime | None = None) -> "Database":
        """Open and migrate the file, making it if needed. Raises DatabaseError where it is no sound database.

        ``now`` is the machine's UTC instant, for the age of the backup that is named then.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if restoring(path).exists():
                raise DatabaseError(f"A restore of {path} was interrupted. Do it again: {backup.command(path)}")
            if path.exists() and (fault := backup.fault_of(path)):
                raise _damaged(path, fault, now)
            writer = _connect(path)
            writer.execute("PRAGMA journal_mode=WAL")
            # Each step is whole, also after a power cut (SQLite, PRAGMA synchronous, WAL): that the last ones may be
            # undone then is no loss, and waiting for the disk after each is what takes long in a new file.
            writer.execute("PRAGMA synchronous=NORMAL")
            MIGRATIONS.apply(writer)
            writer.execute("PRAGMA synchronous=FULL")
            return cls(path, _connect(path), writer)
        except (sqlite3.Error, OSError) as error:
            if getattr(error, "sqlite_errorcode", None) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise _damaged(path, str(error), now) from error
            raise cannot_be_opened(path, error) from error

    async def write(self, act: Callable[[sqlite_utils.Database], T]) -> T:
        """Run ``act`` in one transaction on the writer thread: all of it is stored, or nothing."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._transact, act)

    async def aside(self, look: Callable[[sqlite_utils.Database], T]) -> T:
        """Run ``look``, which only reads, on the writer thread: what takes long there keeps nobody waiting."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, look, self._writer)

    def _transact(self, act: Callable[[sqlite_utils.Database], T]) -> T:
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            with uncollected():
                result = act(self._writer)
            self._writer.execute("COMMIT")
        except BaseException:
            # A full disk makes SQLite roll back by itself.
            if self._writer.conn.in_transaction:
                self._writer.execute("ROLLBACK")
            raise
        return result

    def changes_seen(self) -> int:
        """A number that differs once anybody has written, another process too (SQLite, PRAGMA data_version)."""
        (number,) = self.reader.execute("PRAGMA data_version").fetchone()
        return int(number)

    async def back_up(self, now: datetime) -> None:
        """Copy the file beside it, see ``backup.back_up``. In a thread of its own: writes go on meanwhile."""
        await asyncio.to_thread(backup.back_up, self.path, now=now)

    def close(self) -> None:
        """Wait for the write under way, then close the file."""
        self._thread.shutdown(wait=True)
        self.reader.close()
        self._writer.close()
