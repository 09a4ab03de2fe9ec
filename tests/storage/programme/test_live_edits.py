"""Live edits are each guild's own."""

import sqlite_utils

from bot.domain.changes.change import Field
from bot.domain.changes.edit import Edit
from bot.storage.database import Database
from bot.storage.programme import live_edits
from tests.chat.samples import NINE

CANCELLED = Edit("s2", Field.CANCELLED, "yes", "no", "The speaker is ill")
MOVED = Edit("s2", Field.TIME, "a/b", "c/d")
ROOMLESS = Edit("s1", Field.ROOM, "side", None)


async def put(db: Database, *edits: Edit, guild: int = 1, event: str = "small") -> None:
    def write(tables: sqlite_utils.Database) -> None:
        for edit in edits:
            live_edits.put(tables, guild, event, edit, at=NINE, by="Mo")

    await db.write(write)


async def test_edits_come_back_as_they_were_in_a_fixed_order(db: Database) -> None:
    await put(db, MOVED, CANCELLED, ROOMLESS)
    assert live_edits.of_guild(db.reader, 1, "small") == [ROOMLESS, CANCELLED, MOVED]


async def test_a_field_has_one_edit(db: Database) -> None:
    later = Edit("s2", Field.TIME, "e/f", "c/d", "Late train")
    await put(db, MOVED, later)
    assert live_edits.of_guild(db.reader, 1, "small") == [later]


async def test_an_edit_back_to_its_base_leaves_none(db: Database) -> None:
    await put(db, MOVED, CANCELLED, Edit("s2", Field.TIME, "c/d", "c/d"))
    assert live_edits.of_guild(db.reader, 1, "small") == [CANCELLED]


async def test_edits_of_other_guilds_and_events_are_apart(db: Database) -> None:
    await put(db, MOVED)
    await put(db, CANCELLED, guild=2)
    await put(db, ROOMLESS, event="other")
    await db.write(lambda tables: live_edits.remove(tables, 2, "small", "s2", Field.TIME))
    found = [
        live_edits.of_guild(db.reader, guild, event) for guild, event in ((1, "small"), (2, "small"), (1, "other"))
    ]
    assert found == [[MOVED], [CANCELLED], [ROOMLESS]]


async def test_remove_forgets_one_and_takes_what_is_not_there_calmly(db: Database) -> None:
    await put(db, MOVED, CANCELLED)
    for _ in range(2):
        await db.write(lambda tables: live_edits.remove(tables, 1, "small", "s2", Field.TIME))
    assert live_edits.of_guild(db.reader, 1, "small") == [CANCELLED]


async def test_all_edits_are_found_by_guild_and_event(db: Database) -> None:
    await put(db, MOVED, CANCELLED)
    await put(db, ROOMLESS, guild=2, event="other")
    assert live_edits.of_all(db.reader) == {(1, "small"): [CANCELLED, MOVED], (2, "other"): [ROOMLESS]}
