"""discord.py's memory of rate limits, kept cheap while thousands are written to.

The library keeps a bucket for every channel that it has written to, and looks through all of them whenever a new one
comes, for those to forget (``HTTPClient._try_clear_expired_ratelimits``): with a direct channel for each reader of an
announcement, the last of 20,000 messages cost seven times what the first did, most of it spent looking.
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
