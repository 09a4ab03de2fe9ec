"""The sandbox's clock: whoever moves it hears when everything due has been said."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox_clock import StageClock

NINE = datetime(2025, 4, 28, 16, 0, tzinfo=UTC)
SOON, QUARTER, HOUR = timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1)


def clock_at_nine(woken: list[None]) -> StageClock:
    clock = StageClock()
    clock.start(NINE, 1.0, ZoneInfo("America/Vancouver"), lambda: woken.append(None))
    clock.hold_at(NINE + QUARTER)
    return clock


async def test_moving_stops_at_each_instant_until_it_was_said() -> None:
    woken: list[None] = []
    clock = clock_at_nine(woken)
    going = asyncio.create_task(clock.live_through(NINE + HOUR))
    await asyncio.sleep(0)
    # What was queued a moment ago is due before what was looked at last.
    clock.hold_at(NINE + SOON)
    await asyncio.sleep(0)
    assert (clock.now(), len(woken)) == (NINE + SOON, 2)
    clock.hold_at(NINE + 2 * QUARTER)
    await asyncio.sleep(0)
    assert (clock.now(), going.done()) == (NINE + 2 * QUARTER, False)
    clock.hold_at(NINE + 2 * HOUR)
    await going
    assert clock.now() - (NINE + HOUR) < timedelta(seconds=5)


async def test_moving_waits_for_what_became_due_just_now() -> None:
    clock = clock_at_nine([])
    going = asyncio.create_task(clock.live_through(NINE))
    await asyncio.sleep(0)
    clock.hold_at(NINE)
    await asyncio.sleep(0)
    clock.hold_at(NINE)
    await asyncio.sleep(0)
    assert not going.done()
    clock.hold_at(None)
    await going


def test_changes_and_looks_are_told_and_wake_the_bot() -> None:
    woken: list[None] = []
    clock = clock_at_nine(woken)
    told: list[tuple[float, datetime | None]] = []
    clock.listeners.append(lambda: told.append((clock.speed, clock.next_at)))
    clock.run_at(60)
    clock.move_to(NINE + HOUR)
    clock.hold_at(None)
    assert told == [(60, NINE + QUARTER), (60, NINE + QUARTER), (60, None)]
    assert len(woken) == 2
