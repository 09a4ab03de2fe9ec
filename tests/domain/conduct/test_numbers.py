"""Which number a case gets."""

import pytest

from bot.domain.conduct.numbers import drawn


@pytest.mark.parametrize(
    ("used", "draw", "number"),
    [
        (set(), 0, 100),
        (set(), -1, 999),
        ({100, 101}, 0, 102),
        (set(range(100, 399)), -1, 999),
        (set(range(100, 400)), 0, 1_000),
        (set(range(100, 400)), -1, 9_999),
        ({*range(100, 400), *range(1_000, 4_000)}, 0, 10_000),
        # Those from before numbers were drawn.
        (set(range(1, 400)), 0, 1_000),
        (set(range(1, 50)), 0, 100),
    ],
)
def test_a_number_is_free_and_as_short_as_can_be(used: set[int], draw: int, number: int) -> None:
    assert drawn(used, lambda below: draw % below) == number


def test_every_free_number_can_be_drawn() -> None:
    used = set(range(100, 300))
    places = iter(range(700))
    assert {drawn(used, lambda _: next(places)) for _ in range(700)} == set(range(300, 1_000))
