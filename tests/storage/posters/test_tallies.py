"""How much was asked about each poster is always what its questions come to, whoever changed them."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from random import Random

from sqlite_utils import Database as SqliteDatabase

from bot.domain.posters.question import Question, State
from bot.storage.database import Database, Tables
from bot.storage.migrations import MIGRATIONS
from bot.storage.posters import questions, tallies
from bot.storage.privacy import posters as privacy
from bot.storage.privacy.holding import Leaving

NOW = datetime(2025, 4, 28, 16, tzinfo=UTC)
GUILD, POSTERS, PEOPLE = 7, ("p1", "p2", "p10"), range(1, 6)
_ACTS = count(1)


def asked(tables: Tables, poster: str, person: int, state: State = State.OPEN, guild: int = GUILD) -> Question:
    return questions.add(tables, guild, poster, "Why?", asker=person, named=True, state=state, at=NOW, act=next(_ACTS))


def counted(tables: Tables) -> dict[str, tuple[int, int, int]]:
    found = tables.execute(
        "SELECT poster_id, count(*), sum(votes), sum(state = 'open') FROM question"
        " WHERE guild_id = ? AND state IN ('open', 'answered') GROUP BY poster_id",
        [GUILD],
    )
    return {poster: tuple(numbers) for poster, *numbers in found}


def kept(tables: Tables) -> dict[str, tuple[int, int, int]]:
    waiting = tallies.waiting(tables, GUILD)
    every = tallies.of_posters(tables, GUILD, POSTERS)
    return {poster: (*numbers, waiting.get(poster, 0)) for poster, numbers in every.items()}


async def test_they_follow_whatever_is_done_with_questions(tmp_path: Path) -> None:
    db, random = Database.open(tmp_path / "usher.db"), Random(5)
    acts: list[Callable[[Tables, Question, int], object]] = [
        lambda tables, one, person: asked(tables, random.choice(POSTERS), person),
        lambda tables, one, person: asked(tables, random.choice(POSTERS), person, State.DRAFT),
        lambda tables, one, person: asked(tables, one.poster_id, person, guild=GUILD + 1),
        lambda tables, one, person: questions.ask(tables, one, at=NOW),
        lambda tables, one, person: questions.set_state(tables, one, random.choice(list(State)[1:])),
        lambda tables, one, person: questions.vote(tables, one, person),
        lambda tables, one, person: questions.vote(tables, one, person),
        lambda tables, one, person: questions.unvote(tables, one, person),
        lambda tables, one, person: questions.remove_draft(tables, one),
        lambda tables, one, person: tables.execute("DELETE FROM question WHERE id = ?", [one.id]),
    ]
    forgetting = (privacy.QUESTIONS, privacy.DRAFTS, privacy.VOTES)

    def write(tables: Tables) -> None:
        asked(tables, "p1", 1)
        for turn in range(600):
            ids = [row for (row,) in tables.execute("SELECT id FROM question WHERE guild_id = ?", [GUILD])]
            one = questions.of_id(tables, GUILD, random.choice(ids)) if ids else asked(tables, "p1", 1)
            assert one is not None
            random.choice(acts)(tables, one, random.choice(PEOPLE))
            if turn % 60 == 59:
                for holding in forgetting:
                    assert holding.forget is not None
                    holding.forget(tables, Leaving(GUILD, random.choice(PEOPLE), NOW))
            assert kept(tables) == counted(tables)

    await db.write(write)
    assert len(kept(db.reader)) > 1
    db.close()


async def test_the_most_asked_come_first_then_those_with_more_questions(tmp_path: Path) -> None:
    db = Database.open(tmp_path / "usher.db")

    def write(tables: Tables) -> None:
        one = asked(tables, "p1", 1)
        questions.vote(tables, one, 2)
        for person in PEOPLE[:2]:
            asked(tables, "p2", person)
        for person in PEOPLE[:3]:
            asked(tables, "p10", person)
        asked(tables, "p3", 1, State.DRAFT)

    await db.write(write)
    assert tallies.most_asked(db.reader, GUILD) == ["p10", "p2", "p1"]
    db.close()


async def test_what_was_asked_before_they_were_kept_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "usher.db"
    older = SqliteDatabase(path)
    MIGRATIONS.apply(older, stop_before="0050_tallies")
    with older.conn:
        # Without numbers: what those are given by is as new as the tallies.
        for person, state in ((1, State.OPEN), (2, State.ANSWERED)):
            one = asked(older, "p1", person, State.DRAFT)
            questions.set_state(older, one, state)
        questions.vote(older, one, 1)
    older.close()
    db = Database.open(path)
    assert kept(db.reader) == {"p1": (2, 1, 1)}
    db.close()


async def test_no_query_goes_through_all_questions(tmp_path: Path) -> None:
    db, read = Database.open(tmp_path / "usher.db"), list[str]()
    db.reader.conn.set_trace_callback(read.append)
    tallies.of_posters(db.reader, GUILD, POSTERS)
    tallies.most_asked(db.reader, GUILD)
    questions.most_votes_waiting(db.reader, GUILD, POSTERS)
    db.reader.conn.set_trace_callback(None)
    steps = [step[3] for query in read for step in db.reader.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert [step for step in steps if "tally" in step or "question" in step or "B-TREE" in step] == [
        "SEARCH tally USING PRIMARY KEY (guild_id=? AND poster_id=?)",
        "SEARCH tally USING INDEX tally_most_asked (guild_id=?)",
        "SEARCH question USING COVERING INDEX question_by_poster (guild_id=? AND poster_id=? AND state=?)",
    ]
    db.close()
