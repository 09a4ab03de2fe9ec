"""Thousands of authors follow a change a portion at a time: none is lost, whatever comes between."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from bot.actions.posters import plan_portions
from bot.actions.posters.plan_authors import basis_of, plan_all
from bot.actions.posters.plan_portions import AT_ONCE, plan_authors, plan_rest
from bot.domain.changes.apply import apply_edits
from bot.domain.changes.live import Standing, delay
from bot.domain.program import Program
from bot.storage.database import Database, Tables
from bot.storage.delivery.outbox import millis
from bot.storage.posters import author_plans
from tests.actions.posters.authoring import GUILD, SMALL, rows, told
from tests.chat.samples import at

NOW = at(-120)
LATER = apply_edits(SMALL, delay(Standing(SMALL, SMALL, NOW), "s2", 10, "Late")).program
MANY = 2 * AT_ONCE + 30


def many_authors(db: Tables) -> None:
    """Every third in lists, and every fifth in the thread."""
    people = [1_000 + number for number in range(MANY)]
    db.conn.executemany(
        "INSERT INTO authorship(guild_id, poster_id, user_id, since) VALUES (?, 'p2', ?, ?)",
        [[GUILD, person, millis(NOW)] for person in people],
    )
    db.conn.executemany(
        "INSERT INTO author_choice(guild_id, user_id, times, place) VALUES (?, ?, ?, ?)",
        [
            [GUILD, one, "digest" if one % 3 else "at_once", "thread" if one % 5 else "dm"]
            for one in people
            if one % 3 == 0 or one % 5 == 0
        ],
    )


def planning(program: Program) -> Callable[[Tables], None]:
    return partial(plan_authors, guild_id=GUILD, program=program, now=NOW)


async def test_portions_come_to_what_one_go_comes_to_wherever_they_were_interrupted(tmp_path: Path) -> None:
    at_once = Database.open(tmp_path / "one.db")
    await at_once.write(many_authors)
    await at_once.write(partial(plan_all, guild_id=GUILD, program=SMALL, now=NOW))
    await at_once.write(partial(plan_all, guild_id=GUILD, program=LATER, now=NOW))
    expected = sorted(told(at_once))
    at_once.close()

    db = Database.open(tmp_path / "usher.db")
    await db.write(many_authors)
    await db.write(planning(SMALL))
    assert (told(db), await plan_rest(db, GUILD, SMALL, lambda: NOW)) == ([], True)
    before = sorted(told(db))
    await db.write(planning(LATER))
    assert sorted(told(db)) == before
    # The first portion, then the process ends.
    basis = basis_of(LATER)
    one = partial(plan_portions._portion, guild_id=GUILD, program=LATER, basis=basis, now=NOW)
    assert await db.write(one) is True
    db.close()
    db = Database.open(tmp_path / "usher.db")
    known = author_plans.of_guild(db.reader, GUILD)
    assert known == author_plans.AuthorPlan(basis, 1_000 + AT_ONCE - 1)
    # A programme that is in force no more plans nothing; nor does the same change once more begin anew.
    assert await plan_rest(db, GUILD, SMALL, lambda: NOW) is False
    await db.write(planning(LATER))
    assert author_plans.of_guild(db.reader, GUILD) == known
    assert await plan_rest(db, GUILD, LATER, lambda: NOW) is True
    assert sorted(told(db)) == expected != before
    assert author_plans.of_guild(db.reader, GUILD) == author_plans.AuthorPlan(basis)
    # Back to what it was before: those who had not come to their turn are planned anew, too.
    await db.write(planning(SMALL))
    await plan_rest(db, GUILD, SMALL, lambda: NOW)
    assert sorted(told(db)) == before
    assert [row.key for row in rows(db, keys="act:plan:")] == ["act:plan:authors"]
    db.close()
