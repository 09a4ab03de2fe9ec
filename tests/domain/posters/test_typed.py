"""What something typed in a poster's thread counts as."""

from datetime import timedelta

import pytest

from bot.domain.posters.typed import Counts, Typed, counts_as, gone_from, is_correction
from tests.chat.samples import at


@pytest.mark.parametrize(
    ("said", "by_author", "to_question", "counts"),
    [
        (Typed("Does it scale?"), False, False, Counts.QUESTION),
        (Typed("Does it scale?"), False, True, Counts.QUESTION),
        (Typed("I wonder whether it scales"), False, False, Counts.NOTHING),
        (Typed("I wonder whether it scales", addressed=True), False, False, Counts.QUESTION),
        (Typed("👍", addressed=True), False, False, Counts.NOTHING),
        (Typed("It does."), True, True, Counts.ANSWER),
        (Typed("It does."), False, True, Counts.NOTHING),
        (Typed("Any questions?"), True, False, Counts.NOTHING),
        (Typed("Any questions?", addressed=True), True, False, Counts.NOTHING),
    ],
)
def test_others_ask_and_authors_answer_what_they_reply_to(
    said: Typed, by_author: bool, to_question: bool, counts: Counts
) -> None:
    assert counts_as(said, by_author=by_author, to_question=to_question) is counts


def test_an_edit_is_a_correction_for_ten_minutes() -> None:
    assert [is_correction(at(0), at(10) + timedelta(seconds=more)) for more in (0, 1)] == [True, False]


@pytest.mark.parametrize(
    ("history", "whole", "gone"),
    [
        ({1, 2, 3, 9}, True, []),
        ({1, 3, 9}, True, [2]),
        ({1, 9}, False, [2, 3]),
        ({1, 2}, False, []),  # what comes after was not looked at
        ({1, 2}, True, [3]),
        (set(), True, []),  # whoever may not read a history sees an empty one
    ],
)
def test_what_a_history_lacks_is_gone_as_far_as_it_reaches(history: set[int], whole: bool, gone: list[int]) -> None:
    assert gone_from(history, [1, 2, 3], whole=whole) == gone
