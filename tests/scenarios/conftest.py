"""The real bot on the sandbox, at the start of a long day."""

from collections.abc import AsyncIterator

import pytest

from bot.sandbox_app import Stage
from bot.storage.delivery import outbox
from tests.faults.delivered import until
from tests.scenarios.test_delta_day import EVENING_BEFORE
from tests.staging import on_stage


@pytest.fixture
async def evening_before() -> AsyncIterator[Stage]:
    """DeLTa, on the evening before, with everything planned."""
    async with on_stage(EVENING_BEFORE.isoformat()) as running:
        (guild,) = running.client.guilds
        await until(lambda: bool(outbox.of_guild(running.database.reader, guild.id)))
        yield running
