"""What the tests of posters begin with: a thread that is read."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox_app import Stage
from tests.chat.posters import typing
from tests.discord_schema import SchemaCheck


@pytest.fixture
async def day(schema: SchemaCheck | None, tmp_path: Path) -> AsyncIterator[Stage]:
    """The event on its day, with the message-content intent and the thread of one poster."""
    async with typing.thread(tmp_path, schema, heard=True) as stage:
        yield stage
