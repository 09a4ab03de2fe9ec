"""A new import keeps what organizers changed, forgets what it says itself, and names what it contradicts."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot.actions.publish_program import publish_program
from bot.domain.changes.change import Field
from bot.domain.changes.edit import Edit
from bot.domain.changes.written import span
from bot.domain.program import Program
from bot.storage import live_edits
from bot.storage.database import Database
from tests.chat.samples import NINE, at, program

SMALL = program()
MOVED = Edit("s3", Field.TIME, span(at(60), at(100)), span(at(50), at(90)))
CANCELLED = Edit("s2", Field.CANCELLED, "yes", "no")
GONE = Edit("s9", Field.CANCELLED, "yes", "no")


async def kept(path: Path, imported: Program, *edits: Edit) -> list[Edit]:
    """What is left of a guild's ``edits`` after ``imported`` was published."""
    db = Database.open(path / "usher.db")
    try:
        for edit in edits:
            await db.write(partial(live_edits.put, guild_id=1, event_id="small", edit=edit, at=NINE, by="7"))
        await publish_program(db, imported, fingerprint="x", at=NINE, by="test")
        return live_edits.of_guild(db.reader, 1, "small")
    finally:
        db.close()


def at_another_time(minutes: int) -> Program:
    sessions = [
        replace(one, start=at(minutes), end=at(minutes + 40)) if one.id == "s3" else one for one in SMALL.sessions
    ]
    return program(sessions=tuple(sessions))


async def test_edits_outlive_an_import_that_says_nothing_of_them(tmp_path: Path) -> None:
    assert await kept(tmp_path, SMALL, CANCELLED, MOVED) == [CANCELLED, MOVED]


async def test_what_the_files_now_say_is_forgotten(tmp_path: Path) -> None:
    assert await kept(tmp_path, at_another_time(60), CANCELLED, MOVED) == [CANCELLED]


async def test_a_contradiction_is_named_and_the_live_value_stays(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert await kept(tmp_path, at_another_time(80), MOVED, GONE) == [MOVED, GONE]
    assert [record.getMessage() for record in caplog.records] == [
        f"server 1: the time of session s3 was changed live to {MOVED.value}, and the files now say "
        f"{span(at(80), at(120))}: the live value stays",
        "server 1: the cancellation of session s9 was changed live to yes, and the files no longer have it: "
        "it has no effect",
    ]
