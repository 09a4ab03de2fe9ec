"""A plain HTTP client of the sandbox: for requests that a well-behaved library would never send."""

import io
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.sandbox import Sandbox, World
from tests.discord_schema import SchemaCheck


@dataclass(frozen=True)
class Answer:
    """``body`` is parsed JSON, None when there is none."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def refusal(self) -> tuple[int, int]:
        """Status and Discord's code."""
        return self.status, self.body["code"]

    @property
    def id(self) -> str:
        assert self.status in (200, 201), self.body
        return str(self.body["id"])


class Http:
    """Requests to `/api/v10`, with the bot's token unless told otherwise."""

    def __init__(self, session: aiohttp.ClientSession, sandbox: Sandbox) -> None:
        self._session = session
        self._sandbox = sandbox

    async def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        token: str | None = None,
        files: Mapping[str, bytes] | None = None,
    ) -> Answer:
        """``files``: name -> content; the body then travels as `payload_json`. Raises aiohttp.ClientError."""
        headers = {"Authorization": f"Bot {self._sandbox.token if token is None else token}"}
        data: Any = None
        if files:
            data = aiohttp.FormData()
            data.add_field("payload_json", json.dumps(body or {}), content_type="application/json")
            for index, (name, content) in enumerate(files.items()):
                data.add_field(f"files[{index}]", io.BytesIO(content), filename=name)
        elif body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body)
        async with self._session.request(method, self._sandbox.api_url + path, data=data, headers=headers) as answer:
            text = await answer.text()
            return Answer(answer.status, json.loads(text) if text else None, dict(answer.headers))

    async def get(self, path: str) -> Answer:
        return await self.call("GET", path)

    async def post(self, path: str, body: Any = None) -> Answer:
        return await self.call("POST", path, body)

    async def put(self, path: str, body: Any = None) -> Answer:
        return await self.call("PUT", path, body)

    async def patch(self, path: str, body: Any = None) -> Answer:
        return await self.call("PATCH", path, body)

    async def delete(self, path: str) -> Answer:
        return await self.call("DELETE", path)


@asynccontextmanager
async def calling(sandbox: Sandbox) -> AsyncIterator[Http]:
    """Starts the sandbox and gives a client of it; what passes is held against Discord's description, if it is here."""
    check = SchemaCheck.load()
    if check is not None:
        sandbox.observers.append(check)
    async with sandbox, aiohttp.ClientSession() as session:
        yield Http(session, sandbox)
    if check is not None:
        assert check.violations == [], "\n".join(check.violations)


def channel_id(world: World, name: str) -> int:
    return world.channel_named(name).id


def places(world: World) -> dict[str, str]:
    """What stands for a path's placeholders."""
    names = {channel.name: str(channel.id) for channel in world.channels.values()}
    return names | {"guild": str(world.guild.id), "app": str(world.application_id), "role": role_id(world, "speaker")}


def role_id(world: World, name: str) -> str:
    return str(next(role.id for role in world.guild.roles.values() if role.name == name))


#: The smallest message, and a scheduled event that will not have begun for a while.
SAID = {"content": "x"}
EVENT = {
    "name": "Posters",
    "privacy_level": 2,
    "entity_type": 3,
    "scheduled_start_time": "2100-04-28T01:00:00+00:00",
    "scheduled_end_time": "2100-04-28T02:00:00+00:00",
    "entity_metadata": {"location": "Hall 4"},
}
