"""What discord.py remembers of rate limits while thousands are written to."""

import asyncio

import discord
import pytest

from bot.chat.buckets import EVERY, forget_seldom, use_what_is_left


async def test_unused_buckets_are_forgotten_but_not_looked_for_at_each_new_one() -> None:
    http, now = discord.http.HTTPClient(asyncio.get_running_loop()), 0.0
    forget_seldom(http, lambda: now)
    # From 256 on, the library looks for those that were not used for five minutes.
    for number in range(300):
        http.get_ratelimit(f"channel {number}")._last_request -= 300.0
    assert len(http._buckets) == 300
    now = EVERY
    http.get_ratelimit("another")
    assert list(http._buckets) == ["another"]
    http.get_ratelimit("a third")._last_request -= 300.0
    assert list(http._buckets) == ["another", "a third"]


async def test_what_is_left_of_a_long_limit_is_used_and_what_is_not_is_refused() -> None:
    loop = asyncio.get_running_loop()
    http = discord.http.HTTPClient(loop, max_ratelimit_timeout=30.0)
    use_what_is_left(http)
    limit = http.get_ratelimit("threads of a forum")
    limit.limit, limit.remaining, limit.reset_after, limit.expires = 50, 2, 300.0, loop.time() + 300.0
    for _ in range(2):
        await limit.acquire()
    with pytest.raises(discord.RateLimited):
        await limit.acquire()
