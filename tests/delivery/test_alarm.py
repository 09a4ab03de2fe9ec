"""The alarm rings each time, however soon it is set again."""

import asyncio

import pytest

from bot.clock import SystemClock
from bot.delivery.alarm import Alarm


async def test_an_alarm_set_again_while_the_last_one_still_rings_is_not_lost(caplog: pytest.LogCaptureFixture) -> None:
    alarm = Alarm(SystemClock().wall)
    try:
        for _ in range(300):
            async with asyncio.timeout(5):
                await alarm.wait(0.0)
    finally:
        alarm.stop()
    # APScheduler drops a job whose last run it has not seen end yet, and says so.
    assert [record.message for record in caplog.records if record.levelname == "WARNING"] == []
