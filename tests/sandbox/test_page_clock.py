"""The clock as the page reads and moves it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot.sandbox import ClockControl, Sandbox

from .live import make_world

VANCOUVER = ZoneInfo("America/Vancouver")
NINE = datetime(2025, 4, 28, 16, 0, tzinfo=UTC)
READ = {
    "now": "2025-04-28T16:00:00.000000+00:00",
    "speed": 1.0,
    "zone": "America/Vancouver",
    "next_at": None,
    "goal": None,
}


@dataclass
class Hands:
    """A clock that only notes where it was sent."""

    zone: ZoneInfo = VANCOUVER
    speed: float = 1.0
    next_at: datetime | None = None
    goal: datetime | None = None
    listeners: list[Callable[[], None]] = field(default_factory=list)

    def now(self) -> datetime:
        return NINE

    def run_at(self, speed: float) -> None:
        self.speed = speed

    def move_to(self, instant: datetime) -> None:
        self.goal = instant
        for listener in self.listeners:
            listener()


@asynccontextmanager
async def served(clock: ClockControl | None) -> AsyncIterator[tuple[Sandbox, aiohttp.ClientSession]]:
    async with Sandbox(make_world(), clock=clock) as sandbox, aiohttp.ClientSession(sandbox.page_url) as session:
        yield sandbox, session


async def changed(clock: ClockControl | None, change: dict[str, Any]) -> dict[str, Any]:
    async with served(clock) as (_, session), session.post("/sandbox/clock", json=change) as answer:
        told: dict[str, Any] = await answer.json()
        return told


async def test_clock_is_read_alone_and_with_everything_else() -> None:
    async with served(Hands()) as (sandbox, session):
        async with session.get("/sandbox/clock") as answer:
            assert await answer.json() == READ
        query = {"as": str(sandbox.world.person("attendee").id)}
        async with session.get("/sandbox/state", params=query) as answer:
            assert (await answer.json())["clock"] == READ


@pytest.mark.parametrize(
    ("change", "goal"),
    [
        ({"forward": 900}, "16:15"),
        ({"to": "2025-04-28T11:05"}, "18:05"),
        ({"to": "2025-04-28T18:05Z"}, "18:05"),
        ({"next": True}, "16:35"),
    ],
)
async def test_clock_is_sent_forward(change: dict[str, Any], goal: str) -> None:
    told = await changed(Hands(next_at=NINE.replace(minute=35)), change)
    assert told["goal"] == f"2025-04-28T{goal}:00.000000+00:00"


async def test_forward_counts_from_where_the_clock_is_going() -> None:
    told = await changed(Hands(goal=NINE.replace(hour=18)), {"forward": 900})
    assert told["goal"] == "2025-04-28T18:15:00.000000+00:00"


async def test_speed_is_changed() -> None:
    assert await changed(Hands(), {"speed": 600}) == READ | {"speed": 600.0}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"next": True}, "Nothing more is planned."),
        ({"to": "2025-04-28T08:00"}, "The clock only goes forward, and it shows 2025-04-28 09:00."),
        ({"to": "soon"}, "Write a date and a time, such as 2025-04-28T11:05."),
        ({"to": ""}, "Write a date and a time, such as 2025-04-28T11:05."),
        ({"to": "2026-03-08T02:30"}, "02:30 does not exist on that day in America/Vancouver: the clocks skip it."),
        ({"to": "2081-01-01T00:00"}, "The clock goes no further than the year 2080."),
        ({"to": "9999-12-31T23:59"}, "The clock goes no further than the year 2080."),
        ({"forward": 0}, "forward must be more than 0 and at most 100000000."),
        ({"speed": 0}, "speed must be more than 0 and at most 3600."),
        ({"speed": "nan"}, "speed must be more than 0 and at most 3600."),
        ({}, "A change is one of speed, forward, to and next."),
    ],
)
async def test_change_that_cannot_be_says_why(change: dict[str, Any], said: str) -> None:
    assert (await changed(Hands(), change))["message"] == said


async def test_machines_own_time_cannot_be_moved() -> None:
    told = await changed(None, {"forward": 900})
    assert told["message"] == "This sandbox keeps the machine's own time, which cannot be moved."


async def test_open_pages_hear_of_every_change() -> None:
    clock = Hands()
    async with served(clock) as (sandbox, session):
        person = str(sandbox.world.person("attendee").id)
        async with session.ws_connect("/sandbox/ws", params={"as": person}) as news:
            await sandbox.until(lambda: sandbox.open_pages == 1)
            clock.move_to(NINE.replace(hour=17))
            assert await news.receive_json(timeout=5) == {
                "t": "clock",
                "d": READ | {"goal": "2025-04-28T17:00:00.000000+00:00"},
            }
    assert clock.listeners == []
