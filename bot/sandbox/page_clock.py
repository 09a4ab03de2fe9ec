"""The clock on the page: what time it is, and for those who may move it, forward, faster, or to what happens next."""

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.sandbox.core import Core
from bot.sandbox.objects import iso
from bot.sandbox.page_routes import page_route
from bot.sandbox.state import Json

#: Programme seconds in a real second. Beyond it nobody can follow, and a jump does as well.
FASTEST = 3600.0
#: A snowflake counts milliseconds from 2015 in 42 bits, and many programs keep it in 63 (Discord: Snowflakes).
_LAST_YEAR = 2080


class ClockControl(Protocol):
    """A clock that people may move from the page. Instants are aware; the clock only goes forward."""

    @property
    def zone(self) -> ZoneInfo:
        """Where the people are for whom the time is shown."""
        ...

    @property
    def speed(self) -> float:
        """Seconds of this clock in a real second."""
        ...

    @property
    def next_at(self) -> datetime | None:
        """When the bot will next do something by itself. The clock does not pass it before that is done."""
        ...

    @property
    def goal(self) -> datetime | None:
        """The instant the clock was sent to and has not reached yet."""
        ...

    @property
    def listeners(self) -> list[Callable[[], None]]:
        """Called whenever one of the above has changed."""
        ...

    def now(self) -> datetime: ...

    def run_at(self, speed: float) -> None: ...

    def move_to(self, instant: datetime) -> None: ...


class PageClock:
    """``control`` None: the clock can be read only."""

    def __init__(self, core: Core, control: ClockControl | None) -> None:
        self._core = core
        self._control = control

    def routes(self) -> list[web.RouteDef]:
        return [
            *page_route("GET", "/sandbox/clock", self.read),
            *page_route("POST", "/sandbox/clock", self.change),
        ]

    def follow(self) -> None:
        """From here on open pages hear of every change; not before the server listens, since it may find no port."""
        if self._control:
            self._control.listeners.append(self._tell)

    def unfollow(self) -> None:
        if self._control and self._tell in self._control.listeners:
            self._control.listeners.remove(self._tell)

    def as_json(self) -> Json:
        control = self._control
        if control is None:
            return {"now": iso(self._core.now()), "speed": 1.0, "zone": None, "next_at": None, "goal": None}
        return {
            "now": iso(control.now()),
            "speed": control.speed,
            "zone": control.zone.key,
            "next_at": iso(control.next_at) if control.next_at else None,
            "goal": iso(control.goal) if control.goal else None,
        }

    async def read(self, request: web.Request) -> Json:
        return self.as_json()

    async def change(self, request: web.Request) -> Json:
        """``{"speed": 60}``, ``{"forward": seconds}``, ``{"to": "2025-04-28T11:05"}`` or ``{"next": true}``.

        A time without a zone is in that of the people. Answers at once; what lies between is lived through afterwards.
        """
        if self._control is None:
            raise ValueError("This sandbox keeps the machine's own time, which cannot be moved.")
        body = await request.json()
        if "speed" in body:
            self._control.run_at(_number(body["speed"], "speed", FASTEST))
        else:
            self._control.move_to(self._wanted(self._control, body))
        return self.as_json()

    def _wanted(self, control: ClockControl, body: Json) -> datetime:
        now = control.now()
        if body.get("next"):
            if control.next_at is None:
                raise ValueError("Nothing more is planned.")
            return control.next_at
        if "forward" in body:
            # Pressed twice while the clock is on its way, it goes twice as far.
            instant = max(now, control.goal or now) + timedelta(seconds=_number(body["forward"], "forward", 1e8))
        elif "to" in body:
            instant = _instant(str(body["to"]), control.zone)
        else:
            raise ValueError("A change is one of speed, forward, to and next.")
        if instant < now - timedelta(minutes=1):
            shown = now.astimezone(control.zone)
            raise ValueError(f"The clock only goes forward, and it shows {shown:%Y-%m-%d %H:%M}.")
        return _reachable(instant)

    def _tell(self) -> None:
        self._core.hub.to_people("clock", lambda _: self.as_json())


def _number(value: Any, name: str, most: float) -> float:
    number = float(value)
    if not (math.isfinite(number) and 0 < number <= most):
        raise ValueError(f"{name} must be more than 0 and at most {most:.0f}.")
    return number


def _reachable(instant: datetime) -> datetime:
    if instant.year > _LAST_YEAR:
        raise ValueError(f"The clock goes no further than the year {_LAST_YEAR}.")
    return instant


def _instant(text: str, zone: ZoneInfo) -> datetime:
    """Raises ValueError for what is no time, or one that the zone skips."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("Write a date and a time, such as 2025-04-28T11:05.") from None
    _reachable(moment)
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    instant = moment.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != moment:
        raise ValueError(f"{moment:%H:%M} does not exist on that day in {zone.key}: the clocks skip it.")
    return instant
