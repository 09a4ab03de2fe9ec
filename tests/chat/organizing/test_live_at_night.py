"""Live changes of a session in the night in which the clocks are set back, as people in the server see them.

On Sunday, 26 October 2025, 03:00 in Berlin becomes 02:00; until then UTC+2, afterwards UTC+1.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.domain.event import Server
from bot.domain.program import Program
from bot.domain.sessions import Kind, Session
from bot.sandbox_app import Stage, staged
from tests.chat.organizing.test_live import apply, edits, guild, texts, told
from tests.chat.organizing.test_reload import asked, organizers, pressed
from tests.chat.samples import event, program
from tests.chat.test_bot import seen
from tests.discord_schema import SchemaCheck
from tests.event_folder import folder_of


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def night() -> Program:
    """A panel from 23:00 on Saturday to 00:30, and a lab from 01:30 to 03:30, which lasts three hours."""
    spans = {"panel": ("2025-10-25T21:00Z", "2025-10-25T22:30Z"), "lab": ("2025-10-25T23:30Z", "2025-10-26T02:30Z")}
    return program(
        event=event(zone="Europe/Berlin", first_day=date(2025, 10, 25), last_day=date(2025, 10, 26)),
        sessions=tuple(
            Session(name, name.title(), (Kind.OTHER,), instant(start), instant(end), room="main")
            for name, (start, end) in spans.items()
        ),
        speakers=(),
        posters=(),
        deadlines=(),
        server=Server({name: name for name in ("announcements", "schedule", "organizers")}, {}),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "event"
    made.mkdir()
    for name, content in folder_of(night()).items():
        (made / name).write_bytes(content)
    return made


@asynccontextmanager
async def running(folder: Path, schema: SchemaCheck | None, at: str = "2025-10-25T18:00Z") -> AsyncIterator[Stage]:
    observers = [schema] if schema else []
    async with staged(str(folder), at=at, database=folder.parent / "usher.db", observers=observers) as stage:
        stage.sandbox.limiter.scale = 1000
        yield stage


def times(stage: Stage, name: str) -> list[str]:
    """In UTC, as the server sees them."""
    session = stage.client.desk.programmes.for_guild(guild(stage)).program.session_by_id[name]
    return [f"{moment.astimezone(UTC):%d %H:%M}" for moment in (session.start, session.end)]


async def test_a_session_that_runs_past_midnight_is_moved_within_its_night(
    folder: Path, schema: SchemaCheck | None
) -> None:
    async with running(folder, schema) as stage:
        await apply(stage, "/live move session:Panel start:23:10 end:00:40")
        assert times(stage, "panel") == ["25 21:10", "25 22:40"]
        await apply(stage, "/live move session:Panel start:22:30 end:23:30")
        assert times(stage, "panel") == ["25 20:30", "25 21:30"]


async def test_a_delay_into_the_hour_that_comes_twice_is_that_instant_everywhere(
    folder: Path, schema: SchemaCheck | None
) -> None:
    """From 01:30 it is 60 minutes to the first 02:30, and 120 to the second."""
    async with running(folder, schema) as stage:
        for start, end, venue in (
            ("00:30", "03:30", "(venue 02:30 UTC+2)"),
            ("01:30", "04:30", "(venue 02:30 UTC+1)"),
        ):
            reply = await apply(stage, "/live delay session:Lab minutes:60")
            assert times(stage, "lab") == [f"26 {start}", f"26 {end}"]
            assert [edit.value for edit in edits(stage)] == [f"2025-10-26T{start}:00Z/2025-10-26T{end}:00Z"]
            done, line = seen(stage, reply.message).splitlines()[:2]
            assert (done, line.endswith(f" → 02:30 {venue} · Main room")) == ("Done", True)
            assert texts(stage, "announcements")[-1].splitlines()[0] == line
            epoch = f"<t:{int(instant(f'2025-10-26T{start}Z').timestamp())}:t>"
            assert epoch in stage.sandbox.person("attendee").sees("announcements")[-1]["content"]
        assert "moved Sun 26 Oct 02:30 UTC+2–04:30 → Sun 26 Oct 02:30 UTC+1–05:30" in organizers(stage)[-1]
    async with running(folder, schema, "2025-10-25T18:10Z") as stage:
        await told(stage)
        assert times(stage, "lab") == ["26 01:30", "26 04:30"]
        file = folder / "sessions.yaml"
        file.write_text(file.read_text().replace("Panel", "Night panel"))
        await pressed(stage, await asked(stage), "Publish")
        assert times(stage, "lab") == ["26 01:30", "26 04:30"]
