"""``usher try``: lines typed one after another in the sandbox. A line is a command, or a time to let pass."""

import asyncio
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.domain.errors import UsherError
from bot.domain.times import UnreadableTimeError, localize
from bot.sandbox import CommandTextError, Person
from bot.sandbox.terminal import as_text, form_as_text
from bot.sandbox_app import Stage, staged
from bot.typed_time import TIME_EXAMPLES, instant_of

#: Real seconds that a step in time may take. A whole day takes some 30, since channels take 5 messages in 5 s.
_PASSES_WITHIN = 300.0
_STEP = re.compile(r"\+(?:(\d{1,3})d)?(?:(\d{1,3})h)?(?:(\d{1,4})m)?", re.IGNORECASE)
_WALL = re.compile(r"(\d{1,2}):(\d{2})")
#: Discord: Message Flags, EPHEMERAL.
_EPHEMERAL = 1 << 6
_BY_HAND = "To fill in forms and press buttons: usher sandbox"


class Outcome(Protocol):
    """What came of one line."""

    @property
    def error(self) -> str | None: ...

    def as_text(self) -> str: ...

    def as_json(self) -> dict[str, Any]: ...


class Answered(Struct, frozen=True):
    """What a person saw after typing one command. ``modal`` is the form that opened, if any."""

    command: str
    messages: Sequence[dict[str, Any]]
    modal: dict[str, Any] | None
    error: str | None
    zone: ZoneInfo
    now: datetime

    def as_text(self) -> str:
        shown = [as_text(message, zone=self.zone, now=self.now) for message in self.messages]
        form = [form_as_text(self.modal), _BY_HAND] if self.modal else []
        return "\n".join([f"> {self.command}", *shown, *form, *([f"error: {self.error}"] if self.error else [])])

    def as_json(self) -> dict[str, Any]:
        return {"command": self.command, "messages": list(self.messages), "modal": self.modal, "error": self.error}


class Posted(Struct, frozen=True):
    """A message that the bot wrote or edited by itself. ``at`` is when, on the sandbox's clock."""

    channel: str
    at: datetime
    edited: bool
    message: dict[str, Any]
    names: Mapping[str, str]
    """What a mention is read as, by the id in it."""

    def as_text(self, zone: ZoneInfo) -> str:
        said = as_text(self.message, zone=zone, now=self.at, names=self.names)
        edited = " (edited)" if self.edited else ""
        return f"[{self.at.astimezone(zone):%a %H:%M}] {self.channel}{edited}\n{said}"

    def as_json(self) -> dict[str, Any]:
        at = self.at.isoformat().replace("+00:00", "Z")
        return {"channel": self.channel, "at": at, "edited": self.edited, "message": self.message}


class Passed(Struct, frozen=True):
    """What a person could read after letting time pass."""

    step: str
    posted: Sequence[Posted]
    error: str | None
    zone: ZoneInfo
    now: datetime

    def as_text(self) -> str:
        lines = [f"> {self.step}", f"It is {self.now.astimezone(self.zone):%a %-d %B %H:%M} at the venue."]
        lines += [one.as_text(self.zone) for one in self.posted]
        return "\n".join([*lines, *([f"error: {self.error}"] if self.error else [])])

    def as_json(self) -> dict[str, Any]:
        now = self.now.isoformat().replace("+00:00", "Z")
        return {"command": self.step, "now": now, "posted": [one.as_json() for one in self.posted], "error": self.error}


def instant_after(step: str, base: datetime, zone: ZoneInfo) -> datetime:
    """The instant a step in time leads to: ``+1h30m`` after ``base``, the next ``11:05`` at the venue, or an ISO time.

    Raises UsherError for what is none of these, or lies before ``base``.
    """
    if (found := _STEP.fullmatch(step)) and any(found.groups()):
        days, hours, minutes = (int(part or 0) for part in found.groups())
        return base + timedelta(days=days, hours=hours, minutes=minutes)
    if (found := _WALL.fullmatch(step)) and int(found[1]) < 24 and int(found[2]) < 60:
        return _next(time(int(found[1]), int(found[2])), base, zone)
    neither = f"{step} is neither a command nor a time. Write /now, +15m, +2h, +1d, 11:05, {TIME_EXAMPLES}."
    instant = instant_of(step, zone, neither)
    if instant < base:
        raise UsherError(f"The clock only goes forward, and it is {base.astimezone(zone):%Y-%m-%dT%H:%M} at the venue.")
    return instant


def _next(wall: time, base: datetime, zone: ZoneInfo) -> datetime:
    today = base.astimezone(zone).date()
    try:
        return next(at for day in (0, 1) if (at := localize(today + timedelta(days=day), wall, zone)) >= base)
    except UnreadableTimeError as error:
        raise UsherError(f"{error}. Write another time.") from None


class Trial:
    """One person's lines. ``at`` is the time that the steps so far led to: how fast this machine is plays no part."""

    def __init__(self, stage: Stage, person: Person) -> None:
        self._stage = stage
        self._person = person
        self._zone = stage.program.event.tz
        self._at = stage.began
        self._edits: dict[str, str | None] = {}
        """Message id -> when it was last edited, for those that were shown."""

    async def line(self, line: str) -> Outcome:
        return await (self._typed(line) if line.startswith("/") else self._passed(line))

    async def _typed(self, command: str) -> Answered:
        messages: list[dict[str, Any]] = []
        modal = None
        incidents = len(self._stage.client.incidents)
        try:
            reply = await self._person.command(command)
            await reply.settled()
            messages, modal, error = reply.messages, reply.modal, reply.error
        except CommandTextError as refused:
            error = str(refused)
        except TimeoutError:
            error = "The bot began to answer and did not finish."
        if len(self._stage.client.incidents) > incidents:
            error = f"The bot failed (incident {self._stage.client.incidents[-1]}); its log says why."
        self._edits |= {message["id"]: message["edited_timestamp"] for message in messages}
        return Answered(command, messages, modal, error, self._zone, self._stage.clock.now())

    async def _passed(self, step: str) -> Passed:
        error = None
        try:
            until = instant_after(step, self._at, self._zone)
            async with asyncio.timeout(_PASSES_WITHIN):
                await self._stage.clock.live_through(until)
            self._at = until
        except UsherError as refused:
            error = str(refused)
        except TimeoutError:
            error = f"Not everything that was due could be said within {_PASSES_WITHIN:.0f} s."
        posted = sorted(self._unseen(), key=lambda one: (one.at, one.message["id"]))
        return Passed(step, posted, error, self._zone, self._stage.clock.now())

    def _unseen(self) -> Iterator[Posted]:
        """What the person can read and was not shown yet, in channels and in direct messages."""
        world = self._stage.sandbox.world
        places = [(f"#{channel.name}", self._person.sees(channel.id)) for channel in world.guild.channels.values()]
        for name, messages in [*places, ("direct message", self._person.dms())]:
            for message in messages:
                key, edit = message["id"], message["edited_timestamp"]
                if message["flags"] & _EPHEMERAL or (key in self._edits and self._edits[key] == edit):
                    continue
                self._edits[key] = edit
                at = datetime.fromisoformat(edit or message["timestamp"]).astimezone(UTC)
                yield Posted(name, at, edit is not None, message, world.names())


async def try_lines(lines: Sequence[str], *, person: str, event: str, at: str | None) -> list[Outcome]:
    """The lines one after another, as one person. One that fails does not stop the others.

    Raises UsherError for a person, an event or a start that cannot be.
    """
    async with staged(event, at=at) as stage:
        known = [someone.name for someone in stage.sandbox.world.people()]
        if person not in known:
            raise UsherError(f"There is nobody called {person} in the sandbox. Try: {', '.join(known)}.")
        trial = Trial(stage, stage.sandbox.person(person))
        return [await trial.line(line) for line in lines]
