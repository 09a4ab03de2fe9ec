"""Event folders on disk."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.folders import FolderError, find_event, read_files, write_files
from bot.formats.fingerprint import fingerprint
from bot.formats.folder import read_folder
from tests.formats.folders import small_folder


def test_read_files_names_a_subfolder_and_leaves_it_closed(tmp_path: Path) -> None:
    (tmp_path / "posters.csv").mkdir()
    (tmp_path / "posters.csv" / "inside.csv").write_text("id\n")
    (tmp_path / ".git").mkdir()
    (tmp_path / "event.yaml").write_text("id: mine\n")
    assert read_files(tmp_path) == {"posters.csv/": b"", "event.yaml": b"id: mine\n"}


def unreadable(folder: Path) -> list[tuple[str, str, str]]:
    """File, message and fix of everything that could not be read."""
    found = read_folder(read_files(folder)).problems
    return [(one.file, one.problem.message, one.problem.fix) for one in found if one.problem.rule == "unreadable-file"]


@pytest.fixture
def event(tmp_path: Path) -> Path:
    for name, text in small_folder().items():
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize("target", ["nowhere.yaml", "topics.yaml"])
def test_read_files_tells_a_link_that_leads_nowhere(event: Path, target: str) -> None:
    (event / "topics.yaml").unlink()
    (event / "topics.yaml").symlink_to(target)
    assert unreadable(event) == [
        (
            "topics.yaml",
            "this file cannot be read: it is a link that leads to no file.",
            "Put the file itself in its place.",
        )
    ]
    assert [one.problem.rule for one in read_folder(read_files(event)).problems] == ["unreadable-file"]


def test_read_files_follows_a_link_to_a_file(event: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "topics.yaml"
    (event / "topics.yaml").rename(elsewhere)
    (event / "topics.yaml").symlink_to(elsewhere)
    assert read_folder(read_files(event)).problems == ()


@contextmanager
def as_a_user_without_rights() -> Iterator[None]:
    """Root may read everything."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_read_files_names_the_file_that_may_not_be_read_and_gives_the_rest() -> None:
    with TemporaryDirectory() as name:
        event = Path(name)
        event.chmod(0o755)
        for file, text in {**small_folder(), "topics.yaml": "topics: [{id: currents}]\n"}.items():
            (event / file).write_text(text)
        (event / "speakers.yaml").chmod(0)
        with as_a_user_without_rights():
            files = read_files(event)
    told = [(one.problem.rule, one.file) for one in read_folder(files).problems if one.is_error]
    assert told == [
        ("unreadable-file", "speakers.yaml"),
        ("missing-field", "topics.yaml"),
        ("dangling-reference", "posters.csv"),
    ]
    (speakers,) = (one.problem for one in read_folder(files).problems if one.file == "speakers.yaml")
    assert speakers.message == "this file cannot be read: permission denied."
    assert speakers.fix == "Give the user that runs usher the right to read it."


def test_read_files_of_an_unread_file_is_no_empty_file(event: Path) -> None:
    (event / "topics.yaml").write_text("")
    empty = fingerprint(read_files(event))
    (event / "topics.yaml").unlink()
    (event / "topics.yaml").symlink_to("nowhere.yaml")
    assert fingerprint(read_files(event)) != empty


@pytest.mark.parametrize("name", ["", " "])
def test_find_event_without_a_name_is_not_the_folder_one_stands_in(name: str) -> None:
    with pytest.raises(FolderError, match=r"There is no event folder \(the name is empty\)\."):
        find_event(name)


def test_write_files_says_that_a_file_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("text")
    with pytest.raises(FolderError, match="mine is a file, and nothing in it was changed"):
        write_files(tmp_path / "mine", {})
