"""The root of ``usher check``: an event folder -> every problem in it, and the exit code that says how bad it is."""

import json
from datetime import datetime

from bot.folders import find_event, read_files
from bot.formats.folder import read_folder
from bot.formats.report import as_text, to_json


def checked(folder: str, *, as_json: bool, now: datetime) -> tuple[str, int]:
    """What is printed, and 0 for clean or warnings, 1 for errors, 2 for what cannot be read. Raises FolderError."""
    reading = read_folder(read_files(find_event(folder)), now=now)
    said = json.dumps(to_json(reading), ensure_ascii=False, indent=2) if as_json else as_text(reading)
    return said, 2 if reading.unreadable else 1 if reading.program is None else 0
