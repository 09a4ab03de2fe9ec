"""Event folders on disk."""

from pathlib import Path

from bot.folders import read_files


def test_read_files_names_a_subfolder_and_leaves_it_closed(tmp_path: Path) -> None:
    (tmp_path / "posters.csv").mkdir()
    (tmp_path / "posters.csv" / "inside.csv").write_text("id\n")
    (tmp_path / ".git").mkdir()
    (tmp_path / "event.yaml").write_text("id: mine\n")
    assert read_files(tmp_path) == {"posters.csv/": b"", "event.yaml": b"id: mine\n"}
