"""One file, migrated once, all or nothing."""

import gc
import sqlite3
from functools import partial
from pathlib import Path

import pytest
import sqlite_utils

from bot.actions.programme.current import CurrentProgrammes
from bot.storage import command_sync
from bot.storage.database import Database, DatabaseError
from bot.storage.programme import programmes, shared_cards
from bot.storage.programme.programmes import Version
from bot.storage.programme.shared_cards import SharedCard
from tests.chat.samples import NINE, at, event, program


async def test_write_keeps_everything_or_nothing(db: Database) -> None:
    def half(tables: sqlite_utils.Database) -> None:
        command_sync.record(tables, 1, "global", "a")
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        await db.write(half)
    assert command_sync.of_application(db.reader, 1) == {}
    await db.write(lambda tables: command_sync.record(tables, 1, "global", "b"))
    assert command_sync.of_application(db.reader, 1) == {"global": "b"}


async def test_no_garbage_is_looked_for_while_writing_and_afterwards_it_is_again(db: Database) -> None:
    def failing(tables: sqlite_utils.Database) -> None:
        assert not gc.isenabled()
        raise RuntimeError("in the middle")

    assert not await db.write(lambda tables: gc.isenabled())
    with pytest.raises(RuntimeError, match="in the middle"):
        await db.write(failing)
    assert gc.isenabled()


async def test_a_commit_that_fails_leaves_the_database_writable(db: Database) -> None:
    def dangling(tables: sqlite_utils.Database) -> None:
        tables.execute("CREATE TABLE parent(id INTEGER PRIMARY KEY)")
        tables.execute("CREATE TABLE child(parent INTEGER REFERENCES parent(id) DEFERRABLE INITIALLY DEFERRED)")
        tables.execute("INSERT INTO child VALUES (1)")

    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        await db.write(dangling)
    await db.write(lambda tables: command_sync.record(tables, 1, "global", "after"))
    assert command_sync.of_application(db.reader, 1) == {"global": "after"}


async def test_what_was_written_is_there_after_reopening(tmp_path: Path) -> None:
    for value in ("first", "second"):
        db = Database.open(tmp_path / "usher.db")
        await db.write(partial(command_sync.record, application_id=1, scope="global", value=value))
        db.close()
    db = Database.open(tmp_path / "usher.db")
    assert command_sync.of_application(db.reader, 1) == {"global": "second"}
    db.close()


def test_open_uses_wal_and_full_sync(tmp_path: Path) -> None:
    db = Database.open(tmp_path / "usher.db")
    modes = [db.reader.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    db.close()
    assert modes == ["wal", 2]


@pytest.mark.parametrize("content", [b"this is no database" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_open_refuses_a_damaged_file_and_keeps_it(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "usher.db"
    path.write_bytes(content)
    with pytest.raises(DatabaseError, match="It was left as it is"):
        Database.open(path)
    assert path.read_bytes() == content


def test_open_refuses_a_damaged_page(tmp_path: Path) -> None:
    path = tmp_path / "usher.db"
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE t(a)")
    plain.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 200)
    plain.execute("CREATE INDEX i ON t(a)")
    plain.commit()
    plain.close()
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 6] = b"\x00" * 4096 * 3
    path.write_bytes(content)
    with pytest.raises(DatabaseError, match="It was left as it is"):
        Database.open(path)


async def test_the_newest_version_of_an_event_is_in_force(db: Database) -> None:
    old, new = program(), program(posters=())
    for version, mark in ((old, "one"), (new, "two")):
        await db.write(partial(programmes.add, program=version, fingerprint=mark, at=NINE, by="test"))
    assert programmes.newest(db.reader, "small") == Version(2, new)
    assert programmes.newest(db.reader, "other") is None
    assert programmes.by_fingerprint(db.reader, "two") == Version(2, new)
    # The files were changed back: what is stored for them is no longer in force, so they are read anew.
    assert programmes.by_fingerprint(db.reader, "one") is None


async def test_a_version_stored_by_another_release_is_left_alone(db: Database) -> None:
    await db.write(partial(programmes.add, program=program(), fingerprint="one", at=NINE, by="test"))
    await db.write(lambda tables: tables.execute("UPDATE programme SET fingerprint = '0:one', content = '{}'"))
    assert (programmes.newest(db.reader, "small"), programmes.by_fingerprint(db.reader, "one")) == (None, None)


async def test_guilds_follow_the_event_they_chose(db: Database) -> None:
    await db.write(lambda tables: programmes.set_event(tables, 1, "small"))
    await db.write(lambda tables: programmes.set_event(tables, 2, "large"))
    await db.write(lambda tables: programmes.set_event(tables, 2, None))
    assert programmes.events_of_guilds(db.reader) == {1: "small"}


async def test_shared_cards_are_kept_by_guild(db: Database) -> None:
    mine, other = SharedCard(10, 1, 2, 3, "now|", at(0)), SharedCard(11, 9, 2, 3, "join|", at(1))
    for card in (mine, other):
        await db.write(partial(shared_cards.add, card=card))
    assert shared_cards.of_guild(db.reader, 1) == [mine]


def test_two_guilds_see_their_own_event() -> None:
    other = program(event=event(id="other", name="Other"))
    current = CurrentProgrammes(Version(1, program()), {"other": Version(2, other)}, {7: "other", 8: "unknown"})
    names = [current.for_guild(guild).program.event.name for guild in (7, 8, None)]
    assert names == ["Other", "Small Workshop", "Small Workshop"]
