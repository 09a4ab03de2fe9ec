"""A fault of the sandbox itself is neither silent nor taken for Discord's answer."""

import aiohttp
import pytest

from bot.sandbox import Exchange, Sandbox, World
from bot.sandbox.rest.endpoint import OWN_FAULT


async def test_a_handler_that_fails_is_observed_and_answered(caplog: pytest.LogCaptureFixture) -> None:
    seen: list[Exchange] = []
    async with Sandbox(World.build("Workshop")) as sandbox, aiohttp.ClientSession() as session:
        sandbox.observers.append(seen.append)
        sandbox.world.guilds[sandbox.world.guild.id].roles = None  # type: ignore[assignment]  # no request can do this
        address = f"{sandbox.api_url}/guilds/{sandbox.world.guild.id}/roles"
        async with session.get(address, headers={"Authorization": f"Bot {sandbox.token}"}) as answer:
            assert (answer.status, await answer.json()) == (500, {"message": OWN_FAULT, "code": 0})
    assert [(one.method, one.status) for one in seen] == [("GET", 500)]
    assert "failed" in caplog.text
