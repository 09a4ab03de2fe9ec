"""Checks every request of the bot, and every answer of the sandbox, against Discord's own OpenAPI description.

Usage: `check = SchemaCheck.load()`, skip with `SchemaCheck.ABSENT` when it is None, hand `check` to the sandbox as an
observer, and assert `check.violations == []` at the end.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Protocol

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import best_match
from referencing import Registry
from referencing.jsonschema import DRAFT202012

BESIDE_CHECKOUT = Path(__file__).resolve().parents[2] / "shared" / "discord" / "openapi.json"
ENVIRONMENT = "USHER_DISCORD_OPENAPI"

Json = Any


@dataclass(frozen=True)
class Departure:
    """A place where Discord itself departs from its description. Each field is a regular expression."""

    operation: str
    where: str
    message: str
    reason: str


DEPARTURES: tuple[Departure, ...] = (
    Departure(
        operation="",
        where=r"^response errors\..*\b_errors\.\d+\.code$",
        message="is not of type 'integer'$",
        reason="The pages on errors, and every real refusal, give a text such as BASE_TYPE_MAX_LENGTH here.",
    ),
    Departure(
        operation=r"^(POST|PATCH) /guilds/\d+/roles(/\d+)?$",
        where="^request permissions$",
        message=r"^'\d+' is not of type 'integer', 'null'$",
        reason="Permissions travel as texts since version 8 of the API, and discord.py sends them so.",
    ),
)


class Exchange(Protocol):
    """What the sandbox shows its observers of one REST exchange."""

    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def query(self) -> Mapping[str, str]: ...
    @property
    def request_json(self) -> Json: ...
    @property
    def files(self) -> Any: ...
    @property
    def status(self) -> int: ...
    @property
    def response_json(self) -> Json: ...


@dataclass(frozen=True)
class _Operation:
    template: str
    pattern: re.Pattern[str]
    method: str
    data: Mapping[str, Any]


class SchemaCheck:
    """An observer of the sandbox. ``violations``: one line each, method and path, where, and what is wrong."""

    ABSENT: ClassVar[str] = f"Discord's OpenAPI description is not here (set {ENVIRONMENT} to its path)"

    def __init__(self, description: Mapping[str, Any]) -> None:
        self.violations: list[str] = []
        self.checked = 0
        self._description = description
        self._operations = sorted(_operations(description), key=_literal_first)
        self._registries = {"request": _registry(_with_loose_ids(description)), "response": _registry(description)}
        self._validators: dict[tuple[str, str], Draft202012Validator] = {}

    @classmethod
    def load(cls, path: Path | str | None = None) -> "SchemaCheck | None":
        """Reads the description from ``path``, the environment, or beside the checkout; None where there is none."""
        place = Path(path or os.environ.get(ENVIRONMENT) or BESIDE_CHECKOUT)
        return cls(json.loads(place.read_text("utf-8"))) if place.is_file() else None

    def __call__(self, exchange: Exchange) -> None:
        """Checks one exchange and notes what is wrong."""
        self.checked += 1
        operation = self.find(exchange.method, exchange.path)
        name = f"{exchange.method} {exchange.path}"
        if operation is None:
            if exchange.status not in (404, 405):
                self._note(name, "path", "Discord has no such route")
            return
        refused = exchange.status >= 400
        for where, message in self._response(operation, exchange):
            self._note(name, where, message)
        if refused:
            # What the sandbox refused, it has judged itself: only what it let through must be right.
            return
        for where, message in (*self._query(operation, exchange), *self._request(operation, exchange)):
            self._note(name, where, message)

    def find(self, method: str, path: str) -> _Operation | None:
        """The operation that serves a path; one with a literal segment before one with a parameter."""
        for operation in self._operations:
            if operation.method == method.lower() and operation.pattern.fullmatch(path):
                return operation
        return None

    def _request(self, operation: _Operation, exchange: Exchange) -> Iterator[tuple[str, str]]:
        body = operation.data.get("requestBody")
        if body is None:
            if exchange.request_json:
                yield "request", "a body where Discord takes none"
            return
        if exchange.request_json is None:
            if body.get("required") and not exchange.files:
                yield "request", "a body is required"
            return
        # `payload_json` beside files is described like the plain body.
        content = body["content"]
        kind = "application/json" if "application/json" in content else next(iter(content))
        pointer = ("requestBody", "content", kind, "schema")
        yield from self._validate("request", operation, pointer, exchange.request_json)

    def _response(self, operation: _Operation, exchange: Exchange) -> Iterator[tuple[str, str]]:
        if exchange.status >= 500:
            return
        responses = operation.data["responses"]
        status = str(exchange.status)
        key = status if status in responses else f"{status[0]}XX"
        if key not in responses:
            described = ", ".join(sorted(responses))
            yield "response", f"status {status}, where Discord describes {described}"
            return
        response = responses[key]
        if "$ref" in response:
            pointer: tuple[str, ...] = (*response["$ref"].removeprefix("#/").split("/"),)
            response = self._description["components"]["responses"][pointer[-1]]
        else:
            pointer = ("paths", operation.template, operation.method, "responses", key)
        if "content" not in response:
            if exchange.response_json is not None:
                yield "response", f"a body with status {status}, where Discord sends none"
            return
        pointer = (*pointer, "content", "application/json", "schema")
        yield from self._validate("response", None, pointer, exchange.response_json)

    def _query(self, operation: _Operation, exchange: Exchange) -> Iterator[tuple[str, str]]:
        parameters = operation.data.get("parameters", ())
        described = {each["name"]: each["schema"] for each in parameters if each["in"] == "query"}
        for name, text in exchange.query.items():
            if name not in described:
                yield f"query {name}", "Discord has no such parameter here"
                continue
            value = _typed(text, described[name])
            schema = _absolute(described[name])
            validator = Draft202012Validator(schema, registry=self._registries["request"])
            if error := best_match(validator.iter_errors(value)):
                yield f"query {name}", error.message

    def _validate(
        self, side: str, operation: _Operation | None, pointer: tuple[str, ...], data: Json
    ) -> Iterator[tuple[str, str]]:
        if operation is not None:
            pointer = ("paths", operation.template, operation.method, *pointer)
        reference = "urn:discord#/" + "/".join(part.replace("~", "~0").replace("/", "~1") for part in pointer)
        validator = self._validators.get((side, reference))
        if validator is None:
            validator = Draft202012Validator(
                {"$ref": reference}, registry=self._registries[side], format_checker=_FORMATS
            )
            self._validators[side, reference] = validator
        for error in validator.iter_errors(data):
            # Of a choice between schemas that all fail, what is wrong with the one meant.
            worst = best_match([error]) or error
            path = ".".join(str(part) for part in worst.absolute_path)
            yield f"{side} {path}".rstrip(), worst.message

    def _note(self, name: str, where: str, message: str) -> None:
        if len(message) > 300:
            message = f"{message[:200]} ... {message[-80:]}"
        for departure in DEPARTURES:
            if (
                re.search(departure.operation, name)
                and re.search(departure.where, where)
                and re.search(departure.message, message)
            ):
                return
        self.violations.append(f"{name}: {where}: {message}")


def _operations(description: Mapping[str, Any]) -> Iterator[_Operation]:
    for template, methods in description["paths"].items():
        pattern = re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)))
        for method, data in methods.items():
            if method != "parameters":
                yield _Operation(template, pattern, method, data)


def _literal_first(operation: _Operation) -> list[bool]:
    return [part.startswith("{") for part in operation.template.split("/")]


def _with_loose_ids(description: Mapping[str, Any]) -> dict[str, Any]:
    """Discord takes an id as a number too, and discord.py sends some so (a DM's recipient, allowed mentions)."""
    schemas = dict(description["components"]["schemas"])
    schemas["SnowflakeType"] = {"anyOf": [schemas["SnowflakeType"], {"type": "integer", "minimum": 0}]}
    return {**description, "components": {**description["components"], "schemas": schemas}}


def _registry(description: Mapping[str, Any]) -> "Registry[Any]":
    # Discord's references are relative to the document, whose base address this gives.
    empty: Registry[Any] = Registry()
    registry: Registry[Any] = empty.with_resource("urn:discord", DRAFT202012.create_resource(description))
    return registry


def _absolute(schema: Any) -> Any:
    """A schema taken out of the document, with its references made whole."""
    if isinstance(schema, dict):
        return {key: f"urn:discord{value}" if key == "$ref" else _absolute(value) for key, value in schema.items()}
    return [_absolute(each) for each in schema] if isinstance(schema, list) else schema


def _typed(text: str, schema: Mapping[str, Any]) -> Any:
    """A query parameter as the type that its description asks for."""
    if schema.get("type") == "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(text.lower(), text)
    if schema.get("type") == "integer" and text.lstrip("-").isdigit():
        return int(text)
    if schema.get("type") == "array":
        return text.split(",")
    return text


_FORMATS = FormatChecker(formats=())


@_FORMATS.checks("date-time", raises=ValueError)
def _is_instant(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None
