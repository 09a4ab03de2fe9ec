"""The two events that are measured: DeLTa as it ships, and a large one."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from bot.domain.program import Program
from bot.folders import find_event, read_files
from bot.formats.folder import read_folder
from tests.large_event import MIDDLE, large_folder


@dataclass(frozen=True)
class Measured:
    """An event on disk, read, and an instant in the middle of it."""

    name: str
    folder: Path
    program: Program
    now: datetime


@cache
def delta() -> Measured:
    """The event that ships with Usher, at 09:20 of its day."""
    folder = find_event("delta-2025")
    return Measured("DeLTa", folder, _read(folder), datetime(2025, 4, 28, 16, 20, tzinfo=UTC))


@contextmanager
def large() -> Iterator[Measured]:
    """5,000 posters, 300 sessions, 2,000 speakers, every field filled; its folder lasts as long as the context."""
    with tempfile.TemporaryDirectory(prefix="usher-large-") as name:
        folder = Path(name)
        for file, content in large_folder().items():
            (folder / file).write_bytes(content)
        yield Measured("large", folder, _read(folder), MIDDLE)


def _read(folder: Path) -> Program:
    program = read_folder(read_files(folder), now=datetime.now(UTC)).program
    assert program is not None
    return program
