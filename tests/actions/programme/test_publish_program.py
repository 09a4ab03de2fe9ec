"""A published version is stored with where it came from."""

from functools import partial
from pathlib import Path

import pytest

from bot.actions.programme.publish_program import ChangedMeanwhileError, basis_of, publish_program
from bot.domain.changes.change import Field
from bot.domain.changes.edit import Edit
from bot.storage.database import Database
from bot.storage.programme import event_folders, live_edits, programmes
from bot.storage.programme.event_folders import SeenFolder
from bot.storage.programme.programmes import Manner, Version
from tests.chat.samples import NINE, program


async def test_a_version_is_stored_with_its_folder_and_its_manner(tmp_path: Path) -> None:
    db = Database.open(tmp_path / "usher.db")
    try:
        first = await publish_program(db, program(), fingerprint="x", at=NINE, by="test")
        quiet = Manner(files_win=True, quiet=True)
        changed = program(posters=())
        second = await publish_program(
            db, changed, fingerprint="y", at=NINE, by="test", folder="/events/small", manner=quiet
        )
        assert (first, second) == (Version(1, program()), Version(2, changed))
        assert programmes.newest(db.reader, "small") == second
        assert programmes.of_id(db.reader, 1) == program()
        assert event_folders.seen(db.reader, "/events/small") == SeenFolder("small", "y")
        assert event_folders.seen(db.reader, "/events/other") is None
        spans = [(0, 1), (1, 2), (0, 2)]
        found = [programmes.manner_between(db.reader, 7, "small", *span) for span in spans]
        assert found == [Manner(), quiet, Manner(files_win=True)]
    finally:
        db.close()


@pytest.mark.parametrize("guild", [7, None], ids=["in one server", "in all"])
@pytest.mark.parametrize("between", ["another version", "a live change"])
async def test_what_changed_since_it_was_looked_at_is_not_published(
    between: str, guild: int | None, tmp_path: Path
) -> None:
    db = Database.open(tmp_path / "usher.db")
    try:
        await publish_program(db, program(), fingerprint="x", at=NINE, by="test")
        seen = basis_of(db.reader, "small", guild)
        if between == "another version":
            await publish_program(db, program(posters=()), fingerprint="y", at=NINE, by="test")
        else:
            edit = Edit("s2", Field.CANCELLED, "yes", "no")
            await db.write(partial(live_edits.put, guild_id=7, event_id="small", edit=edit, at=NINE, by="1"))
        before = programmes.newest_ids(db.reader)
        with pytest.raises(ChangedMeanwhileError, match="Nothing was published"):
            await publish_program(db, program(), fingerprint="z", at=NINE, by="test", basis=seen)
        assert programmes.newest_ids(db.reader) == before
        await publish_program(db, program(), fingerprint="z", at=NINE, by="test", basis=basis_of(db.reader, "small"))
    finally:
        db.close()


async def test_a_live_change_in_a_server_that_was_not_looked_at_hinders_nobody(tmp_path: Path) -> None:
    db = Database.open(tmp_path / "usher.db")
    try:
        await publish_program(db, program(), fingerprint="x", at=NINE, by="test")
        seen = basis_of(db.reader, "small", 8)
        edit = Edit("s2", Field.CANCELLED, "yes", "no")
        await db.write(partial(live_edits.put, guild_id=7, event_id="small", edit=edit, at=NINE, by="1"))
        await publish_program(db, program(posters=()), fingerprint="y", at=NINE, by="test", basis=seen)
        assert programmes.newest(db.reader, "small") == Version(2, program(posters=()))
    finally:
        db.close()
