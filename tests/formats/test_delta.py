"""The event that ships with Usher passes the check, but for warnings that are true."""

from datetime import UTC, datetime
from pathlib import Path

from bot.formats.folder import Reading, read_folder

FOLDER = Path(__file__).parents[2] / "data" / "delta-2025"
BEFORE = datetime(2025, 4, 1, tzinfo=UTC)


def reading(zone: str = "America/Vancouver") -> Reading:
    files = {path.name: path.read_bytes() for path in FOLDER.iterdir()}
    files["event.yaml"] = files["event.yaml"].replace(b"zone: America/Vancouver\n", f"zone: {zone}\n".encode())
    return read_folder(files, now=BEFORE)


def test_delta_has_only_true_warnings() -> None:
    told = [(item.problem.severity, item.problem.rule, item.file, item.problem.record) for item in reading().problems]
    assert told == [
        ("warning", "dates-tentative", "event.yaml", "delta-2025"),
        ("warning", "unconfirmed-speakers", "sessions.yaml", "invited-6"),
        ("warning", "too-long", "posters.csv", "GZvS4AYaUx"),
        ("warning", "too-long", "posters.csv", "JNhTrqu39R"),
        ("warning", "too-long", "posters.csv", "YGcCR7uFT1"),
        ("warning", "too-long", "posters.csv", "Le4uBO1jB5"),
    ]


def test_delta_counts() -> None:
    assert reading().counts == {
        "rooms": 1,
        "sessions": 14,
        "talks": 6,
        "speakers": 6,
        "organizers": 10,
        "deadlines": 5,
        "topics": 13,
        "formats": 2,
        "posters": 122,
    }


def test_delta_moves_with_its_zone_line() -> None:
    here, there = reading().program, reading("Asia/Singapore").program
    assert here is not None
    assert there is not None
    assert here.sessions[0].start == datetime(2025, 4, 28, 16, tzinfo=UTC)
    assert {one.start - two.start for one, two in zip(here.sessions, there.sessions, strict=True)} == {
        here.sessions[0].start - datetime(2025, 4, 28, 1, tzinfo=UTC)
    }
    assert there.deadlines == here.deadlines
