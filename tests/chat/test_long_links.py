"""A web address that is longer than a message holds, as people see it: the real client on the sandbox."""

import shutil
from pathlib import Path

import pytest

from bot.folders import shipped_events
from bot.sandbox_app import staged
from tests.chat.test_bot import seen
from tests.staging import DELTA, NINE_TWENTY

LONG = "https://example.org/" + "a" * 3_900


@pytest.mark.parametrize(("command", "shown"), [("/join", "Our stream"), ("/session name:invited-5", "Our slides")])
async def test_a_link_that_is_too_long_is_shown_as_its_words(tmp_path: Path, command: str, shown: str) -> None:
    event = tmp_path / "event"
    shutil.copytree(shipped_events() / DELTA, event)
    for name, old, new in (
        ("event.yaml", "joining:\n", f"joining:\n  - label: Our stream\n    url: {LONG}\n    visibility: public\n"),
        (
            "sessions.yaml",
            "  - id: invited-5\n",
            f"  - id: invited-5\n    links: [{{label: Our slides, url: '{LONG}'}}]\n",
        ),
    ):
        file = event / name
        file.write_text(file.read_text().replace(old, new, 1))
    async with staged(str(event), at=NINE_TWENTY) as stage:
        person = stage.sandbox.person("attendee")
        reply = await person.command(command, channel="general")
        text = seen(stage, reply.message)
    assert shown in text
    assert ("[Our" in text, "example.org/aaa" in text) == (False, False)
