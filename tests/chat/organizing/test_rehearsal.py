"""What organizers are warned of before the day, and which part of it they asked for."""

from datetime import time
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bot.chat.organizing.rehearsal import Spoken, rehearse, warnings
from bot.domain.errors import UsherError
from bot.domain.event import Server
from bot.domain.people import Group
from bot.domain.reminders.policy import Policy
from bot.rehearsing import rehearsed
from bot.storage.delivery.outbox import Op
from tests.chat.samples import NINE, at, program, session
from tests.event_folder import folder_of

SMALL = program(server=Server({"schedule": "schedule"}, {"remind": "Reminders"}))


def spoken(minutes: int, *, key: str = "", **fields: Any) -> Spoken:
    values: dict[str, Any] = {"text": "Hello", "pings": True, "place": "schedule", **fields}
    return Spoken(key or f"at {minutes}", Op.MESSAGE, at(minutes), values.pop("place"), Group.PUBLIC, **values)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ([spoken(0), spoken(20), spoken(40)], []),
        (
            [spoken(0), spoken(20), spoken(40), spoken(59), spoken(61)],
            ["4 messages ping within an hour of Mon 28 Apr 09:00: see reminders.yaml."],
        ),
        ([spoken(minutes, pings=False) for minutes in (0, 20, 40, 59)], []),
        ([spoken(13 * 60)], ["at 780 goes out at night at the venue: Mon 28 Apr 22:00."]),
        ([spoken(-60)], []),
        ([spoken(-61)], ["at -61 goes out at night at the venue: Mon 28 Apr 07:59."]),
        (
            [spoken(0, text="Hello\n-# and 3 more: /schedule")],
            ["at 0 is longer than Discord takes: the rest is left out."],
        ),
        ([spoken(0, place="social")], ["1 message has nowhere to go: name a channel for social in server.yaml."]),
        (
            [spoken(0, place="social", pings=False), spoken(1, place="chairs"), spoken(2, place="social", pings=False)],
            [
                "2 messages have nowhere to go: name a channel for social in server.yaml.",
                "1 message has nowhere to go: name a channel for chairs in server.yaml.",
            ],
        ),
        ([spoken(0), spoken(0, key="other")], ["other and at 0 go out in the same minute in #schedule."]),
    ],
)
def test_what_an_organizer_may_want_to_change_is_named(said: list[Spoken], told: list[str]) -> None:
    assert warnings(said, SMALL) == told


def test_the_night_is_what_the_event_says() -> None:
    early = replace(SMALL, reminders=Policy(quiet_from=time(20, 0), quiet_until=time(9, 30)))
    assert warnings([spoken(0)], early) == ["at 0 goes out at night at the venue: Mon 28 Apr 09:00."]


def test_a_text_that_does_not_fit_is_warned_of() -> None:
    many = tuple(session(number, 0, 60, title="A title of some length " * 4, room=None) for number in range(60))
    said = rehearse(replace(SMALL, sessions=many))
    assert any("the rest is left out" in text for text in warnings(said, SMALL))


@pytest.mark.parametrize(
    ("start", "end", "keys"),
    [
        ("2025-04-28", "2025-04-28", ["digest:2025-04-28", "start:2025-04-28T16:00Z:T-15m"]),
        ("2025-04-28T08:30", "2025-04-28T08:44", []),
        ("2025-04-28T08:45", "2025-04-28T08:45", ["start:2025-04-28T16:00Z:T-15m"]),
        (None, "2025-04-27", ["overview:2025-04-28"]),
    ],
)
def test_a_day_alone_is_the_whole_day(start: str | None, end: str | None, keys: list[str], tmp_path: Path) -> None:
    one = replace(SMALL, sessions=(session(1, 0, 60),), deadlines=(), speakers=(), posters=())
    for name, content in folder_of(one).items():
        (tmp_path / name).write_bytes(content)
    found = rehearsed(str(tmp_path), start=start, end=end, now=NINE)
    assert [message.key for message in found.messages] == keys


def test_what_is_no_time_is_refused(tmp_path: Path) -> None:
    for name, content in folder_of(SMALL).items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UsherError, match="--to tomorrow is not a time"):
        rehearsed(str(tmp_path), start=None, end="tomorrow", now=NINE)


@pytest.mark.parametrize(("start", "end"), [("2025-05-01", "2025-04-01"), ("2025-04-28T09:01", "2025-04-28T09:00")])
def test_an_end_before_the_start_is_refused(start: str, end: str, tmp_path: Path) -> None:
    for name, content in folder_of(SMALL).items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UsherError, match=f"^--to {end} is before --from {start}: nothing lies between"):
        rehearsed(str(tmp_path), start=start, end=end, now=NINE)
