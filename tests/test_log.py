"""The log is read by whoever runs the process: no people, and nothing that they wrote, stand in it."""

import ast
import re
from pathlib import Path

import pytest

from bot.chat.lookup import Lookup
from bot.sandbox_app import Stage
from tests.chat.test_bot import press_through

BOT = Path(__file__).parent.parent / "bot"
#: What would be a person's id or name, or their words.
_OF_PEOPLE = re.compile(r"\b(user|author|actor|asker|member|display_name|content|text|typed|by)\b|user_id")
#: The sandbox is a server of its own, in which people are played.
_MODULES = sorted(path for path in BOT.rglob("*.py") if "sandbox" not in path.parts)


def logged(path: Path) -> list[str]:
    """What is handed to a log in a file, beside the words of its messages."""
    return [
        ast.unparse(value)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("log.", "logging."))
        for value in (*node.args[1:], *(keyword.value for keyword in node.keywords))
    ]


def test_something_is_logged_at_all() -> None:
    assert {path.name for path in _MODULES if logged(path)} > {"recorder.py", "errors.py", "purge.py"}


def test_no_person_and_nothing_that_they_wrote_goes_into_the_log() -> None:
    told = {str(path): [value for value in logged(path) if _OF_PEOPLE.search(value)] for path in _MODULES}
    assert {path: values for path, values in told.items() if values} == {}


async def test_a_fault_does_not_log_what_somebody_typed(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    attendee = stage.sandbox.person("attendee")
    found = await attendee.command("/search text:my secret question", channel="general")
    stage.client.desk.prepared = None  # type: ignore[assignment]  # a fault that no input can cause
    await press_through(attendee, found, "Refresh")
    (incident,) = stage.client.incidents
    (record,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert record.getMessage().startswith(f"incident {incident} in go")
    assert Lookup("search").name in record.getMessage()
    assert "secret" not in record.getMessage()
