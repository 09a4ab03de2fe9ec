"""The bot is killed at each step of a delivery, and started again: nothing is lost, nothing is said twice."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from tests.chat.samples import at
from tests.faults.delivered import KEYS, trial, until
from tests.faults.killed_bot import STEPS

#: Longer than Discord remembers a nonce.
LONG = timedelta(minutes=10)


@pytest.mark.parametrize("step", STEPS)
async def test_killed_and_started_at_once_says_everything_once(step: str, tmp_path: Path) -> None:
    async with trial(tmp_path) as it:
        async with it.bot(step=step) as first:
            async with asyncio.timeout(20):
                assert await first.wait() == -9
        async with it.bot(start=at(-14).isoformat()):
            await until(lambda: all(it.rows().get(key) == "sent" for key in KEYS))
        assert {key: it.arrived()[key] for key in KEYS} == dict.fromkeys(KEYS, 1)


@pytest.mark.parametrize(
    "step",
    [step if step == "after acceptance" else pytest.param(step, marks=pytest.mark.matrix) for step in STEPS],
)
async def test_killed_and_started_after_the_nonce_expired_says_everything_once(step: str, tmp_path: Path) -> None:
    async with trial(tmp_path, nonce_life=0.0) as it:
        async with it.bot(step=step) as first:
            async with asyncio.timeout(20):
                assert await first.wait() == -9
        it.age(LONG)
        async with it.bot(start=at(-4).isoformat()):
            await until(lambda: all(it.rows().get(key) == "sent" for key in KEYS))
        assert {key: it.arrived()[key] for key in KEYS} == dict.fromkeys(KEYS, 1)
