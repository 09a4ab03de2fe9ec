"""discord.py's memory of rate limits: kept cheap while thousands are written to, and used for all that it allows.

The library keeps a bucket for every channel that it has written to, and looks through all of them whenever a new one
comes, for those to forget (``HTTPClient._try_clear_expired_ratelimits``): with a direct channel for each reader of an
announcement, the last of 20,000 messages cost seven times what the first did, most of it spent looking.

And where a limit lasts longer than the client is willing to sleep (``max_ratelimit_timeout``), the library refuses
every request after the first, however many are left (``Ratelimit.acquire``): of 50 threads that may be opened in five
minutes, it would open one.
"""

from collections.abc import Callable

import discord

#: Seconds: far less than the 5 minutes after which the library takes a bucket for unused.
EVERY = 10.0


def forget_seldom(http: discord.http.HTTPClient, now: Callable[[], float]) -> None:
    """Let the same buckets be forgotten as before, but looked for at most every ``EVERY`` seconds of ``now``."""
    forget, last = http._try_clear_expired_ratelimits, now()

    def seldom() -> None:
        nonlocal last
        if now() - last >= EVERY:
            last = now()
            forget()

    http._try_clear_expired_ratelimits = seldom  # type: ignore[method-assign]  # discord.py offers no other way


class _Ratelimit(discord.http.Ratelimit):
    __slots__ = ()

    async def acquire(self) -> None:
        """As the library's own, but how long the limit lasts is no matter while requests are left."""
        if self.remaining <= 0 or self.is_expired():
            return await super().acquire()
        longest, self._max_ratelimit_timeout = self._max_ratelimit_timeout, None
        try:
            # Nothing is waited for in there where requests are left, so that nobody else sees this.
            await super().acquire()
        finally:
            self._max_ratelimit_timeout = longest


def use_what_is_left(http: discord.http.HTTPClient) -> None:
    """Let requests go as long as a limit has some left, also one that lasts long."""

    def found_or_made(key: str) -> discord.http.Ratelimit:
        if key not in http._buckets:
            http._buckets[key] = _Ratelimit(http.max_ratelimit_timeout)
            http._try_clear_expired_ratelimits()
        return http._buckets[key]

    http.get_ratelimit = found_or_made  # type: ignore[method-assign]  # discord.py offers no other way
