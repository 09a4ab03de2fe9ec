"""Reminders know what they tell of by its id alone."""

import pytest
from msgspec.structs import replace

from bot.domain.checks import check
from bot.domain.program import Program
from bot.domain.sessions import Talk
from tests.chat.samples import program, session

SMALL = program()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (SMALL, []),
        (
            replace(SMALL, deadlines=tuple(replace(one, id=f"s{at}") for at, one in enumerate(SMALL.deadlines, 2))),
            ["s2", "s3"],
        ),
        (replace(SMALL, sessions=(*SMALL.sessions, session(5, 200, 240, talks=(Talk("s5"),)))), ["s5"]),
        (replace(SMALL, speakers=tuple(replace(one, id=f"s{at}") for at, one in enumerate(SMALL.speakers, 1))), []),
    ],
    ids=["none", "session and deadline", "session and its talk", "speakers have ids of their own"],
)
def test_one_id_for_a_session_a_talk_and_a_deadline_is_an_error(changed: Program, told: list[str]) -> None:
    assert [problem.record for problem in check(changed) if problem.rule == "shared-id"] == told
