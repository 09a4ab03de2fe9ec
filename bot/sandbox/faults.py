"""Faults on demand: what goes wrong with the next requests that match.

For tests, and for the curious who want to see how a bot bears them. The server asks `Faults.take` at each request of
the bot and carries out what it gets; nothing here touches a connection.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any

from .errors import ApiError
from .ratelimits import refusal


class FaultKind(StrEnum):
    STATUS = "status"
    """Answered with ``status`` (and ``code``), not applied."""
    RESET_BEFORE = "reset_before"
    """The connection is cut before the request takes effect."""
    RESET_AFTER = "reset_after"
    """The request takes effect, then the connection is cut: the bot cannot know."""
    HANG = "hang"
    """No answer at all, and no effect, until the client gives up or ``seconds`` are over."""
    DELAY = "delay"
    """The ordinary answer, ``seconds`` late."""


#: Texts for statuses that come without a code of Discord's.
_TEXTS = {
    400: "400: Bad Request",
    401: "401: Unauthorized",
    403: "Missing Permissions",
    404: "404: Not Found",
    500: "500: Internal Server Error",
    502: "502: Bad Gateway",
    503: "503: Service Unavailable",
    504: "504: Gateway Timeout",
}
_CODE_TEXTS = {
    40003: "You are opening direct messages too fast",
    50001: "Missing Access",
    50007: "Cannot send messages to this user",
    50013: "Missing Permissions",
    50083: "Thread is archived",
    160005: "Thread is locked",
    160006: "Maximum number of active threads reached",
}


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong. ``method`` and ``path`` are regular expressions that must match somewhere.

    ``times``: how often (None: always). ``after``: how many matching requests pass first. ``retry_after`` is told
    with a 429, in seconds; ``seconds`` is how long a delay or a hang lasts (a hang without it lasts until the client
    gives up).
    """

    kind: FaultKind
    method: str = ""
    path: str = ""
    times: int | None = 1
    after: int = 0
    status: int = 500
    code: int = 0
    message: str = ""
    retry_after: float = 1.0
    is_global: bool = False
    seconds: float | None = None
    id: int = 0
    taken: int = 0
    """How often it has happened."""
    _method: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _path: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Raises ValueError (re.error, or an unknown kind) when it can never be carried out."""
        self.kind = FaultKind(self.kind)
        if self.times is not None and self.times < 1:
            raise ValueError("times must be at least 1, or null for always")
        if self.kind is FaultKind.DELAY and self.seconds is None:
            raise ValueError("a delay needs seconds")
        try:
            self._method = re.compile(self.method, re.IGNORECASE)
            self._path = re.compile(self.path)
        except re.error as problem:
            raise ValueError(f"not a regular expression: {problem}") from problem

    @property
    def exhausted(self) -> bool:
        return self.times is not None and self.taken >= self.times

    def matches(self, method: str, path: str) -> bool:
        return bool(self._method.search(method) and self._path.search(path))

    def error(self) -> ApiError:
        """The refusal of a `status` fault."""
        if self.status == 429:
            return refusal(self.retry_after, scope="global" if self.is_global else "user")
        text = self.message or _CODE_TEXTS.get(self.code) or _TEXTS.get(self.status, f"{self.status}: Error")
        return ApiError(self.status, self.code, text)

    def to_json(self) -> dict[str, Any]:
        """As the page's `/sandbox/faults` shows it."""
        data = {name: value for name, value in asdict(self).items() if not name.startswith("_")}
        match = {"method": data.pop("method"), "path": data.pop("path")}
        return {**data, "kind": self.kind.value, "id": str(self.id), "match": match}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Fault":
        """Reads what the page sends: `{match: {method, path}, kind, times, ...}`.

        Raises ValueError with a sentence that names what is wrong.
        """
        match = data.get("match") or {}
        given = {**match, **{name: value for name, value in data.items() if name not in ("match", "id", "taken")}}
        known = {each.name for each in fields(cls) if each.init} - {"id", "taken"}
        if unknown := given.keys() - known:
            raise ValueError(f"a fault has no {', '.join(sorted(unknown))}")
        if "kind" not in given:
            raise ValueError(f"a fault needs a kind: {', '.join(FaultKind)}")
        for name, types in _TYPES.items():
            if name in given and (not isinstance(given[name], types) or isinstance(given[name], bool)):
                raise ValueError(f"{name} cannot be {given[name]!r}")
        return cls(**given)


_TYPES: dict[str, tuple[type, ...]] = {
    "method": (str,),
    "path": (str,),
    "message": (str,),
    "times": (int, type(None)),
    "after": (int,),
    "status": (int,),
    "code": (int,),
    "retry_after": (int, float),
    "seconds": (int, float, type(None)),
}


class Faults:
    """The faults now waiting to happen, oldest first. ``changed`` is called when the list changes."""

    def __init__(self, changed: Callable[[], None] = lambda: None) -> None:
        self._faults: list[Fault] = []
        self._changed = changed
        self._last_id = 0

    def add(self, fault: Fault) -> Fault:
        """Adds it and gives it its id."""
        self._last_id += 1
        fault.id = self._last_id
        self._faults.append(fault)
        self._changed()
        return fault

    def remove(self, fault_id: int) -> None:
        """Removes one; nothing happens when it is already gone."""
        self._faults = [fault for fault in self._faults if fault.id != fault_id]
        self._changed()

    def clear(self) -> None:
        self._faults.clear()
        self._changed()

    def list(self) -> list[Fault]:
        """Those that may still happen."""
        return list(self._faults)

    def take(self, method: str, path: str) -> Fault | None:
        """The fault that this request meets, counted; None when it meets none.

        A fault that still lets requests pass (``after``) counts the request and lets it go on to the next fault.
        """
        for fault in self._faults:
            if not fault.matches(method, path):
                continue
            if fault.after > 0:
                fault.after -= 1
                continue
            fault.taken += 1
            if fault.exhausted:
                self._faults.remove(fault)
                self._changed()
            return fault
        return None

    # What tests and the page ask for most, by name.

    def status(self, status: int, path: str = "", *, method: str = "", **rest: Any) -> Fault:
        """`status(429, "/messages", retry_after=0.2)`, `status(403, "/messages", code=50013)`, `status(502)`."""
        return self.add(Fault(FaultKind.STATUS, method, path, status=status, **rest))

    def reset_before(self, path: str = "", *, method: str = "", **rest: Any) -> Fault:
        return self.add(Fault(FaultKind.RESET_BEFORE, method, path, **rest))

    def reset_after(self, path: str = "", *, method: str = "", **rest: Any) -> Fault:
        return self.add(Fault(FaultKind.RESET_AFTER, method, path, **rest))

    def hang(self, path: str = "", *, method: str = "", **rest: Any) -> Fault:
        return self.add(Fault(FaultKind.HANG, method, path, **rest))

    def delay(self, seconds: float, path: str = "", *, method: str = "", **rest: Any) -> Fault:
        return self.add(Fault(FaultKind.DELAY, method, path, seconds=seconds, **rest))
