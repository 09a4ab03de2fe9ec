"""Lets somebody wait until something has become true, without asking again and again."""

import asyncio
from collections.abc import Callable


class Pulse:
    """Beats whenever anything may have changed; conditions are looked at again only then."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    def beat(self) -> None:
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            if not one.done():
                one.set_result(None)

    async def until(self, condition: Callable[[], bool], timeout: float) -> None:
        """``timeout`` in seconds. Raises TimeoutError."""
        async with asyncio.timeout(timeout):
            while not condition():
                beat = asyncio.get_running_loop().create_future()
                self._waiting.append(beat)
                await beat
