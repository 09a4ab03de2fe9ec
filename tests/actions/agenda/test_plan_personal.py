"""Personal reminders are planned once: again only for whom something changed, and always as planning all would."""

from datetime import datetime, timedelta
from hashlib import blake2b
from random import Random

import pytest

from bot.actions.agenda.plan_personal import plan_people
from bot.actions.agenda.star import star
from bot.actions.programme.change_session import change_session
from bot.chat.organizing.following import Following
from bot.domain.agenda import Star, StarKind
from bot.domain.changes.apply import apply_edits
from bot.domain.changes.edit import Edit
from bot.domain.changes.live import Standing, cancel, delay, restore
from bot.domain.program import Program
from bot.domain.reminders.choice import LEADS, ReminderChoice, Where
from bot.storage import codec
from bot.storage.agenda import reminder_choices, stars
from bot.storage.database import Database, Tables
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import Row
from bot.storage.programme import live_edits
from tests.chat.samples import at, program
from tests.large_event import large_event

SMALL = program()
#: Speakers with talks, posters in one session and in all, deadlines, on three days.
LARGE = large_event(posters=60, sessions=24, speakers=40, days=3)
LONG_BEFORE = LARGE.sessions[0].start - timedelta(days=40)
GUILD, PERSON = 1, 7
MINE = Star(StarKind.SESSION, "s2")
AWAKE = ReminderChoice(timedelta(minutes=10), digest=False, switched_off=False)


def personal(db: Database) -> list[Row]:
    """What is still to be said to people, or for them."""
    rows = outbox.of_guild(db.reader, GUILD)
    return [row for row in rows if row.key.startswith(("dm:", "mention:")) and row.state == "queued"]


async def plan(db: Database, of: Program, *, now: datetime) -> None:
    await db.write(lambda tables: plan_people(tables, GUILD, of, now=now))


def a_crowd(tables: Tables) -> None:
    """Sixty people with agendas of every kind, reminded in every way."""
    random = Random(3)
    records = [
        *(Star(StarKind.SESSION, session.id) for session in LARGE.sessions),
        *(Star(StarKind.TALK, talk) for talk in LARGE.talk_by_id),
        *(Star(StarKind.SPEAKER, speaker.id) for speaker in LARGE.speakers),
        *(Star(StarKind.POSTER, poster.id) for poster in LARGE.posters),
        *(Star(StarKind.DEADLINE, deadline.id) for deadline in LARGE.deadlines),
    ]
    for person in range(60):
        where, off = random.choice(list(Where)), random.random() < 0.1
        choice = ReminderChoice(random.choice(LEADS), where, random.random() < 0.6, off, 1000 + person)
        reminder_choices.put(tables, GUILD, person, choice)
        for wanted in random.sample(records, 15):
            stars.add(tables, GUILD, person, wanted, LONG_BEFORE, most=99)


def standing(db: Database) -> Program:
    return apply_edits(LARGE, live_edits.of_guild(db.reader, GUILD, LARGE.event.id)).program


def some_edits(random: Random, standing: Program) -> tuple[Edit, ...]:
    here = Standing(LARGE, standing, LONG_BEFORE)
    chosen = random.choice(standing.sessions)
    if chosen.cancelled:
        return restore(here, chosen.id)
    return cancel(here, chosen.id) if random.random() < 0.3 else delay(here, chosen.id, random.choice((-30, 5, 45)))


@pytest.mark.parametrize("seed", range(4))
async def test_following_changes_comes_to_what_planning_everybody_would(seed: int, db: Database) -> None:
    random = Random(seed)
    await db.write(a_crowd)
    await plan(db, LARGE, now=LONG_BEFORE)
    for act in range(8):
        edits, shown = some_edits(random, standing(db)), Following(LONG_BEFORE, ())
        before = personal(db)
        await change_session(db, GUILD, LARGE, edits, act=act, at=LONG_BEFORE, by="7", shown=shown)
        followed = personal(db)
        assert followed != before
        await db.write(lambda tables: tables.execute("DELETE FROM personal_plan"))
        await plan(db, standing(db), now=LONG_BEFORE)
        assert personal(db) == followed


async def planned(db: Database) -> None:
    """One person's reminder of one session, planned."""
    await db.write(lambda tables: reminder_choices.put(tables, GUILD, PERSON, AWAKE))
    await plan(db, SMALL, now=at(-600))
    await star(db, GUILD, PERSON, MINE, SMALL, at(-600))
    assert [row.facts.ids for row in personal(db)] == [("s2",)]


async def test_what_stands_is_not_planned_again(db: Database) -> None:
    await planned(db)
    await db.write(lambda tables: tables.execute("DELETE FROM outbox WHERE dedupe_key LIKE 'dm:%'"))
    await plan(db, SMALL, now=at(-500))
    assert personal(db) == []
    await plan(db, program(deadlines=()), now=at(-500))
    assert [row.facts.ids for row in personal(db)] == [("s2",)]


async def test_a_clock_that_was_set_back_plans_what_was_past(db: Database) -> None:
    await db.write(lambda tables: reminder_choices.put(tables, GUILD, PERSON, AWAKE))
    await db.write(lambda tables: stars.add(tables, GUILD, PERSON, MINE, at(0), most=9))
    await plan(db, SMALL, now=at(5))
    assert personal(db) == []
    await plan(db, SMALL, now=at(-55))
    assert [row.facts.ids for row in personal(db)] == [("s2",)]


CHANGED_ASIDE = {
    "a star more": (
        lambda t: stars.add(t, GUILD, PERSON, Star(StarKind.SESSION, "s1"), at(-600), most=9),
        ["s1", "s2"],
    ),
    "a star less": (lambda t: stars.remove(t, GUILD, PERSON, MINE), []),
    "switched off": (lambda t: reminder_choices.put(t, GUILD, PERSON, ReminderChoice()), []),
    "forgotten": (lambda t: t.execute("DELETE FROM reminder_choice"), []),
}


@pytest.mark.parametrize("change", CHANGED_ASIDE)
async def test_who_was_changed_without_being_planned_is_planned_next(change: str, db: Database) -> None:
    act, reminded_of = CHANGED_ASIDE[change]
    await planned(db)
    await db.write(act)
    await plan(db, SMALL, now=at(-500))
    assert sorted(row.facts.ids[0] for row in personal(db)) == reminded_of


async def test_who_was_planned_by_another_programme_is_planned_anew(db: Database) -> None:
    """As when a tool publishes beside the running bot, which goes on with what it knows for a moment."""
    await planned(db)
    later = apply_edits(SMALL, delay(Standing(SMALL, SMALL, at(-600)), "s1", 30)).program
    await plan(db, later, now=at(-500))
    await star(db, GUILD, PERSON, Star(StarKind.SESSION, "s1"), SMALL, at(-500))
    await plan(db, later, now=at(-500))
    assert [row.due_at for row in personal(db) if row.facts.ids == ("s1",)] == [
        later.session_by_id["s1"].start - AWAKE.lead
    ]


async def test_the_mark_of_a_programme_survives_being_stored() -> None:
    assert codec.decode(codec.encode(LARGE)).times_mark == LARGE.times_mark
    assert apply_edits(SMALL, delay(Standing(SMALL, SMALL, at(-600)), "s1", 30)).program.times_mark != SMALL.times_mark


async def test_the_rules_have_a_number(db: Database) -> None:
    """Other reminders from the same agendas: raise ``plan_personal.RULES``, then write the new digest here."""
    await db.write(a_crowd)
    await plan(db, LARGE, now=LONG_BEFORE)
    rows = [(row.key, row.due_at, row.expires_at, row.place, row.audience.value, row.facts) for row in personal(db)]
    assert blake2b(repr(sorted(rows, key=str)).encode(), digest_size=8).hexdigest() == "78eb2fb7ed789f6a"
