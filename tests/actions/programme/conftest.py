"""What the tests of the programme's actions begin with: a database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.database import Database


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database.open(tmp_path / "usher.db")
    yield opened
    opened.close()
