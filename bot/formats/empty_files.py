"""Files that an event needs, or that somebody began, and that hold nothing yet."""

from collections.abc import Mapping
from typing import Any

from bot.formats.document import AT, Document, Located

#: File -> the list in it, what is missing then, and how to begin it.
_LISTS = {
    "sessions.yaml": (
        "sessions",
        "no session is written in this file, so the programme is empty.",
        'Write "sessions:" and below it, for each session, "- id:" with title, kinds, day, start and end.',
    ),
    "posters.csv": (
        "posters",
        "this table has names of columns and no poster.",
        "Add a row for each poster below the first line, or remove the file.",
    ),
}


def without_records(documents: Mapping[str, Document], found: list[Located]) -> list[Located]:
    """A warning for each of these files that is empty. One about which something was ``found`` has been told."""
    told = {problem.file for problem in found if problem.is_error}
    return [
        documents[name].warning("nothing-written", (), None, message, fix)
        for name, (key, message, fix) in _LISTS.items()
        if name in documents and name not in told and _is_empty(documents[name].data, key)
    ]


def _is_empty(data: Any, key: str) -> bool:
    """Whether there is nothing in ``data`` but perhaps ``key``, without an entry."""
    return data is None or (isinstance(data, Mapping) and not data.get(key) and set(data) <= {key, AT})
