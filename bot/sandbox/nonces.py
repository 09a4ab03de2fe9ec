"""Remembers enforced nonces for a few minutes, so that a repeated request finds the message it already made."""

import time
from collections import OrderedDict
from collections.abc import Callable

from bot.sandbox.state import Message

_Key = tuple[int, str]


class Nonces:
    """``life`` in seconds. Per author, as Discord documents it: "created by the same author with the same nonce"."""

    def __init__(self, life: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._life = life
        self._clock = clock
        self._kept: OrderedDict[_Key, tuple[float, Message]] = OrderedDict()

    def find(self, author_id: int, nonce: str | int) -> Message | None:
        self._forget_old()
        kept = self._kept.get((author_id, str(nonce)))
        return kept[1] if kept else None

    def keep(self, author_id: int, nonce: str | int, message: Message) -> None:
        self._kept[author_id, str(nonce)] = (self._clock() + self._life, message)

    def _forget_old(self) -> None:
        now = self._clock()
        while self._kept:
            key, (until, _) = next(iter(self._kept.items()))
            if until > now:
                return
            del self._kept[key]
