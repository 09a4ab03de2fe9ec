"""Work that makes many values at once, without the collector looking for garbage among them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Collect no cycles meanwhile, in any thread.

    A change that thousands hear of makes hundreds of thousands of values, and a question's export as many. They go by
    their reference counts; the collector walks them again and again, for a third of the time, and holds the event loop
    with it.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # Where two threads are here at once, the one that found it enabled enables it again.
        if enabled:
            gc.enable()
