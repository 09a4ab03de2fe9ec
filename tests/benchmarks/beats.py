"""How the event loop of another process fares, told through a small file that both processes have mapped."""

import asyncio
import mmap
import struct
from pathlib import Path
from time import perf_counter, process_time, thread_time

_BEAT = 0.001
#: The longest block by the clock and by the process's own work; the process's and the loop's work in all. In seconds.
_NUMBERS = struct.Struct("dddd")


class Beats:
    """What was told so far.

    A loop is held by what runs in it, and by a machine that runs something else: ``own`` is the longest block without
    the latter, as long as the process itself was at work during it, in whichever thread.
    """

    def __init__(self, file: Path) -> None:
        """``file`` is made if it is not there."""
        if not file.exists():
            file.write_bytes(bytes(_NUMBERS.size))
        with file.open("r+b") as opened:
            self._mapped = mmap.mmap(opened.fileno(), _NUMBERS.size)

    @property
    def longest(self) -> float:
        return self._read()[0]

    @property
    def own(self) -> float:
        return self._read()[1]

    @property
    def work(self) -> float:
        """Of all threads of the process since its start."""
        return self._read()[2]

    @property
    def work_in_loop(self) -> float:
        """Of the thread that the loop runs in."""
        return self._read()[3]

    def forget(self) -> None:
        """Let the longest blocks be those from now on."""
        _, _, work, work_in_loop = self._read()
        self._write(0.0, 0.0, work, work_in_loop)

    async def listen(self) -> None:
        """Tell of the loop that this runs in, until cancelled."""
        while True:
            began, worked = perf_counter(), process_time()
            await asyncio.sleep(_BEAT)
            block = perf_counter() - began - _BEAT
            work = process_time()
            longest, own, _, _ = self._read()
            self._write(max(longest, block), max(own, min(block, work - worked)), work, thread_time())

    def _read(self) -> tuple[float, float, float, float]:
        longest, own, work, work_in_loop = _NUMBERS.unpack(self._mapped[:])
        return longest, own, work, work_in_loop

    def _write(self, *numbers: float) -> None:
        self._mapped[:] = _NUMBERS.pack(*numbers)
