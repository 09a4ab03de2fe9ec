"""The bot is killed at each step of a delivery, and started again: nothing is lost, nothing is said twice."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Set
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from tests.chat.samples import at
from tests.faults.delivered import BEFORE, KEYS, Trial, trial, until
from tests.faults.killed_bot import STEPS

#: Longer than Discord remembers a nonce.
LONG = timedelta(minutes=10)


@dataclass(frozen=True)
class Operation:
    """What is delivered. ``start`` is in minutes from 09:00: a minute before the rows of ``prepare`` are due."""

    prepare: Callable[[Trial], Awaitable[Set[str]]]
    start: int


async def messages(_: Trial) -> Set[str]:
    return KEYS


async def direct(it: Trial) -> Set[str]:
    """A direct message, due while nothing else is."""
    return {await it.remind(timedelta(minutes=20))}


#: Each kind of operation has its entry.
OPERATIONS: Mapping[str, Operation] = {"message": Operation(messages, -16), "dm": Operation(direct, -21)}


@asynccontextmanager
async def killed(
    folder: Path, operation: str, step: str, *, nonce_life: float = 300.0
) -> AsyncIterator[tuple[Trial, Set[str]]]:
    """A bot that was killed at ``step``, and the keys of what it was about to deliver."""
    chosen = OPERATIONS[operation]
    async with trial(folder, nonce_life=nonce_life) as it:
        # What is due is planned in good time before.
        async with it.bot(start=(BEFORE - timedelta(minutes=10)).isoformat(), speed=1):
            await until(lambda: len(it.rows()) >= len(KEYS))
        keys = await chosen.prepare(it)
        async with it.bot(step=step, start=at(chosen.start).isoformat()) as first, asyncio.timeout(20):
            assert await first.wait() == -9
        yield it, keys


async def restarted(it: Trial, keys: Set[str], start: int) -> dict[str, int]:
    """How often each of ``keys`` arrived, once the bot was started again and had said everything."""
    async with it.bot(start=at(start).isoformat()):
        await until(lambda: all(it.rows().get(key) == "sent" for key in keys))
    return {key: it.arrived()[key] for key in keys}


def cases(always: Callable[[str, str], bool]) -> list[object]:
    """Every operation at every step; those that are not ``always`` run belong to the matrix."""
    return [
        pytest.param(operation, step, marks=[] if always(operation, step) else [pytest.mark.matrix])
        for operation in OPERATIONS
        for step in STEPS
    ]


@pytest.mark.parametrize(("operation", "step"), cases(lambda op, step: op == "message" or step == "after acceptance"))
async def test_killed_and_started_at_once_says_everything_once(operation: str, step: str, tmp_path: Path) -> None:
    async with killed(tmp_path, operation, step) as (it, keys):
        counted = await restarted(it, keys, OPERATIONS[operation].start + 2)
        assert counted == dict.fromkeys(keys, 1)


@pytest.mark.parametrize(("operation", "step"), cases(lambda _, step: step == "after acceptance"))
async def test_killed_and_started_after_the_nonce_expired_says_everything_once(
    operation: str, step: str, tmp_path: Path
) -> None:
    async with killed(tmp_path, operation, step, nonce_life=0.0) as (it, keys):
        it.age(LONG)
        counted = await restarted(it, keys, OPERATIONS[operation].start + 12)
        assert counted == dict.fromkeys(keys, 1)
