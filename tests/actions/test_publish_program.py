"""A published version is stored with where it came from."""

from pathlib import Path

from bot.actions.publish_program import publish_program
from bot.storage import event_folders, programmes
from bot.storage.database import Database
from bot.storage.event_folders import SeenFolder
from bot.storage.programmes import Manner, Version
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
        found = [programmes.manner_between(db.reader, "small", *span) for span in spans]
        assert found == [Manner(), quiet, Manner(files_win=True)]
    finally:
        db.close()
