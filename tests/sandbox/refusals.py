"""Cases for limits: one call that is just allowed, one that is just too much, and what the refusal says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from bot.sandbox.errors import ApiError


@dataclass(frozen=True)
class Limit:
    """``allowed`` and ``refused`` are payloads; ``path`` leads to the refusal with ``code``."""

    name: str
    allowed: Any
    refused: Any
    path: str
    code: str

    def __str__(self) -> str:
        return self.name


def found(errors: dict[str, Any] | None, path: str = "") -> list[tuple[str, str]]:
    """The refusals in Discord's nested `errors`, as (dotted path, code)."""
    refusals: list[tuple[str, str]] = []
    for name, inner in (errors or {}).items():
        if name == "_errors":
            refusals += [(path, each["code"]) for each in inner]
        else:
            refusals += found(inner, f"{path}.{name}".lstrip("."))
    return refusals


def assert_limit(check: Callable[[Any], None], limit: Limit) -> None:
    """What is allowed passes; what is refused is refused for exactly one reason, at exactly that path."""
    check(limit.allowed)
    with pytest.raises(ApiError) as refusal:
        check(limit.refused)
    assert (refusal.value.status, refusal.value.code) == (400, 50035)
    assert found(refusal.value.errors) == [(limit.path, limit.code)]
