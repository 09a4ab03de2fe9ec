"""An event over the weekend on which the clocks are changed, lived through: everything comes at its instant, once."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.call import Deadline, DeadlineKind
from bot.domain.event import Server
from bot.domain.program import Program
from bot.domain.sessions import Kind, Session
from bot.sandbox_app import staged
from tests.chat.samples import event, program
from tests.event_folder import folder_of

HOUR = timedelta(hours=1)
#: The days; when the sessions start and the deadline is; and when what is told, by the words in bold.
Weekend = tuple[list[str], list[str], list[tuple[str, str]]]

#: Set back: on Sunday, 26 October 2025, 03:00 in Berlin becomes 02:00; until then UTC+2, afterwards UTC+1.
BACK: Weekend = (
    ["2025-10-25", "2025-10-26"],
    ["2025-10-25T08:00Z", "2025-10-25T21:00Z", "2025-10-26T09:00Z", "2025-10-26T11:00Z"],
    [
        ("2025-10-24T16:00Z", "Small"),  # 18:00 on Friday
        ("2025-10-25T06:00Z", "Today, Sat 25 Oct 2025"),  # 08:00 on Saturday
        ("2025-10-25T07:45Z", "Saturday"),
        ("2025-10-25T11:00Z", "Camera-ready"),  # 24 hours before: 13:00 on Saturday
        ("2025-10-25T20:45Z", "Night"),
        ("2025-10-26T05:00Z", "Camera-ready"),  # six hours before
        ("2025-10-26T07:00Z", "Today, Sun 26 Oct 2025"),  # 08:00 on Sunday
        ("2025-10-26T08:45Z", "Sunday"),
        ("2025-10-26T10:00Z", "Camera-ready"),
    ],
)
#: Set forward: on Sunday, 30 March 2025, 02:00 in Berlin becomes 03:00; until then UTC+1, afterwards UTC+2.
FORWARD: Weekend = (
    ["2025-03-29", "2025-03-30"],
    ["2025-03-29T09:00Z", "2025-03-29T22:00Z", "2025-03-30T08:00Z", "2025-03-30T10:00Z"],
    [
        ("2025-03-28T17:00Z", "Small"),
        ("2025-03-29T07:00Z", "Today, Sat 29 Mar 2025"),  # 08:00 on Saturday
        ("2025-03-29T08:45Z", "Saturday"),
        ("2025-03-29T10:00Z", "Camera-ready"),  # 24 hours before: 11:00 on Saturday
        ("2025-03-29T21:45Z", "Night"),
        ("2025-03-30T04:00Z", "Camera-ready"),
        ("2025-03-30T06:00Z", "Today, Sun 30 Mar 2025"),  # 08:00 on Sunday
        ("2025-03-30T07:45Z", "Sunday"),
        ("2025-03-30T09:00Z", "Camera-ready"),
    ],
)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def weekend(days: list[str], moments: list[str]) -> Program:
    """Sessions at 10:00 on both days, one in the night in which the clocks are changed, a deadline at noon."""
    saturday, night, sunday, due = map(instant, moments)
    spans = {"Saturday": (saturday, saturday + HOUR), "Night": (night, night + 5 * HOUR), "Sunday": (sunday, due)}
    sessions = tuple(
        Session(name.lower(), name, (Kind.OTHER,), start, end, room="main") for name, (start, end) in spans.items()
    )
    first, last = map(date.fromisoformat, days)
    return program(
        event=event(zone="Europe/Berlin", first_day=first, last_day=last),
        sessions=sessions,
        speakers=(),
        posters=(),
        deadlines=(Deadline("camera", "Camera-ready", DeadlineKind.SUBMISSION, due, zone="Europe/Berlin"),),
        server=Server({name: name for name in ("announcements", "schedule", "organizers")}, {}),
    )


@pytest.mark.parametrize("case", [BACK, FORWARD], ids=["set back", "set forward"])
async def test_over_a_change_of_clocks_everything_comes_at_its_instant_once(case: Weekend, tmp_path: Path) -> None:
    days, moments, wanted = case
    for name, content in folder_of(weekend(days, moments)).items():
        (tmp_path / name).write_bytes(content)
    begin = instant(wanted[0][0]).replace(hour=15)
    async with staged(str(tmp_path), at=begin.isoformat()) as running:
        running.sandbox.limiter.scale = 1000
        await running.clock.live_through(instant(moments[-1]))
        channels = running.sandbox.world.channels.values()
        found = [message.data for channel in channels for message in channel.messages.values()]
    told = sorted((instant(one["timestamp"]), one["content"].split("**")[1].split(" <")[0]) for one in found)
    assert told == [(instant(at), words) for at, words in wanted]
