"""What is handed over of questions and answers, and what is not."""

import pytest
from msgspec.structs import replace

from bot.domain.event import Link
from bot.domain.posters.export import (
    GONE,
    Export,
    ExportedAnswer,
    ExportedPoster,
    ExportedQuestion,
    Stored,
    exported,
    named_people,
    pseudonyms,
)
from bot.domain.posters.question import Question, State
from tests.chat.samples import at, poster, program
from tests.domain.posters.questions import answer, question

NOW = at(60)
PROGRAM = program(posters=(poster(2, board="12", links=(Link("Paper", "https://paper.example"),)), poster(1)))
ANSWERED = question(3, "p2", state=State.ANSWERED, votes=4)
NAMES = {103: "Ana", 200: "Ben"}


def numbers(found: Export) -> list[int]:
    return [one.number for each in found.posters for one in each.questions]


def of(*questions: Question, **fields: object) -> Export:
    return exported(PROGRAM, Stored(questions, **fields), NAMES, NOW)  # type: ignore[arg-type]


def test_posters_come_in_the_programme_s_order_and_questions_by_votes() -> None:
    found = of(question(1), question(2, votes=1), ANSWERED, question(4, "left"), question(5, votes=1))
    assert [each.id for each in found.posters] == ["p2", "p1", "left"]
    assert numbers(found) == [3, 2, 5, 1, 4]
    assert found.posters[2] == replace(found.posters[2], title=GONE, authors=(), board=None)
    assert [(each.id, one.number) for each, one in found.unanswered] == [("p1", 2), ("p1", 5), ("p1", 1), ("left", 4)]


def test_a_question_is_handed_over_with_its_answer_votes_and_links() -> None:
    found = of(
        ANSWERED,
        answers=[answer(1, 3)],
        threads={"p2": "https://thread.example"},
        messages={1003: "https://message.example"},
    )
    given = ExportedAnswer("Ben", "Because 1.", at(30))
    one = ExportedQuestion(3, "Ana", "Why 3?", 4, at(3), True, (given,), "https://message.example")
    shown = ExportedPoster(
        "p2", "Poster 2", ("Author 2",), "12", "https://paper.example", "https://thread.example", (one,)
    )
    assert found == Export("small", "Small Workshop", PROGRAM.event.tz, NOW, (shown,))


def test_who_asked_without_a_name_stays_unnamed_though_their_name_is_known() -> None:
    (each,) = of(replace(ANSWERED, named=False)).posters
    assert each.questions[0].asked_by == "somebody"


def test_names_that_are_not_known_are_not_made_up() -> None:
    (each,) = of(question(1), answers=[answer(1, 1, author=9), answer(2, 1, author=None)]).posters
    assert each.questions[0].asked_by == "an attendee"
    assert [one.by for one in each.questions[0].answers] == ["an author", "an author"]


def test_a_mention_in_a_text_shows_no_id() -> None:
    (each,) = of(question(1, text="Is <@123456> or <@!99> right?")).posters
    assert each.questions[0].text == "Is @someone or @someone right?"


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN, State.HIDDEN])
def test_what_is_not_shown_is_left_out(state: State) -> None:
    assert numbers(of(question(1, state=state), question(2))) == [2]


def test_a_hidden_answer_is_left_out() -> None:
    (each,) = of(ANSWERED, answers=[answer(1, 3, hidden=True), answer(2, 3)]).posters
    assert [one.text for one in each.questions[0].answers] == ["Because 2."]


def test_who_stays_out_is_left_out_with_what_they_answered_and_asked_with_their_name() -> None:
    found = of(question(1), ANSWERED, answers=[answer(1, 3)], out={101, 200})
    (one,) = [one for each in found.posters for one in each.questions]
    assert (one.number, one.answered, one.answers, found.unanswered) == (3, True, (), [])


def test_what_was_asked_without_a_name_stays_in_so_that_nothing_tells_whose_it_is() -> None:
    """Missing from a later export together with what bears their name, it would be theirs."""
    held = question(1, asker=101, named=False), question(2, asker=101), question(3)
    before, after = numbers(of(*held)), numbers(of(*held, out={101}))
    assert (before, after) == ([1, 2, 3], [1, 3])


def test_pseudonyms_are_for_those_who_would_be_named() -> None:
    held = Stored(
        [question(1, named=False), question(2), question(3, asker=200), question(4, asker=102), question(5)],
        [answer(1, 1), answer(2, 2, author=201), answer(3, 2, author=202, hidden=True)],
        out={105},
    )
    assert pseudonyms(held) == {200: "author 1", 201: "author 2", 102: "attendee 1"}


def test_names_are_looked_up_for_nobody_who_hid_theirs_or_stays_out() -> None:
    held = Stored(
        [question(1, named=False), question(2), ANSWERED, question(4, state=State.HIDDEN), question(5)],
        [answer(1, 3), answer(2, 3, author=201, hidden=True)],
        out={105},
    )
    assert named_people(held) == [103, 200, 102]
