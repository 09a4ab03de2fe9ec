"""A session and the talk that begins it are one reminder, directly and in the channel."""

from datetime import datetime, timedelta

import pytest

from bot.actions.agenda.plan_personal import plan_people
from bot.chat.unasked.mentions import mentioned_in
from bot.domain.agenda import Star, StarKind
from bot.domain.program import Program
from bot.domain.reminders.choice import ReminderChoice, Where
from bot.domain.sessions import Kind, Talk
from bot.storage.agenda import reminder_choices, stars
from bot.storage.database import Database, Tables
from bot.storage.delivery import outbox
from tests.chat.samples import at, program, session

WHOLE, FIRST, SECOND = Star(StarKind.SESSION, "s1"), Star(StarKind.TALK, "t1"), Star(StarKind.TALK, "t2")


def talks(first: int = 60) -> Program:
    """A session at 10:00 with two talks, the first so many minutes after nine."""
    two = (Talk("t1", "On Flows", ("dawn",), start=at(first)), Talk("t2", "On Bridges", start=at(90)))
    return program(sessions=(session(1, 60, 120, Kind.ORAL, talks=two),), posters=())


async def wanted(db: Database, where: Where, held: dict[int, list[Star]]) -> None:
    choice = ReminderChoice(timedelta(minutes=10), where, digest=False, switched_off=False)

    def write(tables: Tables) -> None:
        for person, theirs in held.items():
            reminder_choices.put(tables, 1, person, choice)
            for star in theirs:
                stars.add(tables, 1, person, star, at(-600), most=9)

    await db.write(write)


async def plan(db: Database, of: Program, before: Program | None = None) -> None:
    await db.write(lambda tables: plan_people(tables, 1, of, now=at(-500), before=before))


def told(db: Database, of: Program) -> list[tuple[str, datetime, list[int]]]:
    """What of the programme is told, when, and to whom."""
    rows = [row for row in outbox.of_guild(db.reader, 1) if row.key.startswith(("dm:", "mention:"))]
    return sorted(
        (row.facts.ids[0], row.due_at, mentioned_in(db.reader, row, of) if "mention" in row.key else [int(row.place)])
        for row in rows
        if row.state == "queued"
    )


@pytest.mark.parametrize(
    ("held", "named"),
    [([WHOLE, FIRST], ["t1"]), ([WHOLE, SECOND], ["s1", "t2"]), ([WHOLE], ["s1"]), ([FIRST], ["t1"])],
)
async def test_a_session_that_begins_with_a_starred_talk_is_told_by_that(
    held: list[Star], named: list[str], db: Database
) -> None:
    await wanted(db, Where.DM, {7: held})
    await plan(db, talks())
    assert [name for name, *_ in told(db, talks())] == named


async def test_in_the_channel_nobody_is_mentioned_twice(db: Database) -> None:
    await wanted(db, Where.CHANNEL, {7: [WHOLE, FIRST], 8: [WHOLE], 9: [FIRST]})
    await plan(db, talks())
    assert told(db, talks()) == [("s1", at(50), [8]), ("t1", at(50), [7, 9])]


@pytest.mark.parametrize("where", list(Where))
async def test_a_talk_that_moves_gives_its_session_a_reminder_again(where: Where, db: Database) -> None:
    await wanted(db, where, {7: [WHOLE, FIRST]})
    here, later = talks(), talks(70)
    await plan(db, here)
    await plan(db, later, before=here)
    assert told(db, later) == [("s1", at(50), [7]), ("t1", at(60), [7])]
    await plan(db, here, before=later)
    assert told(db, here) == [("t1", at(50), [7])]
