"""discord.py's count of what a rate limit leaves, mended for windows that are longer than it may wait.

With ``max_ratelimit_timeout`` set, the library refuses every request of a bucket whose window ends later than that,
also while Discord still lets some through (``Ratelimit.acquire``, ``Ratelimit.__aexit__``). Threads have such a window:
of fifty in five minutes it would open one.
"""

from typing import Any

import discord
from discord.http import Ratelimit


def use_what_is_left(http: discord.http.HTTPClient) -> None:
    """Let requests through for as long as Discord says that some are left."""

    def of_bucket(key: str) -> Ratelimit:
        found = http._buckets.get(key)
        if found is None:
            found = http._buckets[key] = _Left(http.max_ratelimit_timeout)
            http._try_clear_expired_ratelimits()
        return found

    http.get_ratelimit = of_bucket  # type: ignore[method-assign]  # discord.py offers no other way


class _Left(Ratelimit):
    async def acquire(self) -> None:
        if self.remaining <= 0 or self.is_expired():
            await super().acquire()
            return
        self._last_request = self._loop.time()
        self.remaining -= 1
        self.outgoing += 1

    async def __aexit__(self, *error: Any) -> None:
        """Those who waited for the first answer of a window go on with what it says is left."""
        if self.remaining - self.outgoing + 1 > 0 and not self._sleeping.locked():
            self.outgoing -= 1
            self._wake(self.remaining - self.outgoing)
            return
        await super().__aexit__(*error)
