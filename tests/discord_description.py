"""Discord's OpenAPI description, read once: its operations, and validators for what travels either way.

Nearly all that travels is right, and one message takes jsonschema 40 ms, against 0.02 ms of jsonschema-rs: so the quick
one is asked first, and only what it refuses is judged, and explained, by the other.
"""

import functools
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema_rs as quick
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError, best_match
from referencing import Registry
from referencing.jsonschema import DRAFT202012

BESIDE_CHECKOUT = Path(__file__).resolve().parents[2] / "shared" / "discord" / "openapi.json"
ENVIRONMENT = "USHER_DISCORD_OPENAPI"
_BASE = "urn:discord"


@dataclass(frozen=True)
class Operation:
    """One method of one path template; ``data`` is what the description says of it."""

    template: str
    pattern: re.Pattern[str]
    method: str
    data: Mapping[str, Any]


class _Side:
    """The schemas of what travels one way."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._registry = _registry(data)
        self._quick_registry = quick.Registry([(_BASE, dict(data))], draft=quick.Draft202012)
        self._validators: dict[str, tuple[quick.Validator, Draft202012Validator]] = {}

    def faults(self, pointer: tuple[str, ...], value: Any) -> Iterator[ValidationError]:
        reference = f"{_BASE}#/" + "/".join(
            quote(part.replace("~", "~0").replace("/", "~1"), safe="~") for part in pointer
        )
        if reference not in self._validators:
            schema = {"$ref": reference}
            self._validators[reference] = (
                quick.Draft202012Validator(
                    schema, registry=self._quick_registry, formats={"date-time": _is_instant}, validate_formats=True
                ),
                Draft202012Validator(schema, registry=self._registry, format_checker=_FORMATS),
            )
        first, judge = self._validators[reference]
        if not first.is_valid(value):
            yield from judge.iter_errors(value)


class Description:
    """The description, and what was compiled from it so far."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self._operations = sorted(_operations(data), key=_literal_first)
        self._sides = {"request": _Side(_loosened(data)), "response": _Side(data)}

    def find(self, method: str, path: str) -> Operation | None:
        """The operation that serves a path; one with a literal segment before one with a parameter."""
        for operation in self._operations:
            if operation.method == method.lower() and operation.pattern.fullmatch(path):
                return operation
        return None

    def faults(self, side: str, pointer: tuple[str, ...], value: Any) -> Iterator[tuple[str, str]]:
        """What is wrong with a value, as (dotted path, message), by the schema that ``pointer`` leads to.

        ``side``: "request", where ids and permissions may be numbers or texts alike, or "response".
        """
        for error in self._sides[side].faults(pointer, value):
            # Of a choice between schemas that all fail, what is wrong with the one meant.
            worst = best_match([error]) or error
            yield ".".join(str(part) for part in worst.absolute_path), worst.message


def read(path: Path | str | None = None) -> Description | None:
    """From ``path``, the environment, or beside the checkout; None where there is none."""
    place = Path(path or os.environ.get(ENVIRONMENT) or BESIDE_CHECKOUT)
    return _read(place, place.stat().st_mtime_ns) if place.is_file() else None


@functools.lru_cache(maxsize=2)
def _read(place: Path, changed: int) -> Description:
    return Description(json.loads(place.read_text("utf-8")))


def _operations(description: Mapping[str, Any]) -> Iterator[Operation]:
    for template, methods in description["paths"].items():
        pattern = re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)))
        for method, data in methods.items():
            if method != "parameters":
                yield Operation(template, pattern, method, data)


def _literal_first(operation: Operation) -> list[bool]:
    return [part.startswith("{") for part in operation.template.split("/")]


def _loosened(data: Any) -> Any:
    """The description of requests as Discord really reads them.

    An id may be a number (discord.py sends a DM's recipient and allowed mentions so), and permissions may be a text,
    which the developer documentation has asked for since version 8.
    """
    if isinstance(data, list):
        return [_loosened(each) for each in data]
    if not isinstance(data, dict):
        return data
    loose = {name: _loosened(each) for name, each in data.items()}
    if data.get("format") == "snowflake":
        return {"anyOf": [data, {"type": "integer", "minimum": 0}]}
    for name in ("allow", "deny", "permissions"):
        if isinstance(data.get(name), dict) and data[name].get("type") == ["integer", "null"]:
            loose[name] = {"anyOf": [data[name], {"type": "string", "pattern": "^[0-9]+$"}]}
    return loose


def _registry(description: Mapping[str, Any]) -> "Registry[Any]":
    # Discord's references are relative to the document, whose base address this gives.
    empty: Registry[Any] = Registry()
    registry: Registry[Any] = empty.with_resource(_BASE, DRAFT202012.create_resource(description))
    return registry


def _is_instant(value: object) -> bool:
    """Whether a text is a date and time with its zone; what is no text, other rules judge."""
    try:
        return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


_FORMATS = FormatChecker(formats=())
_FORMATS.checks("date-time")(_is_instant)
