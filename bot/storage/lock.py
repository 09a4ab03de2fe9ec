"""One bot process per database.

The lock is SQLite's own, on an empty file beside the database: it works on every system, and the operating system
releases it however the process ends.
"""

import sqlite3
from pathlib import Path

from bot.domain.errors import UsherError


class InUseError(UsherError):
    """Another process works with this database."""


class ProcessLock:
    """Held from ``take`` until ``release``, or the end of the process."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def take(cls, database: Path) -> "ProcessLock":
        """Raises InUseError at once where another process holds it. The folder must exist."""
        connection = sqlite3.connect(f"{database}.lock", timeout=0, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            connection.close()
            raise InUseError(
                f"Another Usher process works with the database {database}, and two would say everything twice. "
                "End the other one, or name another file with USHER_DATABASE."
            ) from error
        return cls(connection)

    def release(self) -> None:
        self._connection.close()
