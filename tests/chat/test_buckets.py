"""What discord.py remembers of rate limits while thousands are written to."""

import asyncio

import discord

from bot.chat.buckets import EVERY, forget_seldom


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
