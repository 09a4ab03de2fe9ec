"""A live change that thousands of people are to hear of, and planning anew what a server will be told."""

import gc
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from msgspec.structs import replace

from bot.actions.programme.change_session import change_session
from bot.chat.organizing.following import Following
from bot.domain.changes.apply import apply_edits
from bot.domain.changes.live import Standing, delay
from bot.domain.program import Program
from bot.storage.database import Database
from bot.storage.programme import live_edits
from tests.benchmarks.crowd import remind
from tests.benchmarks.events import Measured, large
from tests.benchmarks.figures import Pace, Row, ms, p50
from tests.benchmarks.heartbeat import heartbeat
from tests.planned import plan_guild

CHANGE_MOST, PLAN_MOST = 1.0, 0.2
ROUNDS = 5
_GUILD = 1


async def measure(pace: Pace) -> Sequence[Row]:
    rounds = pace.times(ROUNDS)
    with large() as event:
        return [await _live_change(event, rounds), *await _planning(event, rounds)]


@asynccontextmanager
async def _opened() -> AsyncIterator[Database]:
    with tempfile.TemporaryDirectory(prefix="usher-bench-") as folder:
        db = Database.open(Path(folder) / "usher.db")
        yield db
        db.close()


async def _live_change(event: Measured, rounds: int) -> Row:
    imported, now = event.program, event.now
    session = next(one for one in imported.held if one.start > now + timedelta(hours=3))
    took, held = [], []
    async with _opened() as db:
        people = await remind(db, _GUILD, imported, now, session=session.id, digest=True)
        for act in range(rounds):
            standing = apply_edits(imported, live_edits.of_guild(db.reader, _GUILD, imported.event.id)).program
            edits = delay(Standing(imported, standing, now), session.id, 5, "The projector is being replaced")
            shown = Following(now, ())
            gc.collect()
            async with heartbeat() as heart:
                began = perf_counter()
                await change_session(db, _GUILD, imported, edits, act=act, at=now, by="1", shown=shown)
                took.append(perf_counter() - began)
            held.append(heart.longest)
        (told,) = db.reader.execute("SELECT count(*) FROM outbox WHERE dedupe_key LIKE 'act:changed:%:%'").fetchone()
    if told != people * rounds:
        raise RuntimeError(f"{told} people were told of the changes, not {people * rounds}")
    return Row(
        f"a live change of a session with {people:,} stars, until the last row is written",
        event.name,
        f"<= {CHANGE_MOST:g} s",
        f"{p50(took):.2f} s, at most {max(took):.2f} s; loop held {ms(p50(held))} (100,000 reminders and digests wait)",
        p50(took) <= CHANGE_MOST,
        {"s": took, "held_s": held},
    )


async def _planning(event: Measured, rounds: int) -> Sequence[Row]:
    async with _opened() as db:
        alone = [await _planned(db, event, _later(event.program, number)) for number in range(rounds)]
        await remind(db, _GUILD, event.program, event.now)
        again = [await _planned(db, event, event.program) for _ in range(rounds)]
        everybody = [await _planned(db, event, _later(event.program, number)) for number in range(rounds)]
    more = {"s": alone, "again_s": again, "everybody_s": everybody}
    return [
        Row(
            "planning the event anew, every session moved",
            event.name,
            f"<= {ms(PLAN_MOST)}",
            f"{ms(p50(alone))}; at a READY with 100,000 reminders that stand {ms(p50(again))}",
            max(p50(alone), p50(again)) <= PLAN_MOST,
            more,
        ),
        Row(
            "the same with 100,000 personal reminders, each moved",
            event.name,
            "-",
            f"{p50(everybody):.2f} s",
            None,
        ),
    ]


async def _planned(db: Database, event: Measured, program: Program) -> float:
    gc.collect()
    began = perf_counter()
    await plan_guild(db, _GUILD, program, now=event.now)
    return perf_counter() - began


def _later(program: Program, number: int) -> Program:
    """Every session some minutes later than in any other ``number``; talks with times of their own move along."""
    by = timedelta(minutes=number + 1)
    sessions = []
    for one in program.sessions:
        talks = [
            replace(talk, start=talk.start and talk.start + by, end=talk.end and talk.end + by) for talk in one.talks
        ]
        sessions.append(replace(one, start=one.start + by, end=one.end + by, talks=tuple(talks)))
    return replace(program, sessions=tuple(sessions))
