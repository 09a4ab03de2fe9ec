"""What is kept of people, and of whom."""

from functools import partial

from bot.domain.attendance import Attends, Settings
from bot.storage import people
from bot.storage.database import Database

CHOSEN = Settings(Attends.ONLINE, True, False, 9, (3, 5))


async def put(db: Database, user_id: int, settings: Settings, guild_id: int = 1) -> None:
    await db.write(lambda tables: people.put(tables, guild_id, user_id, settings))


async def test_what_was_chosen_comes_back_for_its_guild_alone(db: Database) -> None:
    await put(db, 7, CHOSEN)
    assert [people.of_person(db.reader, guild, user) for guild, user in ((1, 7), (2, 7), (1, 8))] == [
        CHOSEN,
        None,
        None,
    ]


async def test_settings_that_say_nothing_leave_no_row(db: Database) -> None:
    await put(db, 7, CHOSEN)
    await put(db, 7, Settings(dm_channel_id=9, roles=(3,)))
    assert people.of_person(db.reader, 1, 7) is None


async def test_roles_are_refreshed_only_where_there_is_a_row_and_they_differ(db: Database) -> None:
    await put(db, 7, CHOSEN)
    held = [(7, (3, 5)), (7, (3,)), (8, (3,))]
    assert [people.holds_other_roles(db.reader, 1, user, roles) for user, roles in held] == [False, True, False]
    for user in (7, 8):
        await db.write(partial(people.refresh_roles, guild_id=1, user_id=user, roles=(3,)))
    found = [people.of_person(db.reader, 1, user) for user in (7, 8)]
    assert [one.roles if one else None for one in found] == [(3,), None]


async def test_closing_stops_the_copies_of_whoever_has_them(db: Database) -> None:
    await put(db, 7, CHOSEN)
    await put(db, 8, Settings(Attends.IN_PERSON))
    assert (list(people.with_copies(db.reader, 1)), people.count_with_copies(db.reader, 1)) == ([7], 1)
    for user in (7, 8, 9):
        await db.write(partial(people.close, guild_id=1, user_id=user))
    assert people.of_person(db.reader, 1, 7) == Settings(Attends.ONLINE, False, True, 9, (3, 5))
    assert people.of_person(db.reader, 1, 8) == Settings(Attends.IN_PERSON)
    assert (people.with_copies(db.reader, 1), people.count_with_copies(db.reader, 1)) == ({}, 0)
