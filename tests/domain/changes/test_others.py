"""What an organizer sees of a new version beside the news: nothing that was named among the changes already."""

from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.changes.diff import diff
from bot.domain.changes.others import Other, others
from bot.domain.program import Program
from tests.chat.samples import at, program

#: The paper deadline of the small programme: due then, after it was extended once.
FIRST, DUE, LATER = at(60), at(60 * 24), at(60 * 48)
A_DETAIL = (Other("details of dates", differ=1),)


def with_call(**fields: Any) -> Program:
    known = program()
    return replace(
        known, deadlines=tuple(replace(one, **fields) if one.id == "call" else one for one in known.deadlines)
    )


@pytest.mark.parametrize(
    ("fields", "changes", "rest"),
    [
        ({}, 0, ()),
        ({"due": LATER, "earlier": (FIRST, DUE)}, 1, ()),
        ({"due": LATER}, 1, ()),
        ({"due": LATER, "earlier": (FIRST, DUE), "note": "The last time"}, 1, A_DETAIL),
        ({"earlier": ()}, 0, A_DETAIL),
        ({"note": "The last time"}, 0, A_DETAIL),
    ],
    ids=["nothing", "extended", "moved", "extended and more", "what it was earlier, alone", "a note"],
)
def test_an_extension_is_named_among_the_changes_alone(
    fields: dict[str, Any], changes: int, rest: tuple[Other, ...]
) -> None:
    after = with_call(**fields)
    assert (len(diff(program(), after)), others(program(), after)) == (changes, rest)


def test_a_date_that_came_or_went_is_no_detail() -> None:
    without = replace(program(), deadlines=program().deadlines[1:])
    assert others(program(), without) == others(without, program()) == ()
