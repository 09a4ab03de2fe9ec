"""One bot process per database.

The lock is SQLite's own, on an empty file beside the database: it works on every system, and the operating system
releases it however the process ends.
"""

import sqlite3
from pathlib import Path

from bot.domain.errors import UsherError
from bot.storage.database import cannot_be_opened


class InUseError(UsherError):
    """Another process works with this database."""


class ProcessLock:
    """Held from ``take`` until ``release``, or the end of the process."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def take(cls, database: Path) -> "ProcessLock":
        """Raises InUseError at once where another process holds it, DatabaseError where there can be no file."""
        connection = None
        try:
            database.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(f"{database}.lock", timeout=0, isolation_level=None, check_same_thread=False)
            connection.execute("BEGIN EXCLUSIVE")
        except (sqlite3.Error, OSError) as error:
            if connection is not None:
                connection.close()
            if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY:
                raise cannot_be_opened(database, error) from error
            raise InUseError(
                f"Another Usher process works with the database {database}, and two would say everything twice. "
                "End the other one, or name another file with USHER_DATABASE."
            ) from error
        return cls(connection)

    def release(self) -> None:
        self._connection.close()
