"""What happens around every REST request: the token, faults, rate limits, parsing, refusals as JSON, observers."""

import asyncio
import logging
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from bot.sandbox import errors
from bot.sandbox.core import Core
from bot.sandbox.dispatch import encode
from bot.sandbox.errors import ApiError
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.files import Upload
from bot.sandbox.ratelimits import RateLimiter
from bot.sandbox.reading import snowflake
from bot.sandbox.rest.body import read_body
from bot.sandbox.state import Json

log = logging.getLogger(__name__)

#: What the bot is told when a handler here fails, which is neither a refusal nor an ordered fault.
OWN_FAULT = "500: the sandbox itself failed; its log says why"

_VERSIONS = ("/api/v10", "/api/v9")


@dataclass(slots=True)
class Call:
    """A request, read."""

    request: web.Request
    json: Any = None
    uploads: list[Upload] = field(default_factory=list)

    def id(self, name: str) -> int:
        """An id from the path. Raises 50035 when it is no number."""
        return snowflake(self.request.match_info[name], name)

    def path(self, name: str) -> str:
        return self.request.match_info[name]

    @property
    def query(self) -> Mapping[str, str]:
        return self.request.query

    @property
    def body(self) -> Json:
        """The body, which has to be an object. Raises 50035 when it is something else."""
        if not isinstance(self.json, dict):
            raise errors.field_error([], "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
        return self.json

    @property
    def objects(self) -> list[Json]:
        """The body, which has to be a list of objects. Raises 50035 when it is something else."""
        if not isinstance(self.json, list) or not all(isinstance(one, dict) for one in self.json):
            raise errors.field_error([], "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        return self.json

    def bound(self, name: str) -> int | None:
        """An id from the query, such as ``before``; None where there is none. Raises 50035 when it is no number."""
        return snowflake(self.query[name], name) if name in self.query else None

    def instant(self, name: str) -> datetime | None:
        """A time from the query. Raises 50035 when it is none."""
        if name not in self.query:
            return None
        with suppress(ValueError):
            instant = datetime.fromisoformat(self.query[name])
            return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
        raise errors.field_error([name], "DATE_TIME_TYPE_PARSE", f"Could not parse {self.query[name]}.")

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """A number from the query. Raises 50035 outside its bounds."""
        text = self.query.get(name)
        if text is None:
            return default
        if not text.removeprefix("-").isdecimal() or len(text) > 20 or not least <= int(text) <= most:
            raise errors.field_error([name], "NUMBER_TYPE_MAX", f"int value should be between {least} and {most}.")
        return int(text)

    def flag(self, name: str) -> bool:
        return self.query.get(name, "").lower() in ("1", "true")


@dataclass(slots=True, frozen=True)
class Answer:
    """An answer with a status of its own. Without it an object is 200 and nothing is 204."""

    status: int
    data: Any


#: What a route's handler gives back.
Result = Any
Handler = Callable[[Call], Awaitable[Result]]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One REST exchange with the bot, as the observers are shown it. ``path`` is without the version's prefix."""

    method: str
    path: str
    query: dict[str, str]
    headers: Mapping[str, str]
    request_json: Any
    files: list[Upload]
    status: int
    response_json: Any


Observer = Callable[[Exchange], None]


class Endpoints:
    """Turns handlers into aiohttp routes under every version of the API."""

    def __init__(self, core: Core, token: str, limiter: RateLimiter) -> None:
        self._core = core
        self._expected = f"Bot {token}"
        self._limiter = limiter
        self.observers: list[Observer] = []

    def route(self, method: str, template: str, handler: Handler, *, authorized: bool = True) -> list[web.RouteDef]:
        """``template``: the path without the version's prefix, such as ``/channels/{channel_id}``.

        ``authorized``: whether the bot's token is needed; where a path holds an interaction's token it is not.
        """
        majors = ("channel_id", "guild_id", "webhook_id", "interaction_id")
        major = next((one for one in majors if one in template), None)

        async def serve(request: web.Request) -> web.StreamResponse:
            return await self._serve(request, template, major, handler, authorized)

        return [web.route(method, prefix + template, serve) for prefix in _VERSIONS]

    async def _serve(
        self, request: web.Request, template: str, major: str | None, handler: Handler, authorized: bool
    ) -> web.StreamResponse:
        call = Call(request)
        headers: dict[str, str] = {}
        path = request.path[request.path.index("/", 5) :]
        fault = self._core.faults.take(request.method, path)
        if fault and not await _let_through(fault, request):
            return web.Response(status=500)
        try:
            if authorized and request.headers.get("Authorization") != self._expected:
                raise errors.unauthorized()
            # Answers to interactions have no limit: each interaction takes one.
            if major != "interaction_id":
                headers = self._limiter.check(request.method, template, self._major(request, major))
            call.json, call.uploads = await read_body(request)
            if fault and fault.kind is FaultKind.STATUS:
                raise fault.error()
            status, data = _result(await handler(call))
        except ApiError as error:
            status, data = error.status, error.body()
            headers = headers | error.headers
        except ConnectionError:
            # The client has gone: there is nobody to answer.
            raise
        except Exception:
            # A fault of the sandbox itself: observers hear of it, so that no test passes over it.
            log.exception("%s %s failed", request.method, path)
            status, data = 500, {"message": OWN_FAULT, "code": 0}
        if status >= 400:
            self._limiter.note(status)
        self._core.pulse.beat()
        if fault and fault.kind is FaultKind.RESET_AFTER:
            _reset(request)
            return web.Response(status=500)
        for observe in self.observers:
            observe(self._exchange(call, path, status, data))
        if data is None:
            return web.Response(status=status, headers=headers)
        return _json_response(status, data, headers)

    def _major(self, request: web.Request, major: str | None) -> str:
        if major is None:
            return ""
        token = request.match_info.get("webhook_token", "")
        return request.match_info[major] + token

    def _exchange(self, call: Call, path: str, status: int, data: Any) -> Exchange:
        request = call.request
        query = dict(request.query)
        return Exchange(request.method, path, query, request.headers, call.json, call.uploads, status, data)


def _result(result: Result) -> tuple[int, Any]:
    if result is None:
        return 204, None
    if isinstance(result, Answer):
        return result.status, result.data
    return 200, result


def _json_response(status: int, data: Any, headers: dict[str, str]) -> web.Response:
    # discord.py compares the content type as a whole: no charset may follow.
    headers = {"Content-Type": "application/json"} | headers
    return web.Response(status=status, body=encode(data).encode(), headers=headers)


async def _let_through(fault: Fault, request: web.Request) -> bool:
    """Carries out what a fault does before the request takes effect. False: the request goes no further."""
    if fault.kind is FaultKind.DELAY:
        await asyncio.sleep(fault.seconds or 0)
    elif fault.kind is FaultKind.HANG:
        # When the client gives up, the handler is cancelled here.
        with suppress(TimeoutError):
            async with asyncio.timeout(fault.seconds):
                await asyncio.Event().wait()
        _reset(request)
    elif fault.kind is FaultKind.RESET_BEFORE:
        _reset(request)
    return fault.kind not in (FaultKind.HANG, FaultKind.RESET_BEFORE)


def _reset(request: web.Request) -> None:
    """Cuts the connection without an answer. Without lingering, TCP tells the client of a reset, not of an end."""
    if request.transport is None:
        return
    connection = request.transport.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.transport.abort()
