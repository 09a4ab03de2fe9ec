"""Where event folders are, and their bytes. The one place that reads them from disk."""

import stat
from collections.abc import Mapping
from pathlib import Path

from bot.domain.errors import UsherError
from bot.domain.unread_file import UnreadFile

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
    if name.strip() and path.is_dir():
        return path
    shipped = shipped_events() / name
    if name.strip(". ") and "/" not in name and "\\" not in name and shipped.is_dir():
        return shipped
    known = ", ".join(sorted(entry.name for entry in shipped_events().iterdir() if entry.is_dir()))
    raise FolderError(
        f"There is no event folder {name.strip() or '(the name is empty)'}. Give a folder's path, or one of: {known}."
    )


def read_files(folder: Path) -> Mapping[str, bytes]:
    """The folder's tables and texts by name, without hidden ones.

    Of anything else only the name is there, that of a subfolder with a / at its end. Above all no other file is opened:
    closing a database that stands here would take away the locks of this process on it (SQLite, "How to corrupt").
    One that cannot be read is an UnreadFile. Raises FolderError where the folder itself cannot be read.
    """
    try:
        visible = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        raise FolderError(f"The event folder {folder} cannot be read: {error.strerror or error}.") from error
    found: dict[str, bytes] = {}
    large = []
    for entry in visible:
        if _is_folder(entry):
            found[f"{entry.name}/"] = b""
        elif entry.suffix.lower() not in _READ:
            found[entry.name] = b""
        elif _size(entry) > _MOST_BYTES:
            large.append(entry.name)
        else:
            found[entry.name] = _content(entry)
    if large:
        raise FolderError(f"{folder}: {', '.join(large)} is larger than 64 MB. Is this the event's folder?")
    return found


def _is_folder(entry: Path) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _size(entry: Path) -> int:
    try:
        return entry.stat().st_size
    except OSError:
        return 0


def _content(entry: Path) -> bytes:
    try:
        if not stat.S_ISREG(entry.stat().st_mode):
            return UnreadFile("it is no plain file", f"Put a plain file {entry.name} in its place.")
        return entry.read_bytes()
    except OSError as error:
        if entry.is_symlink() and not isinstance(error, PermissionError):
            return UnreadFile("it is a link that leads to no file", "Put the file itself in its place.")
        fix = "Give the user that runs usher the right to read it."
        why = error.strerror or str(error)
        return UnreadFile(why[:1].lower() + why[1:], fix if isinstance(error, PermissionError) else "Try again.")


def write_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write a new event folder. Raises FolderError rather than touch a folder that holds something."""
    if folder.exists() and not folder.is_dir():
        raise FolderError(f"{folder} is a file, and nothing in it was changed. Name a new folder.")
    if folder.exists() and any(folder.iterdir()):
        raise FolderError(f"{folder} is not empty, and nothing in it was changed. Name a new folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise FolderError(f"{folder} cannot be written: {error.strerror or error}.") from error
