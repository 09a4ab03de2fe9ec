"""Checks every request of the bot, and every answer of the sandbox, against Discord's own OpenAPI description.

Usage: `check = SchemaCheck.load()`, skip with `SchemaCheck.ABSENT` when it is None, hand `check` to the sandbox as an
observer, and assert `check.violations == []` at the end.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol

from bot.sandbox.ratelimits import BANNED
from bot.sandbox.rest.endpoint import OWN_FAULT
from tests.discord_description import ENVIRONMENT, Description, Operation, read

Json = Any
#: Where something is wrong, and what.
Fault = tuple[str, str]


@dataclass(frozen=True)
class Departure:
    """A place where Discord itself departs from its description. Each field but the reason is a regular expression."""

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
        operation=r"^POST /channels/\d+/threads$",
        where="^query use_nested_fields$",
        message="",
        reason="Asks for a forum post's message inside the answer; undocumented, and sent by discord.py.",
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


class SchemaCheck:
    """An observer of the sandbox. ``violations``: one line each, method and path, where, and what is wrong."""

    ABSENT: ClassVar[str] = f"Discord's OpenAPI description is not here (set {ENVIRONMENT} to its path)"

    def __init__(self, description: Description) -> None:
        self.violations: list[str] = []
        self.checked = 0
        self._description = description

    @classmethod
    def load(cls, path: Path | str | None = None) -> "SchemaCheck | None":
        """Reads the description from ``path``, the environment, or beside the checkout; None where there is none."""
        description = read(path)
        return cls(description) if description else None

    def find(self, method: str, path: str) -> Operation | None:
        """The operation that serves a path."""
        return self._description.find(method, path)

    def __call__(self, exchange: Exchange) -> None:
        """Checks one exchange and notes what is wrong."""
        self.checked += 1
        operation = self.find(exchange.method, exchange.path)
        name = f"{exchange.method} {exchange.path}"
        if operation is None:
            if exchange.status not in (404, 405):
                self._note(name, "path", "Discord has no such route")
            return
        if isinstance(exchange.response_json, dict) and exchange.response_json.get("message") == OWN_FAULT:
            self._note(name, "response", OWN_FAULT)
        for where, message in self._response(operation, exchange):
            self._note(name, where, message)
        if exchange.status >= 400:
            # What the sandbox refused, it has judged itself: only what it let through must be right.
            return
        for where, message in (*self._query(operation, exchange), *self._request(operation, exchange)):
            self._note(name, where, message)

    def _request(self, operation: Operation, exchange: Exchange) -> Iterator[Fault]:
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
        pointer = (*_pointer(operation), "requestBody", "content", kind, "schema")
        yield from self._faults("request", pointer, exchange.request_json)

    def _response(self, operation: Operation, exchange: Exchange) -> Iterator[Fault]:
        if exchange.status >= 500 or _is_ban(exchange.response_json):
            return
        responses = operation.data["responses"]
        status = str(exchange.status)
        key = status if status in responses else f"{status[0]}XX"
        if key not in responses:
            yield "response", f"status {status}, where Discord describes {', '.join(sorted(responses))}"
            return
        response, pointer = responses[key], (*_pointer(operation), "responses", key)
        if "$ref" in response:
            pointer = tuple(response["$ref"].removeprefix("#/").split("/"))
            response = self._description.data["components"]["responses"][pointer[-1]]
        if "content" not in response:
            if exchange.response_json is not None:
                yield "response", f"a body with status {status}, where Discord sends none"
            return
        pointer = (*pointer, "content", "application/json", "schema")
        yield from self._faults("response", pointer, exchange.response_json)

    def _query(self, operation: Operation, exchange: Exchange) -> Iterator[Fault]:
        parameters = operation.data.get("parameters", ())
        described = {each["name"]: index for index, each in enumerate(parameters) if each["in"] == "query"}
        for name, text in exchange.query.items():
            if name not in described:
                yield f"query {name}", "Discord has no such parameter here"
                continue
            index = described[name]
            pointer = (*_pointer(operation), "parameters", str(index), "schema")
            yield from self._faults(f"query {name}", pointer, _typed(text, parameters[index]["schema"]))

    def _faults(self, where: str, pointer: tuple[str, ...], value: Json) -> Iterator[Fault]:
        side = "response" if where == "response" else "request"
        for path, message in self._description.faults(side, pointer, value):
            yield f"{where} {path}".rstrip(), message

    def _note(self, name: str, where: str, message: str) -> None:
        if len(message) > 300:
            message = f"{message[:200]} ... {message[-80:]}"
        for departure in DEPARTURES:
            known = ((departure.operation, name), (departure.where, where), (departure.message, message))
            if all(re.search(pattern, text) for pattern, text in known):
                return
        self.violations.append(f"{name}: {where}: {message}")


def _is_ban(answer: Json) -> bool:
    """Cloudflare's answer, which Discord's description leaves out."""
    return isinstance(answer, dict) and answer.get("message") == BANNED


def _pointer(operation: Operation) -> tuple[str, ...]:
    return "paths", operation.template, operation.method


def _typed(text: str, schema: Mapping[str, Any]) -> Any:
    """A query parameter as the type that its description asks for."""
    if schema.get("type") == "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(text.lower(), text)
    if schema.get("type") == "integer" and text.lstrip("-").isdigit():
        return int(text)
    if schema.get("type") == "array":
        return text.split(",")
    return text
