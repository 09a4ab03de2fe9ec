"""A backup is whole or is not made; a restore loses no file and says what it did."""

import asyncio
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.delivery.alarm import Alarm
from bot.delivery.housekeeping import keep_house
from bot.storage import backup, command_sync
from bot.storage.backup import BackupError, backup_of, copy_of, made_at
from bot.storage.database import Database, DatabaseError, forget
from bot.storage.lock import ProcessLock
from tests.faults.delivered import until

NOON = datetime(2025, 4, 28, 12, tzinfo=UTC)


async def note(db: Database, value: str) -> None:
    await db.write(partial(command_sync.record, application_id=1, scope="global", value=value))


class Now(SystemClock):
    """The machine's clock, stopped."""

    def __init__(self, wall: datetime) -> None:
        self._wall = wall

    def wall(self) -> datetime:
        return self._wall


def noted(path: Path) -> dict[str, str]:
    with closing(Database.open(path)) as db:
        return command_sync.of_application(db.reader, 1)


def damage(path: Path) -> bytes:
    """Overwrite the middle half of the file, as a failing disk would; its content afterwards."""
    content = bytearray(path.read_bytes())
    quarter = len(content) // 4096 // 4 * 4096
    content[quarter : 3 * quarter] = b"\xa5" * (2 * quarter)
    path.write_bytes(content)
    return bytes(content)


def beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def files_like(path: Path, pattern: str) -> list[str]:
    return sorted(found.name for found in path.parent.glob(path.name + pattern))


async def test_a_backup_holds_what_was_written_before_it_and_its_time(db: Database) -> None:
    await note(db, "before")
    await db.back_up(NOON)
    await note(db, "after")
    assert made_at(db.path) == NOON
    assert files_like(db.path, ".*") == ["usher.db.backup"]
    with closing(sqlite3.connect(backup_of(db.path))) as copy:
        assert copy.execute("SELECT fingerprint FROM command_sync").fetchall() == [("before",)]
        assert copy.execute("PRAGMA journal_mode").fetchall() == [("delete",)]


async def test_a_backup_waits_for_no_write(db: Database) -> None:
    with closing(sqlite3.connect(db.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with asyncio.timeout(2):
            await db.back_up(NOON)
        other.execute("ROLLBACK")
    assert made_at(db.path) == NOON


async def test_a_write_waits_for_no_backup(db: Database) -> None:
    with closing(sqlite3.connect(copy_of(db.path), isolation_level=None)) as holder:
        # The backup has begun to read one state of the file, and cannot write any of it down.
        holder.execute("BEGIN EXCLUSIVE")
        backing_up = asyncio.create_task(db.back_up(NOON))
        await until(lambda: is_read_by_another(db.path))
        await note(db, "meanwhile")
        assert not backing_up.done()
        holder.execute("ROLLBACK")
    await backing_up
    assert (noted(db.path), made_at(db.path)) == ({"global": "meanwhile"}, NOON)


def is_read_by_another(path: Path) -> bool:
    """Whether somebody holds on to the state of the file: its log cannot be emptied then (SQLite, wal_checkpoint)."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as connection:
        # Whoever reads the file without a log does not show: now there is one.
        connection.execute("INSERT OR REPLACE INTO command_sync VALUES (2, 'global', 'x')")
        (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return bool(busy)


async def test_what_is_forgotten_leaves_nothing_but_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "usher.db"
    lock = ProcessLock.take(path)
    await killed_with_a_log(path)
    # As processes leave them that are killed while they make a backup, or a restore.
    for ending in (".backup.new", ".backup.new-journal", ".restoring", ".restoring-wal"):
        beside(path, ending).write_bytes(b"half of it")
    forget(path)
    lock.release()
    assert files_like(path, "*") == ["usher.db.lock"]


async def test_a_damaged_file_is_not_backed_up_over_the_last_backup(tmp_path: Path) -> None:
    path = tmp_path / "usher.db"
    with closing(Database.open(path)) as db:
        await db.back_up(NOON)
    before = backup_of(path).read_bytes()
    damage(path)
    with pytest.raises((BackupError, sqlite3.DatabaseError)):
        backup.back_up(path, now=NOON + timedelta(days=1))
    assert (backup_of(path).read_bytes(), made_at(path)) == (before, NOON)
    assert files_like(path, "*.new*") == []


@pytest.mark.parametrize(
    ("old", "first"), [(None, 0), (25, -1), (23, 1), (-24 * 400, 0)], ids=["none", "old", "fresh", "dated ahead"]
)
async def test_housekeeping_backs_up_where_the_last_is_older_than_a_day(
    db: Database, old: int | None, first: int
) -> None:
    wall = SystemClock().wall().replace(microsecond=0)
    if old is not None:
        await db.back_up(wall - timedelta(hours=old))
    alarm = Alarm(SystemClock().wall)
    then = keep_house(db, Now(wall), alarm)
    assert then == wall + timedelta(hours=first)
    if first <= 0:
        await until(lambda: made_at(db.path) == wall)
    alarm.stop()


async def test_a_backup_that_cannot_be_looked_at_is_logged_and_made_anew(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    backup_of(db.path).symlink_to(backup_of(db.path))
    alarm = Alarm(SystemClock().wall)
    keep_house(db, SystemClock(), alarm)
    assert "the last backup cannot be looked at" in caplog.text
    await until(lambda: backup_of(db.path).is_file())
    alarm.stop()


async def test_a_damaged_database_names_the_backup_its_age_and_the_command(tmp_path: Path) -> None:
    path = tmp_path / "usher.db"
    with closing(Database.open(path)) as db:
        await db.back_up(NOON)
    content = damage(path)
    with pytest.raises(DatabaseError) as refusal:
        Database.open(path, now=NOON + timedelta(hours=3))
    assert str(refusal.value).partition("It was left as it is. ")[2] == (
        f"To put the backup of 2025-04-28 12:00 UTC, 3 hours old ({path}.backup) in its place, losing what came "
        f"later: usher restore {path}"
    )
    assert path.read_bytes() == content
    os.unlink(backup_of(path))
    with pytest.raises(DatabaseError, match="There is no backup"):
        Database.open(path)


async def killed_with_a_log(path: Path) -> None:
    """A database as a process leaves it that is killed: its log holds what is not in the file."""
    living = path.with_name("living.db")
    with closing(Database.open(living)) as db:
        await note(db, "before")
        await db.back_up(NOON)
        db.reader.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        await note(db, "after")
        for ending in ("", "-wal"):
            shutil.copy(beside(living, ending), beside(path, ending))
    os.replace(backup_of(living), backup_of(path))
