"""Announcements to many people who asked for them by direct message, written and sent by an organizer."""

from collections.abc import Sequence

from tests.benchmarks.announcing import growing, pacing
from tests.benchmarks.events import delta
from tests.benchmarks.figures import Pace, Row


async def measure(pace: Pace) -> Sequence[Row]:
    event = delta()
    return [*await pacing.measure(event, pace), *await growing.measure(event, pace)]
