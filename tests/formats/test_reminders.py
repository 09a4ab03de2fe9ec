"""reminders.yaml as a policy: what is written, what is left out, and what is switched off."""

from datetime import time, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.domain.reminders.policy import Policy
from bot.formats.folder import read_folder
from tests.event_folder import folder_of
from tests.formats.folders import read, small_folder
from tests.large_event import large_event

DEFAULT = Policy()
DELTA = Path(__file__).parents[2] / "data" / "delta-2025"


def policy_of(text: str) -> Policy:
    reading = read({**small_folder(), "reminders.yaml": text})
    assert reading.problems == ()
    assert reading.program is not None
    return reading.program.reminders


def test_policy_of_a_file_that_says_everything() -> None:
    assert policy_of(small_folder()["reminders.yaml"]) == Policy(
        deadlines=(timedelta(days=7), timedelta(days=1), timedelta(hours=6)),
        sessions=(timedelta(hours=2), timedelta(minutes=15)),
        talks=True,
        digest=time(8, 30),
        overview=None,
        quiet_from=time(21, 0),
        quiet_until=time(7, 0),
    )


def test_policy_without_the_file_is_the_default() -> None:
    files = small_folder()
    del files["reminders.yaml"]
    program = read(files).program
    assert program is not None
    assert program.reminders == DEFAULT


@pytest.mark.parametrize(
    ("text", "policy"),
    [
        ("", DEFAULT),
        ("deadlines:\nsessions:\ntalks:\ndigest:\noverview:\nquiet_hours:\n", DEFAULT),
        ("deadlines: yes\nsessions: on\ndigest: yes\noverview: true\nquiet_hours: yes\n", DEFAULT),
        ("digest: TBA\n", DEFAULT),
        ("deadlines: no\n", replace(DEFAULT, deadlines=())),
        ("deadlines: []\n", replace(DEFAULT, deadlines=())),
        ("sessions: off\n", replace(DEFAULT, sessions=())),
        ("sessions: 1m\n", replace(DEFAULT, sessions=(timedelta(minutes=1),))),
        ("sessions: [60d]\n", replace(DEFAULT, sessions=(timedelta(days=60),))),
        ("sessions: [5m, 1h, 90m]\n", replace(DEFAULT, sessions=tuple(timedelta(minutes=m) for m in (90, 60, 5)))),
        ("talks: no\n", replace(DEFAULT, talks=False)),
        ("digest: no\n", replace(DEFAULT, digest=None)),
        ("digest: 7:05\n", replace(DEFAULT, digest=time(7, 5))),
        ("digest: 00:00\n", replace(DEFAULT, digest=time(0, 0))),
        ("overview: 'no'\n", replace(DEFAULT, overview=None)),
        ("overview: 20:00\n", replace(DEFAULT, overview=time(20, 0))),
        ("quiet_hours: no\n", replace(DEFAULT, quiet_from=time(0, 0), quiet_until=time(0, 0))),
        ("quiet_hours: 23:30 – 6:00\n", replace(DEFAULT, quiet_from=time(23, 30), quiet_until=time(6, 0))),
        ("quiet_hours: 13:00-14:00\n", replace(DEFAULT, quiet_from=time(13, 0), quiet_until=time(14, 0))),
    ],
)
def test_policy_of_a_file_that_says_little(text: str, policy: Policy) -> None:
    assert policy_of(text) == policy


def test_policy_tells_every_mistake_at_once() -> None:
    text = "deadlines: [15 min, 1h, 60m, 99d]\ndigest: 8am\nquiet_hours: night\n"
    found = read({**small_folder(), "reminders.yaml": text}).problems
    assert sorted((located.line, located.problem.rule, located.problem.value) for located in found) == [
        (1, "doubled-lead", "60m"),
        (1, "lead-out-of-range", "99d"),
        (1, "unreadable-lead", "15 min"),
        (2, "unreadable-time", "8am"),
        (3, "unreadable-time", "night"),
    ]


@pytest.mark.parametrize("text", ["999999w " * 5000, "9" * 5000, "1m" * 5000])
def test_policy_with_a_lead_of_any_length_is_refused(text: str) -> None:
    (found,) = read({**small_folder(), "reminders.yaml": f"sessions: [{text}]\n"}).problems
    assert found.problem.fix == "Write days, hours or minutes, such as 14d, 6h or 15m."


def test_policy_of_delta_writes_out_the_default() -> None:
    program = read_folder({path.name: path.read_bytes() for path in DELTA.iterdir()}).program
    assert program is not None
    assert program.reminders == DEFAULT
    assert "reminders.yaml" in {path.name for path in DELTA.iterdir()}


@pytest.mark.parametrize(
    "policy",
    [
        DEFAULT,
        Policy(deadlines=(), sessions=(), talks=False, digest=None, overview=None),
        replace(DEFAULT, sessions=(timedelta(hours=1), timedelta(minutes=5)), quiet_from=time(1, 0)),
    ],
)
def test_policy_reads_back_as_it_was_written(policy: Policy) -> None:
    program = replace(large_event(posters=5, sessions=4, speakers=4, days=1), reminders=policy)
    cancelled = replace(program.sessions[0], cancelled=True)
    program = replace(program, sessions=(cancelled, *program.sessions[1:]))
    assert read_folder(folder_of(program)).program == program


@pytest.mark.parametrize(("written", "cancelled"), [("yes", True), ("true", True), ("no", False), ("", False)])
def test_session_is_cancelled_where_it_is_said(written: str, cancelled: bool) -> None:
    files = small_folder()
    files["sessions.yaml"] = files["sessions.yaml"].replace("09:30\n", f"09:30\n    cancelled: {written}\n", 1)
    program = read(files).program
    assert program is not None
    assert [session.cancelled for session in program.sessions] == [cancelled, False, False, False, False]
