"""How long the event loop was held: by whatever ran in it, or by another thread."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter

_BEAT = 0.001


class Heartbeat:
    """``longest`` is the longest time in seconds that the loop did not come round."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def _beat(self) -> None:
        while True:
            began = perf_counter()
            await asyncio.sleep(_BEAT)
            self.longest = max(self.longest, perf_counter() - began - _BEAT)


@asynccontextmanager
async def heartbeat() -> AsyncIterator[Heartbeat]:
    """Listens for as long as the context lasts."""
    listening = Heartbeat()
    beating = asyncio.create_task(listening._beat())
    try:
        yield listening
    finally:
        beating.cancel()
