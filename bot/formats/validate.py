"""Plain data -> typed records. What is wrong is told in full; what is right goes on to the later rules."""

import copy
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.formats.dates import without_weekday
from bot.formats.document import AT, Document, Located, Path
from bot.formats.examples import example
from bot.formats.record import Record
from bot.formats.refused import REFUSED
from bot.formats.unknown import unknown_key

R = TypeVar("R", bound=Record)

#: Optional fields whose default would be another time than the one that was meant.
_ESSENTIAL = frozenset({"day", "ends_next_day", "last"})
#: A record that loses a required field is dropped, then the list or mapping around it: as deep as records nest.
_ROUNDS = 6


def validated(model: type[R], document: Document, data: Any, year: int | None) -> tuple[R | None, list[Located]]:
    """The file's records, without those parts that are refused, and a problem for each of these.

    Where a record has a stand-in for such a part, it keeps its place: one mistake should not hide the others. None when
    nothing is left.
    """
    if data is None:
        data = {AT: ()}
    if not isinstance(data, dict):
        return None, [_not_a_mapping(model, document)]
    problems: list[Located] | None = None
    for _ in range(_ROUNDS):
        try:
            found = model.model_validate(data, context={"year": year})
        except ValidationError as fault:
            errors = fault.errors(include_url=False)
            if problems is None:
                problems = [_located(model, document, item) for item in errors]
            data = _pruned(model, data, errors)
        else:
            return found, problems or []
    return None, problems or []


def _pruned(model: type[Record], data: dict[str, Any], errors: Iterable[ErrorDetails]) -> dict[str, Any]:
    """A copy without what was refused, nor the records that cannot live without it."""
    data = copy.deepcopy(data)
    paths: set[Path] = set()
    for item in errors:
        path, absent = item["loc"], _is_missing(item)
        if _rule(item) == "weekday" and _below(_parent(data, path), path[-1]) == item["input"]:
            # The date itself can be read: everything else is checked with it.
            _parent(data, path)[path[-1]] = without_weekday(item["input"])
        elif absent or path[-1] in _ESSENTIAL:
            if not _is_replaced(model, data, path):
                paths.add(path[:-1])
        else:
            paths.add(path)
    # From the end, so that positions in lists stay right.
    for path in sorted(
        paths, key=lambda steps: [(step, "") if isinstance(step, int) else (-1, step) for step in steps]
    )[::-1]:
        _remove(data, path)
    return data


def _is_replaced(model: type[Record], data: dict[str, Any], path: Path) -> bool:
    """Whether the record has a stand-in for the field at ``path``, which then is in its place."""
    record = _parent(data, path)
    stand_ins = _model_at(model, path[:-1]).stand_ins(record) if isinstance(record, Mapping) else {}
    stand_in = stand_ins.get(str(path[-1]))
    if stand_in is None:
        return False
    record[path[-1]] = stand_in
    return True


def _parent(data: Any, path: Path) -> Any:
    """What holds the last step of ``path``."""
    for step in path[:-1]:
        data = _below(data, step)
    return data


def _remove(data: dict[str, Any], path: Path) -> None:
    """Takes away what is at ``path``, or the nearest thing above it: one word may stand where a list is read."""
    here: Any = data
    for depth, step in enumerate(path):
        below = _below(here, step)
        if depth == len(path) - 1 or not isinstance(below, dict | list):
            if below is not None or (isinstance(here, dict) and step in here):
                del here[step]
            return
        here = below


def _below(here: Any, step: str | int) -> Any:
    if isinstance(here, dict):
        return here.get(step)
    return here[step] if isinstance(here, list) and isinstance(step, int) and step < len(here) else None


def _is_missing(item: ErrorDetails) -> bool:
    return item["type"] == "missing" or _rule(item) == "missing-field"


def _rule(item: ErrorDetails) -> str | None:
    """The rule of one of our own refusals."""
    return str(item["ctx"]["rule"]) if item["type"] == REFUSED else None


def _located(model: type[Record], document: Document, item: ErrorDetails) -> Located:
    path, value = item["loc"], item["input"]
    if _is_missing(item) or item["type"] == "too_short":
        return _missing(document, path)
    if item["type"] == "extra_forbidden":
        rule, message, fix = unknown_key(str(path[-1]), _keys(model, path[:-1]), "key")
        # What stands under a private key is not repeated.
        return document.error(rule, path, None if rule == "private-field" else path[-1], message, fix)
    if item["type"] == REFUSED:
        context = item["ctx"]
        return document.error(context["rule"], path, value, context["message"], context["fix"])
    name = next((step for step in reversed(path) if isinstance(step, str)), document.file)
    keys = ", ".join(_keys(model, path))
    message = f'"{name}" needs keys of its own here.'
    fix = f"Write in the lines below {name}:, indented, key: value with these keys: {keys}."
    return document.error("wrong-shape", path, value, message, fix)


def _missing(document: Document, path: Path) -> Located:
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    path = path[: path.index(name) + 1] if isinstance(path[-1], int) and name in path else path
    return document.error(
        "missing-field", path, None, f'"{name}" is missing.', f"Write {example(document.file, path)}."
    )


def _keys(model: type[Record], path: Path) -> list[str]:
    """The fields of the record at ``path``."""
    return [name for name in _model_at(model, path).model_fields if name != "at"]


def _model_at(model: type[Record], path: Path) -> type[Record]:
    for step in path:
        if isinstance(step, str):
            model = _inner(model.model_fields[step].annotation) or model
    return model


def _inner(annotation: Any) -> type[Record] | None:
    """The record type inside an optional or a tuple."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        found = _inner(part)
        if found:
            return found
    return None


def _not_a_mapping(model: type[Record], document: Document) -> Located:
    known = _keys(model, ())
    first = next((key for key in known if document.file.startswith(key)), known[0])
    if isinstance(document.data, list):
        fix = f'Write "{first}:" in a line of its own at the top and indent the list below it.'
    else:
        fix = f'Write keys with their values, such as "{first}:".'
    return document.error("wrong-shape", (), None, "this file does not begin with a key.", fix)
