"""Where event folders are, and their bytes. The one place that reads them from disk."""

from collections.abc import Mapping
from pathlib import Path

from bot.domain.errors import UsherError

#: No file of an event comes near this; a wrong folder may hold anything.
_MOST_BYTES = 64 * 1024 * 1024
_READ = {".yaml", ".yml", ".csv"}


class FolderError(UsherError):
    """The folder is not there or cannot be read."""


def shipped_events() -> Path:
    """The folder with the events that come with Usher: inside the installed package, or in a checkout."""
    package = Path(__file__).parent
    inside = package / "events"
    return inside if inside.is_dir() else package.parent / "data"


def find_event(name: str) -> Path:
    """A folder by its path, or a shipped event by its name. Raises FolderError, naming what there is."""
    path = Path(name).expanduser()
    if path.is_dir():
        return path
    shipped = shipped_events() / name
    if "/" not in name and "\\" not in name and shipped.is_dir():
        return shipped
    known = ", ".join(sorted(entry.name for entry in shipped_events().iterdir() if entry.is_dir()))
    raise FolderError(f"There is no event folder {name}. Give a folder's path, or one of: {known}.")


def read_files(folder: Path) -> Mapping[str, bytes]:
    """The folder's tables and texts by name, without hidden ones.

    Of anything else only the name is there, that of a subfolder with a / at its end. Above all no other file is opened:
    closing a database that stands here would take away the locks of this process on it (SQLite, "How to corrupt").
    """
    try:
        visible = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
        entries = [entry for entry in visible if entry.is_file() and entry.suffix.lower() in _READ]
        large = [entry.name for entry in entries if entry.stat().st_size > _MOST_BYTES]
        if large:
            raise FolderError(f"{folder}: {', '.join(large)} is larger than 64 MB. Is this the event's folder?")
        others = {f"{entry.name}/" if entry.is_dir() else entry.name: b"" for entry in visible if entry not in entries}
        return others | {entry.name: entry.read_bytes() for entry in entries}
    except OSError as error:
        raise FolderError(f"The event folder {folder} cannot be read: {error.strerror or error}.") from error


def write_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write a new event folder. Raises FolderError rather than touch a folder that holds something."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderError(f"{folder} is not empty, and nothing in it was changed. Name a new folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise FolderError(f"{folder} cannot be written: {error.strerror or error}.") from error
