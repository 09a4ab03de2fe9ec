"""The morning digest tells what was changed since the one before."""

from collections.abc import Sequence
from datetime import date

import pytest

from bot.chat.render.notices.days import digest
from bot.chat.render.notices.message import Besides, Context
from bot.domain.changes.change import Change, Field
from bot.domain.changes.written import span
from bot.domain.people import Group
from bot.domain.reminders.notice import Facts, NoticeKind
from tests.chat.samples import at, program

DAY = 24 * 60


def moved(start: int, to: int, session: str = "s2") -> Change:
    return Change("session", session, Field.TIME, span(at(start), at(start + 40)), span(at(to), at(to + 40)))


def said(changes: Sequence[Change]) -> list[str]:
    """What stands between the headline and the list of the day."""
    facts = Facts(NoticeKind.DIGEST, day=date(2025, 4, 28))
    found = digest(
        Context(program(), facts, at(-60), Group.PUBLIC, "schedule", besides=Besides(changes=tuple(changes)))
    )
    assert found is not None
    rows = [row for row in found.content.splitlines()[1:] if not row.startswith("⏳")]
    return rows[: rows.index("The whole day:")] if "The whole day:" in rows else []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ([], []),
        ([moved(0, 10)], [f"moved: ~~<t:{int(at(0).timestamp())}:t>~~"]),
        ([moved(0, 5), moved(5, 10)], [f"moved: ~~<t:{int(at(0).timestamp())}:t>~~"]),
        ([moved(10, 20), moved(20, 10)], []),
        ([moved(DAY, DAY + 10, "s9")], []),
        ([Change("session", "s9", Field.REMOVED, f"{span(at(5), at(45))} Gone", None)], ["Gone"]),
        ([Change("session", "s9", Field.REMOVED, f"{span(at(DAY), at(DAY + 45))} Gone", None)], []),
        ([Change("deadline", "call", Field.ADDED, None, "2025-04-29T16:00:00Z Paper")], []),
    ],
    ids=["none", "moved", "moved twice", "moved back", "another day", "removed", "removed elsewhere", "a date"],
)
def test_the_digest_tells_what_changed_of_its_day(changes: list[Change], told: list[str]) -> None:
    head, *rows = said(changes) or [""]
    assert head == ("Changed since yesterday:" if told else "")
    assert len(rows) == len(told)
    assert all(part in row for part, row in zip(told, rows, strict=True))
