"""A file as plain data (strings, lists, mappings) that still knows which line everything came from."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from bot.domain.checks import Problem, Severity

#: The way to a value inside a file: keys and positions from the top.
Path = tuple[str | int, ...]

#: The hidden key under which every mapping carries its own path, so that records can be located after validation.
AT = "@at"

_ROOTS = {
    "event.yaml": "event",
    "submission.yaml": "submission",
    "deadlines.yaml": "deadlines",
    "texts.yaml": "texts",
    "server.yaml": "server",
    "reminders.yaml": "reminders",
}
_RECORDS = {
    "rooms": "room",
    "sessions": "session",
    "talks": "talk",
    "speakers": "speaker",
    "organizers": "organizer",
    "deadlines": "deadline",
    "topics": "topic",
    "formats": "format",
    "posters": "poster",
}


class Located(Struct, frozen=True):
    """A problem with the file and the line to open. ``line`` counts from 1; None concerns the whole file."""

    problem: Problem
    file: str
    line: int | None = None

    @property
    def is_error(self) -> bool:
        return self.problem.severity is Severity.ERROR


class Document(Struct, frozen=True):
    """One parsed file. ``line_of`` gives the line of a path, or of the nearest thing above it that was written.

    ``ids_known`` is False for a table without a column of ids: what points into it cannot be followed.
    """

    file: str
    data: Any
    line_of: Callable[[Path], int]
    ids_known: bool = True

    def subject(self, path: Path) -> tuple[str, str | None, str | None]:
        """The innermost record at ``path``, as kind, id (else its name, else its number) and the field inside it."""
        kind, record, start = _ROOTS.get(self.file, "file"), _label(self.data, None), 0
        here = self.data
        for depth, step in enumerate(path):
            here = _child(here, step)
            above = path[depth - 1] if depth else None
            if isinstance(step, int) and isinstance(here, Mapping) and above in _RECORDS:
                kind, record, start = _RECORDS[str(above)], _label(here, step), depth + 1
        field = ".".join(step for step in path[start:] if isinstance(step, str))
        return kind, record, field or None

    def error(self, rule: str, path: Path, value: object, message: str, fix: str) -> Located:
        """An error at ``path``."""
        return self._problem(Severity.ERROR, rule, path, value, message, fix)

    def warning(self, rule: str, path: Path, value: object, message: str, fix: str) -> Located:
        """A warning at ``path``."""
        return self._problem(Severity.WARNING, rule, path, value, message, fix)

    def _problem(self, severity: Severity, rule: str, path: Path, value: object, message: str, fix: str) -> Located:
        shown = value if value is None or isinstance(value, str) else None
        return Located(Problem(rule, severity, *self.subject(path), shown, message, fix), self.file, self.line_of(path))

    def find(self, path: Path, field: str | None, value: str | None) -> Path:
        """The path of ``field`` (keys joined by dots) below a record. Among list items it is the one with ``value``."""
        if not field:
            return path
        candidates = [path]
        for key in field.split("."):
            candidates = [(*item, key) for way in candidates for item in self._items(way)]
        holding = [way for way in candidates if value is not None and _holds(self.value(way), value)]
        found = (holding or candidates or [path])[0]
        here = self.value(found)
        return (*found, here.index(value)) if isinstance(here, list) and value in here else found

    def value(self, path: Path) -> Any:
        """What stands at ``path``; None where nothing does."""
        here = self.data
        for step in path:
            here = _child(here, step)
        return here

    def _items(self, path: Path) -> list[Path]:
        here = self.value(path)
        return [(*path, index) for index in range(len(here))] if isinstance(here, list) else [path]


def at_file(
    file: str, severity: Severity, rule: str, line: int | None, value: str | None, message: str, fix: str
) -> Located:
    """A problem with a file as such, before anything in it has a meaning."""
    return Located(Problem(rule, severity, "file", None, None, value, message, fix), file, line)


def _child(here: Any, step: str | int) -> Any:
    if isinstance(here, Mapping):
        return here.get(step)
    if isinstance(here, list) and isinstance(step, int) and step < len(here):
        return here[step]
    return None


def _holds(here: Any, value: str) -> bool:
    return bool(here == value or (isinstance(here, list) and value in here))


def _label(here: Any, position: int | None) -> str | None:
    if isinstance(here, Mapping):
        for key in ("id", "name", "title"):
            if isinstance(here.get(key), str) and here[key].strip():
                return str(here[key].strip())
    return None if position is None else f"#{position + 1}"
