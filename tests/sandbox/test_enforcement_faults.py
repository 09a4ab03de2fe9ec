"""Through HTTP: faults on demand."""

from collections.abc import Callable

import aiohttp
import pytest

from bot.sandbox import Sandbox
from tests.sandbox.http import SAID, calling, channel_id
from tests.sandbox.live import make_world


def fail_once(kind: str) -> Callable[[Sandbox], None]:
    def order(sandbox: Sandbox) -> None:
        getattr(sandbox.faults, kind)("/messages", method="POST")

    return order


@pytest.mark.parametrize(("kind", "stored"), [("reset_before", 0), ("reset_after", 1)])
async def test_a_reset_comes_before_or_after_the_message_is_stored(kind: str, stored: int) -> None:
    world = make_world()
    async with calling(sandbox := Sandbox(world)) as http:
        path = f"/channels/{channel_id(world, 'general')}/messages"
        fail_once(kind)(sandbox)
        with pytest.raises(aiohttp.ClientError):
            await http.post(path, SAID)
        assert len(world.channel_named("general").messages) == stored
        assert (await http.post(path, SAID)).status == 200


async def test_a_hang_lasts_until_its_time_is_over() -> None:
    world = make_world()
    async with calling(sandbox := Sandbox(world)) as http:
        sandbox.faults.hang("/messages", seconds=0.05)
        with pytest.raises(aiohttp.ClientError):
            await http.post(f"/channels/{channel_id(world, 'general')}/messages", SAID)
        assert world.channel_named("general").messages == {}


async def test_a_status_on_demand_is_not_applied() -> None:
    world = make_world()
    async with calling(sandbox := Sandbox(world)) as http:
        path = f"/channels/{channel_id(world, 'general')}/messages"
        sandbox.faults.status(403, "/messages", code=50013)
        sandbox.faults.status(429, "/messages", retry_after=0.2, is_global=True)
        sandbox.faults.status(502, "/messages")
        answers = [await http.post(path, SAID) for _ in range(4)]
        assert [answer.status for answer in answers] == [403, 429, 502, 200]
        assert answers[0].refusal == (403, 50013)
        assert (answers[1].body["retry_after"], answers[1].headers["Via"]) == (0.2, "1.1 google")
        assert len(world.channel_named("general").messages) == 1
