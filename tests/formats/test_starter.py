from datetime import UTC, date, datetime

import pytest

from bot.formats.folder import read_folder
from bot.formats.records import FILES
from bot.formats.starter import starter

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_starter_passes_the_check_and_is_only_tentative() -> None:
    files = starter(today=TODAY)
    reading = read_folder(files, now=NOW)
    assert list(files) == list(FILES)
    assert [located.problem.rule for located in reading.problems] == ["dates-tentative"]
    assert reading.program is not None
    assert (reading.program.event.name, reading.program.event.first_day) == ("Our Workshop", date(2027, 5, 24))
    assert [session.id for session in reading.program.sessions] == [
        "opening", "invited-1", "posters-1", "orals-1", "closing",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["Workshop: Theory & Practice", "O'Neil's \"Day\"", "- #1 {x}", "Ozean-Übung 海"])
def test_starter_keeps_any_name(name: str) -> None:
    program = read_folder(starter(name, today=TODAY)).program
    assert program is not None
    assert program.event.name == name.replace("{x}", "x")


@pytest.mark.parametrize("month", range(1, 13))
def test_starter_passes_the_check_on_any_day(month: int) -> None:
    """No clock change may fall on a time in it."""
    for day in (1, 8, 15, 22):
        assert read_folder(starter(today=date(2026, month, day))).errors == ()
