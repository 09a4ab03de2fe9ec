"""When a change is told again."""

from collections.abc import Sequence

import pytest

from bot.domain.reminders.repeats import Repeat, repeats
from tests.chat.samples import at

NOW, SOON, HOUR, QUARTER, START = Repeat


@pytest.mark.parametrize(
    ("start", "without", "expected"),
    [
        (80, (), [(0, NOW), (20, HOUR), (30, SOON), (65, QUARTER), (80, START)]),
        (80, (NOW, QUARTER), [(20, HOUR), (30, SOON), (80, START)]),
        (90, (), [(0, NOW), (30, HOUR), (75, QUARTER), (90, START)]),
        (600, (), [(0, NOW), (30, SOON), (540, HOUR), (585, QUARTER), (600, START)]),
        (60, (), [(0, NOW), (30, SOON), (45, QUARTER), (60, START)]),
        (20, (), [(0, NOW), (5, QUARTER), (20, START)]),
        (10, (), [(0, NOW), (10, START)]),
        (None, (), [(0, NOW)]),
        (None, (NOW,), []),
    ],
)
def test_times_are_in_order_each_once_and_none_is_past_or_after_the_start(
    start: int | None, without: Sequence[Repeat], expected: list[tuple[int, Repeat]]
) -> None:
    found = repeats(at(0), None if start is None else at(start), without)
    assert list(found.items()) == [(at(minutes), repeat) for minutes, repeat in expected]
