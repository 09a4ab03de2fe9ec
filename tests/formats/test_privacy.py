"""privacy.yaml as a Retention: what is written, what is left out."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.privacy.retention import Retention
from bot.formats.folder import read_folder
from tests.event_folder import folder_of
from tests.formats.folders import read, small_folder
from tests.large_event import large_event


def days(**numbers: int) -> Retention:
    return replace(Retention(), **{name: timedelta(days=number) for name, number in numbers.items()})


def test_what_is_left_out_has_its_default() -> None:
    program = read(small_folder()).program
    assert program is not None
    assert program.privacy == days(personal=14, audit=365, drafts=2)


@pytest.mark.parametrize("text", [None, "", "# nothing\n", "audit:\n"])
def test_a_file_that_says_nothing_leaves_the_defaults(text: str | None) -> None:
    files = small_folder()
    del files["privacy.yaml"]
    program = read(files if text is None else {**files, "privacy.yaml": text}).program
    assert program is not None
    assert program.privacy == days(personal=30, messages=30, audit=180, drafts=7, pictures=30, cases=365)


def test_retention_reads_back_as_it_was_written() -> None:
    kept = days(personal=1, messages=7, audit=730, drafts=3, pictures=60, cases=90)
    program = replace(large_event(posters=5, sessions=4, speakers=4, days=1), privacy=kept)
    assert read_folder(folder_of(program)).program == program
