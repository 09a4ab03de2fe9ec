"""A figure: what was measured, against which goal."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Row:
    """One line of the table. ``ok`` is None where there is no goal; ``more`` goes into the JSON only."""

    figure: str
    event: str
    goal: str
    measured: str
    ok: bool | None
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Pace:
    """How much to measure."""

    quick: bool = False

    def times(self, often: int) -> int:
        """``often``, or a tenth of it for a quick look."""
        return max(2, often // 10) if self.quick else often


#: Measures one thing and gives its rows.
Figure = Callable[[Pace], Awaitable[Sequence[Row]]]


def p50(seconds: Sequence[float]) -> float:
    return median(seconds)


def p99(seconds: Sequence[float]) -> float:
    """The value that 1% lie above, by nearest rank."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"
