"""Starring: once each, a limit, and one guild knows nothing of another."""

import asyncio
from datetime import timedelta

from bot.actions.agenda.choose_reminders import choose_reminders
from bot.actions.agenda.star import STARS_MOST, star, unstar
from bot.domain.agenda import Star, StarKind
from bot.domain.errors import UsherError
from bot.domain.reminders.choice import ReminderChoice, Where
from bot.storage.agenda import reminder_choices, stars
from bot.storage.database import Database
from tests.chat.samples import at, program

EVENT = program()
TALK, POSTER = Star(StarKind.SESSION, "s1"), Star(StarKind.POSTER, "p1")


async def test_a_star_is_kept_once_and_the_oldest_stands_first(db: Database) -> None:
    assert [await star(db, 1, 7, wanted, EVENT, at(n)) for n, wanted in enumerate([POSTER, TALK, POSTER])] == [
        True,
        True,
        False,
    ]
    assert stars.of_person(db.reader, 1, 7) == [POSTER, TALK]
    assert [await unstar(db, 1, 7, POSTER, EVENT, at(0)) for _ in range(2)] == [True, False]
    assert stars.of_person(db.reader, 1, 7) == [TALK]


async def test_stars_belong_to_one_person_in_one_guild(db: Database) -> None:
    await star(db, 1, 7, TALK, EVENT, at(0))
    assert (stars.of_person(db.reader, 1, 8), stars.of_person(db.reader, 2, 7)) == ([], [])
    assert await unstar(db, 2, 7, TALK, EVENT, at(0)) is False
    assert stars.of_person(db.reader, 1, 7) == [TALK]


async def test_an_agenda_has_a_limit_even_when_pressed_at_once(db: Database) -> None:
    for number in range(STARS_MOST - 1):
        await star(db, 1, 7, Star(StarKind.POSTER, f"x{number}"), EVENT, at(number))
    pressed = await asyncio.gather(
        *(star(db, 1, 7, wanted, EVENT, at(999)) for wanted in (TALK, POSTER)), return_exceptions=True
    )
    assert [one if isinstance(one, bool) else type(one) for one in pressed] == [True, UsherError]
    assert len(stars.of_person(db.reader, 1, 7)) == STARS_MOST
    assert await star(db, 1, 7, TALK, EVENT, at(1000)) is False


async def test_everybody_with_one_of_many_stars_is_found(db: Database) -> None:
    for person, wanted in ((9, TALK), (7, POSTER), (7, TALK), (8, Star(StarKind.SPEAKER, "s1"))):
        await star(db, 1, person, wanted, EVENT, at(0))
    await star(db, 2, 6, TALK, EVENT, at(0))
    many = [Star(StarKind.POSTER, f"x{number}") for number in range(1500)]
    assert stars.people_with(db.reader, 1, [*many, TALK, POSTER]) == [7, 9]
    assert stars.people_with(db.reader, 1, []) == []


async def test_a_choice_of_reminders_replaces_the_one_before(db: Database) -> None:
    assert reminder_choices.of_person(db.reader, 1, 7) == ReminderChoice(switched_off=True)
    first = ReminderChoice(timedelta(minutes=30), Where.CHANNEL, digest=False, switched_off=False)
    second = ReminderChoice(switched_off=False, dm_channel_id=2**62)
    for choice in (first, second):
        await choose_reminders(db, 1, 7, choice, EVENT, at(0))
        assert reminder_choices.of_person(db.reader, 1, 7) == choice
    await choose_reminders(db, 1, 8, ReminderChoice(switched_off=True), EVENT, at(0))
    await choose_reminders(db, 2, 9, first, EVENT, at(0))
    assert reminder_choices.in_force(db.reader, 1) == {7: second}
