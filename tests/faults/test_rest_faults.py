"""How a real client bears what the sandbox does to its requests: the ground on which delivery is built."""

import asyncio
from collections.abc import Callable

import aiohttp
import discord
import pytest

from bot.sandbox.faults import Faults
from tests.faults.client import Stopwatch, trial


@pytest.mark.parametrize("is_global", [False, True])
async def test_a_429_is_waited_out_and_the_message_sent_once(*, is_global: bool) -> None:
    async with trial() as it:
        it.faults.status(429, "/messages", retry_after=0.2, is_global=is_global)
        watch = Stopwatch()
        await it.channel.send("x")
        assert watch.seconds >= 0.2
        assert (it.statuses, it.stored) == ([429, 200], ["x"])


async def test_a_long_wait_is_an_error_when_the_client_has_a_limit() -> None:
    async with trial() as it:
        it.bot.http.max_ratelimit_timeout = 30
        it.faults.status(429, "/messages", retry_after=31)
        with pytest.raises(discord.RateLimited) as refusal:
            await it.channel.send("x")
        assert (refusal.value.retry_after, it.stored) == (31, [])


async def test_a_client_that_reads_the_headers_meets_no_429() -> None:
    async with trial() as it:
        it.sandbox.limiter.scale = 25
        await asyncio.gather(*(it.channel.send(str(number)) for number in range(12)))
        assert it.statuses == [200] * 12
        assert sorted(it.stored, key=int) == [str(number) for number in range(12)]


async def test_a_ban_is_not_waited_out() -> None:
    async with trial() as it:
        for _ in range(10_000):
            it.sandbox.limiter.note(403)
        with pytest.raises(discord.HTTPException) as refusal:
            await it.channel.send("x")
        assert (refusal.value.status, it.stored) == (429, [])


async def test_a_502_is_tried_again() -> None:
    async with trial() as it:
        it.faults.status(502, "/messages")
        await it.channel.send("x")
        assert (it.statuses, it.stored) == ([502, 200], ["x"])


async def test_a_503_is_an_error_at_once() -> None:
    async with trial() as it:
        it.faults.status(503, "/messages")
        with pytest.raises(discord.DiscordServerError):
            await it.channel.send("x")
        assert (it.statuses, it.stored) == ([503], [])


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (403, 50013, discord.Forbidden),
        (403, 50007, discord.Forbidden),
        (404, 10003, discord.NotFound),
        (400, 50083, discord.HTTPException),
    ],
)
async def test_a_refusal_on_demand_has_its_code(status: int, code: int, error: type[discord.HTTPException]) -> None:
    async with trial() as it:
        it.faults.status(status, "/messages", code=code)
        with pytest.raises(error) as refusal:
            await it.channel.send("x")
        assert (refusal.value.status, refusal.value.code, it.stored) == (status, code, [])


Order = Callable[[Faults], object]


@pytest.mark.parametrize(
    ("order", "stored"),
    [
        (lambda faults: faults.reset_before("/messages"), []),
        (lambda faults: faults.reset_after("/messages"), ["x"]),
    ],
    ids=["before", "after"],
)
async def test_after_a_reset_the_client_cannot_know(order: Order, stored: list[str]) -> None:
    async with trial() as it:
        order(it.faults)
        with pytest.raises((aiohttp.ClientError, OSError)):
            await it.channel.send("x", nonce="row-7")
        assert (it.statuses, it.stored) == ([], stored)
        # The same nonce makes the second attempt safe in both cases.
        await it.channel.send("x", nonce="row-7")
        assert it.stored == ["x"]


async def test_without_its_nonce_a_second_attempt_doubles_the_message() -> None:
    async with trial() as it:
        it.faults.reset_after("/messages")
        with pytest.raises((aiohttp.ClientError, OSError)):
            await it.channel.send("x")
        await it.channel.send("x")
        assert it.stored == ["x", "x"]


async def test_a_hang_ends_with_the_clients_patience() -> None:
    async with trial() as it:
        it.faults.hang("/messages")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await it.channel.send("x")
        assert it.stored == []
        await it.channel.send("y")
        assert it.stored == ["y"]


async def test_a_delay_is_only_late() -> None:
    async with trial() as it:
        it.faults.delay(0.1, "/messages")
        watch = Stopwatch()
        await it.channel.send("x")
        assert watch.seconds >= 0.1
        assert it.stored == ["x"]
