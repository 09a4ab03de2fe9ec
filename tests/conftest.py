"""The real bot on the sandbox: one server per test, every exchange held against Discord's own description."""

import os
from collections.abc import AsyncIterator

import pytest
from hypothesis import settings

from bot.sandbox_app import Stage, staged
from tests.discord_schema import SchemaCheck

#: 20 minutes into the workshop's day.
NINE_TWENTY = "2025-04-28T09:20"

# How long an example takes says nothing about what is right: speed is the benchmarks' business.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def schema() -> SchemaCheck | None:
    """Loaded once. None where the description is absent; ``test_discord_schema`` says so by skipping."""
    return SchemaCheck.load()


@pytest.fixture
async def stage(schema: SchemaCheck | None) -> AsyncIterator[Stage]:
    """The DeLTa event at 09:20 on its day."""
    if schema is None:
        async with staged("delta-2025", at=NINE_TWENTY) as running:
            yield running
        return
    schema.violations.clear()
    async with staged("delta-2025", at=NINE_TWENTY, observers=[schema]) as running:
        yield running
    assert schema.violations == []


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: tests wait for processes, browsers and clocks as much as they work."""
    return (os.cpu_count() or 1) + 1
