"""The real bot on the sandbox: one server per test, every exchange held against Discord's own description."""

import compileall
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot import app
from bot.sandbox_app import Stage
from bot.storage.database import Database
from tests.discord_schema import SchemaCheck
from tests.staging import on_stage

# How long an example takes says nothing about what is right: speed is the benchmarks' business.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def schema() -> SchemaCheck | None:
    """Loaded once. None where the description is absent; ``test_discord_schema`` says so by skipping."""
    return SchemaCheck.load()


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """A new database."""
    opened = Database.open(tmp_path / "usher.db")
    yield opened
    opened.close()


@pytest.fixture
async def stage(schema: SchemaCheck | None) -> AsyncIterator[Stage]:
    """The DeLTa event at 09:20 on its day."""
    async with on_stage(schema=schema) as running:
        yield running


def pytest_configure(config: pytest.Config) -> None:
    """Compile the bot once, before the workers and some hundred processes of tests each do it for themselves.

    They would wherever Python is told to write no bytecode, as many containers tell it.
    """
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(Path(app.__file__).parent, quiet=1)


def pytest_xdist_auto_num_workers() -> int:
    """Twice as many as there are cores: tests wait for processes, browsers and clocks as much as they work."""
    return 2 * (os.cpu_count() or 1)
