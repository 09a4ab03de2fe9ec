"""A restore loses no file, says what it did, and gives no number twice."""

import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.backup import BackupError, age, backup_of
from bot.storage.database import Database, DatabaseError, restoring
from bot.storage.delivery import outbox, told
from bot.storage.delivery.outbox import Op, State
from bot.storage.lock import InUseError, ProcessLock
from bot.storage.restore import SoundError, restore
from tests.chat.samples import at
from tests.storage.test_backup import NOON, beside, damage, files_like, killed_with_a_log, note, noted


async def queue(db: Database, key: str, *, due: int) -> None:
    add = partial(told.add, key=key, op=Op.MESSAGE, facts=Facts(NoticeKind.CHANGED), place="schedule", priority=0)
    await db.write(lambda tables: add(tables, 1, due_at=at(due), expires_at=at(due + 600)))


def read(path: Path) -> bytes:
    return path.read_bytes()


async def test_a_restore_puts_the_backup_in_place_and_keeps_the_old_file_with_its_log(tmp_path: Path) -> None:
    path = tmp_path / "usher.db"
    await killed_with_a_log(path)
    log = read(beside(path, "-wal"))
    damaged = damage(path)
    done = restore(path, now=NOON + timedelta(hours=3), force=True)
    assert done.kept == Path(f"{path}.damaged-20250428T150000Z")
    assert (read(done.kept), read(beside(done.kept, "-wal"))) == (damaged, log)
    assert files_like(path, "-*") == []
    assert noted(path) == {"global": "before"}
    assert done.summary.startswith(f"The backup of 2025-04-28 12:00 UTC (3 hours old) is now {path}.\nThe file that")


async def test_a_start_on_a_damaged_file_changes_neither_it_nor_its_log(tmp_path: Path) -> None:
    path = tmp_path / "usher.db"
    await killed_with_a_log(path)
    damage(path)
    before = [read(beside(path, ending)) for ending in ("", "-wal")]
    with pytest.raises(DatabaseError, match="is damaged"):
        Database.open(path)
    assert [read(beside(path, ending)) for ending in ("", "-wal")] == before


async def test_what_was_due_is_looked_for_and_no_number_is_given_twice(tmp_path: Path) -> None:
    path = tmp_path / "usher.db"
    with closing(Database.open(path)) as db:
        await queue(db, "due", due=0)
        await queue(db, "later", due=60)
        await db.back_up(at(-10))
        await queue(db, "since", due=60)
        (given,) = (row.id for row in outbox.of_guild(db.reader, 1) if row.key == "since")
    for minutes in (30, 31):
        restore(path, now=at(minutes), force=True)
    with closing(Database.open(path)) as db:
        await queue(db, "new", due=60)
        rows = {row.key: row for row in outbox.of_guild(db.reader, 1)}
    assert {key: (row.state, row.claimed_at is not None, row.attempts) for key, row in rows.items()} == {
        "due": (State.QUEUED, True, 1),
        "later": (State.QUEUED, False, 0),
        "new": (State.QUEUED, False, 0),
    }
    assert rows["new"].id > outbox.millis(at(31)) > given


async def test_a_restore_is_refused_where_it_would_do_harm(tmp_path: Path) -> None:
    path = tmp_path / "usher.db"
    with closing(Database.open(path)) as db:
        with pytest.raises(BackupError, match="There is no backup"):
            restore(path, now=NOON)
        await db.back_up(NOON)
    content = read(path)
    with pytest.raises(SoundError, match=r"is sound\. Nothing was changed\."):
        restore(path, now=NOON)
    lock = ProcessLock.take(path)
    with pytest.raises(InUseError):
        restore(path, now=NOON, force=True)
    lock.release()
    damage(backup_of(path))
    with pytest.raises(BackupError, match=r"is damaged, too\. Nothing was changed\."):
        restore(path, now=NOON, force=True)
    assert read(path) == content


async def test_a_restore_that_was_interrupted_is_done_again_before_anything_else(tmp_path: Path) -> None:
    path = tmp_path / "usher.db"
    with closing(Database.open(path)) as db:
        await note(db, "before")
        await db.back_up(NOON)
    # As one leaves it that is killed after the old file got its other name.
    os.replace(path, tmp_path / "usher.db.damaged")
    restoring(path).write_bytes(b"half of it")
    with pytest.raises(DatabaseError, match=r"was interrupted\. Do it again: usher restore"):
        Database.open(path)
    restore(path, now=NOON)
    assert noted(path) == {"global": "before"}


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 minutes"), (1, "1 minute"), (59, "59 minutes"), (60, "1 hour"), (2 * 1440, "2 days")]
)
def test_an_age_is_told_in_one_unit(minutes: int, words: str) -> None:
    assert age(timedelta(minutes=minutes)) == words


async def test_a_restore_that_fails_on_the_way_leaves_everything_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "usher.db"
    with closing(Database.open(path)) as db:
        await note(db, "before")
        await db.back_up(NOON)
        # As in a release to come: what is made ready here is not there.
        db.reader.conn.execute("DELETE FROM command_sync")
    with closing(sqlite3.connect(backup_of(path))) as copy, copy:
        copy.execute("ALTER TABLE outbox RENAME TO elsewhere")
    with pytest.raises(BackupError, match="It is as it was"):
        restore(path, now=NOON, force=True)
    assert files_like(path, ".*") == ["usher.db.backup", "usher.db.lock"]
    assert noted(path) == {}


async def test_an_interrupted_restore_of_a_sound_database_is_given_up_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "usher.db"
    with closing(Database.open(path)) as db:
        await db.back_up(NOON)
        await note(db, "after")
    restoring(path).write_bytes(b"half of it")
    with pytest.raises(SoundError, match="is given up, and the bot can start"):
        restore(path, now=NOON)
    assert noted(path) == {"global": "after"}
