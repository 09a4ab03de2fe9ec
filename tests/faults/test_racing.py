"""Two processes are started on one database at the same moment: one speaks, the other says why it does not."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.faults.delivered import BEFORE, KEYS, trial, until


@pytest.mark.parametrize("made", [False, True], ids=["a new database", "a database with work in it"])
async def test_of_two_processes_started_together_one_speaks_and_each_key_arrives_once(
    made: bool, tmp_path: Path
) -> None:
    async with trial(tmp_path) as it, AsyncExitStack() as stack:
        if made:
            async with it.bot(speed=1):
                await until(lambda: len(it.rows()) >= len(KEYS))
        both = await asyncio.gather(*(stack.enter_async_context(it.bot()) for _ in range(2)))
        await until(lambda: len(it.rows()) >= len(KEYS) and not it.unsaid(BEFORE.replace(minute=46)))
        await until(lambda: [process.returncode for process in both].count(None) == 1)
        (refused,) = (process for process in both if process.returncode is not None)
        _, said = await refused.communicate()
        assert refused.returncode == 1
        assert said.decode().startswith("Another Usher process works with the database")
        assert {key: it.arrived()[key] for key in KEYS} == dict.fromkeys(KEYS, 1)
        assert it.arrived() == it.said()
