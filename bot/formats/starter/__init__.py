"""A first event for an organizer to edit: every file commented, with nothing in it to correct."""

from collections.abc import Mapping
from datetime import date, timedelta
from importlib.resources import files
from string import Template

from bot.formats.records import FILES

#: How far ahead the starter's workshop lies: far enough for a call for papers before it.
_AHEAD = timedelta(weeks=26)
_BEFORE = {"papers": 16, "reviews": 12, "decisions": 10, "final": 6}


def starter(name: str = "Our Workshop", *, today: date) -> Mapping[str, bytes]:
    """The files of an event called ``name``, half a year after ``today``, as names and UTF-8 bytes."""
    day = today + _AHEAD
    values = {"name": _quoted(name), "day": f"{day:%a} {day}"}
    values |= {key: str(day - timedelta(weeks=weeks)) for key, weeks in _BEFORE.items()}
    folder = files(__name__)
    return {
        file: Template((folder / file).read_text(encoding="utf-8")).substitute(values).encode()
        for file in FILES
        if (folder / file).is_file()
    }


def _quoted(name: str) -> str:
    """``name`` as a YAML scalar on one line."""
    line = " ".join(name.split()) or "Our Workshop"
    return "'" + line.replace("'", "''") + "'"
