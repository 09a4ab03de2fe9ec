"""The root of ``usher check``: an event folder -> every problem in it, and the exit code that says how bad it is."""

import json
from datetime import datetime

from bot.domain.checks import Severity
from bot.folders import FolderError, find_event, read_files
from bot.formats.document import at_file
from bot.formats.folder import Reading, read_folder
from bot.formats.report import as_text, to_json


def checked(folder: str, *, as_json: bool, now: datetime) -> tuple[str, int]:
    """What is printed, and 0 for clean or warnings, 1 for errors, 2 for what cannot be read.

    Raises FolderError, but not with ``as_json``: a program that reads the output finds the reason there.
    """
    try:
        reading = read_folder(read_files(find_event(folder)), now=now)
    except FolderError as error:
        if not as_json:
            raise
        fix = "Give the path of the event's folder."
        told = at_file(folder, Severity.ERROR, "unreadable-folder", None, folder, str(error), fix)
        reading = Reading(None, (told,), {}, unreadable=True)
    said = json.dumps(to_json(reading), ensure_ascii=False, indent=2) if as_json else as_text(reading)
    return said, 2 if reading.unreadable else 1 if reading.program is None else 0
