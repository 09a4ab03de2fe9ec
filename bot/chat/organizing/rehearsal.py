"""Everything the bot will say by itself, before it does: the same plan and the same texts, on paper."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import asdict

from bot.chat.render.notices import rendered
from bot.chat.render.notices.message import LEFT_OUT
from bot.chat.render.on_paper import dated
from bot.chat.render.text import count
from bot.domain.people import Group
from bot.domain.program import Program
from bot.domain.reminders.notice import Notice
from bot.domain.reminders.plan import plan
from bot.domain.reminders.quiet import is_quiet
from bot.domain.times import AOE
from bot.storage.delivery.outbox import Op, Priority, Row

#: An hour with more messages that ping is a nuisance.
_PINGS_MOST = 3


class Spoken(Struct, frozen=True):
    """One message to come. ``at`` is a UTC instant, ``place`` a channel's name; ``pings``: somebody is notified."""

    key: str
    op: Op
    at: datetime
    place: str
    audience: Group
    text: str
    pings: bool = False

    def as_json(self, zone: ZoneInfo) -> dict[str, Any]:
        """Times in UTC, at the venue and anywhere on Earth."""
        return {
            **{name: str(value) for name, value in asdict(self).items() if name not in ("at", "pings")},
            "at": f"{self.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "venue": f"{self.at.astimezone(zone):%Y-%m-%d %H:%M}",
            "aoe": f"{self.at.astimezone(AOE):%Y-%m-%d %H:%M}",
        }

    def as_text(self, zone: ZoneInfo) -> str:
        """A head with the three times and the place, then the text with timestamps as the venue's clock shows them."""
        times = f"{self.at.astimezone(zone):%a %d %b %Y %H:%M} venue"
        others = f"{self.at.astimezone(UTC):%d %b %H:%M} UTC, {self.at.astimezone(AOE):%d %b %H:%M} AoE"
        ping = ", pings" if self.pings else ""
        body = "\n".join(f"    {row}" for row in dated(self.text, zone).splitlines())
        return f"{times} ({others})\n  {self.op} in #{self.place}, for {self.audience}{ping}  [{self.key}]\n{body}"


def rehearse(program: Program, *, start: datetime | None = None, end: datetime | None = None) -> list[Spoken]:
    """What will be said from ``start`` to ``end`` (UTC, both included; None: no limit), in order."""
    notices = [
        notice
        for notice in plan(program)
        if (start is None or notice.due_at >= start) and (end is None or notice.due_at <= end)
    ]
    return [said for notice in notices if (said := _spoken(notice, program))]


def _spoken(notice: Notice, program: Program) -> Spoken | None:
    row = Row(
        id=0,
        guild_id=0,
        key=notice.key,
        op=Op.MESSAGE,
        place=notice.place,
        audience=notice.audience,
        facts=notice.facts,
        priority=Priority.REMINDER,
        due_at=notice.due_at,
        expires_at=notice.expires_at,
    )
    said = rendered(row, program, notice.due_at)
    if said is None:
        return None
    place = program.server.channels.get(notice.place, notice.place)
    pings = said.pings is not None and said.pings in program.server.roles
    return Spoken(notice.key, Op.MESSAGE, notice.due_at, place, notice.audience, said.content, pings)


def warnings(spoken: Sequence[Spoken], program: Program) -> list[str]:
    """What an organizer may want to change before the day: too much, at night, too long, at once, or nowhere."""
    return [
        *_many_pings(spoken, program),
        *_nightly(spoken, program),
        *_others(spoken),
        *_homeless(spoken, program),
    ]


def _when(said: Spoken, program: Program) -> str:
    return f"{said.at.astimezone(program.event.tz):%a %d %b %H:%M}"


def _many_pings(spoken: Sequence[Spoken], program: Program) -> Iterator[str]:
    loud = [said for said in spoken if said.pings]
    told = datetime.min.replace(tzinfo=UTC)
    for at, first in enumerate(loud):
        within = [said for said in loud[at:] if said.at < first.at + timedelta(hours=1)]
        if len(within) > _PINGS_MOST and first.at >= told:
            told = first.at + timedelta(hours=1)
            yield f"{len(within)} messages ping within an hour of {_when(first, program)}: see reminders.yaml."


def _nightly(spoken: Sequence[Spoken], program: Program) -> Iterator[str]:
    for said in spoken:
        if is_quiet(program.reminders, said.at.astimezone(program.event.tz)):
            yield f"{said.key} goes out at night at the venue: {_when(said, program)}."


def _others(spoken: Sequence[Spoken]) -> Iterator[str]:
    seen: dict[tuple[datetime, str], str] = {}
    for said in spoken:
        if said.text.rpartition("\n")[2].startswith(LEFT_OUT):
            yield f"{said.key} is longer than Discord takes: the rest is left out."
        other = seen.setdefault((said.at, said.place), said.key)
        if other != said.key:
            yield f"{said.key} and {other} go out in the same minute in #{said.place}."


def _homeless(spoken: Sequence[Spoken], program: Program) -> Iterator[str]:
    """Once for each channel that is missing: it is mended once for all."""
    known = set(program.server.channels.values())
    for place, number in Counter(said.place for said in spoken if said.place not in known).items():
        have = count(number, "message has", "messages have")
        yield f"{have} nowhere to go: name a channel for {place} in server.yaml."
