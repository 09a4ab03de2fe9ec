"""A person's own digest: when it comes, and what it lists."""

from datetime import time, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.agenda import StarKind
from bot.domain.reminders.choice import ReminderChoice
from bot.domain.reminders.personal import Moment, Moments, digest_notices
from tests.domain.reminders.samples import SILENT, program, utc

EIGHT = replace(SILENT, digest=time(8, 0))
#: When a digest comes (UTC, the venue's time here), and what it lists.
Told = tuple[str, tuple[str, ...]]
HOUR = ReminderChoice(timedelta(hours=1), switched_off=False)


def digests(*moments: Moment, choice: ReminderChoice = HOUR) -> list[Told]:
    known = Moments(program(policy=EIGHT))
    return [(f"{one.due_at:%d %H:%M}", one.facts.ids) for one in digest_notices(7, choice, known, moments)]


def due(wall: str) -> Moment:
    at = utc(f"2025-04-28T{wall}")
    return Moment(StarKind.DEADLINE, f"due {wall}", at, at)


def starts(wall: str) -> Moment:
    at = utc(f"2025-04-28T{wall}")
    return Moment(StarKind.SESSION, f"at {wall}", at, at)


@pytest.mark.parametrize(
    ("moments", "told"),
    [
        ([due("03:59")], []),
        ([due("17:00")], [("28 08:00", ("due 17:00",))]),
        ([due("03:59"), due("17:00")], [("28 08:00", ("due 17:00",))]),
        ([due("08:10")], []),
        ([due("09:00")], []),
        ([due("09:01")], [("28 08:00", ("due 09:01",))]),
        ([due("08:10"), starts("10:00")], [("28 08:00", ("due 08:10", "at 10:00"))]),
        ([due("03:59"), starts("10:00")], [("28 08:00", ("at 10:00",))]),
        ([due("03:59"), starts("07:00")], [("28 06:30", ("at 07:00",))]),
        ([starts("07:00"), due("23:00")], [("28 06:30", ("at 07:00", "due 23:00"))]),
    ],
)
def test_only_what_starts_pulls_the_digest_forward(moments: list[Moment], told: list[Told]) -> None:
    assert digests(*moments) == told
