"""What was typed follows its message: an edit changes it, and a deletion takes it away."""

from datetime import timedelta

import pytest

from bot.domain.posters.question import State
from bot.sandbox import announce
from bot.sandbox_app import Stage
from tests.chat.organizing.test_live import told
from tests.chat.posters import typing
from tests.chat.posters.typing import asked, deletes, edits, given, newest, place, stands, types
from tests.chat.test_bot import seen

STEP = "How did you choose the step size?"
TAKEN_BACK = "~~Question 1~~ was withdrawn."


def first_lines(stage: Stage) -> list[str]:
    return [text.splitlines()[0] for text in stands(stage)]


async def test_an_edit_rewrites_the_question(day: Stage) -> None:
    message = await types(day, "attendee", STEP)
    await edits(day, message, "How did you choose the step size and the order?")
    assert [one.text for one in asked(day)] == ["How did you choose the step size and the order?"]
    assert first_lines(day) == ["❓ Question 1: How did you choose the step size and the order?"]


@pytest.mark.parametrize("text", ["?", "Is it? " + "x" * 950])
async def test_an_edit_to_what_cannot_be_asked_leaves_the_question_as_it_was(day: Stage, text: str) -> None:
    message = await types(day, "attendee", STEP)
    await edits(day, message, text)
    assert ([one.text for one in asked(day)], first_lines(day)) == ([STEP], [f"❓ Question 1: {STEP}"])


async def test_an_edit_that_adds_the_question_mark_asks(day: Stage) -> None:
    message = await types(day, "attendee", "The step size")
    assert asked(day) == []
    await edits(day, message, "The step size?")
    assert first_lines(day) == ["❓ Question 1: The step size?"]


async def test_an_edit_long_after_makes_no_question(day: Stage) -> None:
    message = await types(day, "attendee", "The step size")
    await day.clock.live_through(day.clock.now() + timedelta(minutes=11))
    await edits(day, message, "The step size?")
    assert asked(day) == []


async def test_an_edit_that_mends_what_was_kept_asks_it(day: Stage) -> None:
    message = await types(day, "attendee", "Is it stable? " + "x" * 950)
    assert [one.state for one in asked(day)] == [State.DRAFT]
    await edits(day, message, "Is it stable?")
    assert [(one.state, one.number, one.text) for one in asked(day)] == [(State.OPEN, 1, "Is it stable?")]
    assert newest(day)["message_reference"]["message_id"] == message["id"]


async def test_an_edit_rewrites_an_answer(day: Stage) -> None:
    message = await types(day, "attendee", STEP)
    reply = await types(day, "author", "By a line search.", message)
    await edits(day, reply, "By a line search, as in appendix B.")
    assert [one.text for one in given(day)] == ["By a line search, as in appendix B."]


async def test_a_preview_that_discord_adds_changes_nothing(day: Stage) -> None:
    message = await types(day, "attendee", "Is https://example.org/a the code?")
    talk = await types(day, "speaker", "See https://example.org/b")
    for one in (message, talk):
        stored = place(day, one).messages[int(one["id"])]
        stored.data = stored.data | {"embeds": [{"type": "link", "title": "A paper"}]}
        announce.message_updated(day.sandbox._core, place(day, one), stored)
    await typing.heard(day)
    assert [one.text for one in asked(day)] == ["Is https://example.org/a the code?"]


async def test_a_deletion_withdraws_the_question(day: Stage) -> None:
    message = await types(day, "attendee", STEP)
    await deletes(day, message)
    assert ([one.state for one in asked(day)], stands(day)) == ([State.WITHDRAWN], [TAKEN_BACK])


async def test_what_is_deleted_at_once_is_withdrawn_at_once(day: Stage) -> None:
    first = await types(day, "attendee", STEP)
    second = await types(day, "attendee", "Is the code public?")
    await deletes(day, first, second)
    assert [one.state for one in asked(day)] == [State.WITHDRAWN] * 2
    assert stands(day) == [TAKEN_BACK, "~~Question 2~~ was withdrawn."]


async def test_with_its_message_what_was_kept_is_thrown_away(day: Stage) -> None:
    message = await types(day, "attendee", "Is it stable? " + "x" * 950)
    await deletes(day, message)
    assert asked(day) == []


async def test_a_deleted_answer_leaves_the_question_without_one(day: Stage) -> None:
    message = await types(day, "attendee", STEP)
    reply = await types(day, "author", "By a line search.", message)
    await deletes(day, reply)
    assert ([one.state for one in asked(day)], given(day)) == ([State.OPEN], [])
    assert first_lines(day) == [f"❓ Question 1: {STEP}", "~~Answer to question 1~~ was taken back."]


async def test_of_two_answers_one_that_is_deleted_leaves_it_answered(day: Stage) -> None:
    message = await types(day, "attendee", STEP)
    reply = await types(day, "author", "By a line search.", message)
    await types(day, "author", "As in appendix B.", message)
    await deletes(day, reply)
    assert [one.state for one in asked(day)] == [State.ANSWERED]


async def test_a_deletion_elsewhere_and_of_other_talk_changes_nothing(day: Stage) -> None:
    await types(day, "attendee", STEP)
    talk = await types(day, "speaker", "Nice work!")
    elsewhere = await day.sandbox.person("attendee").say("general", "Where is lunch?")
    await deletes(day, talk)
    await deletes(day, elsewhere)
    assert [one.state for one in asked(day)] == [State.OPEN]


async def says(stage: Stage, command: str) -> str:
    """What an organizer reads who typed it; what it changes was posted."""
    reply = await stage.sandbox.person("organizer").command(f"/qa {command}", channel="organizers")
    await told(stage)
    return seen(stage, reply.message).splitlines()[0]


async def test_what_organizers_hid_and_its_writer_deletes_is_never_brought_back(day: Stage) -> None:
    message = await types(day, "attendee", STEP)
    reply = await types(day, "author", "By a line search.", message)
    await says(day, "hide number:1 reason:Off topic answer:1")
    await says(day, "hide number:1 reason:Off topic")
    await deletes(day, reply)
    await deletes(day, message)
    assert ([one.state for one in asked(day)], given(day)) == ([State.WITHDRAWN], [])
    assert await says(day, "restore number:1") == (
        "Question 1 was withdrawn by whoever asked it, and stays so. Nothing was changed."
    )
    assert await says(day, "restore number:1 answer:1") == "Answer 1 to question 1 is not hidden. Nothing was changed."
    assert stands(day) == [TAKEN_BACK, "~~Answer to question 1~~ was taken back."]


@pytest.mark.parametrize("answer", ["", " answer:1"])
async def test_what_an_organizer_deletes_stays_hidden_and_comes_back_in_full(day: Stage, answer: str) -> None:
    message = await types(day, "attendee", STEP)
    await types(day, "author", "By a line search.", message)
    organizer = day.sandbox.person("organizer")
    hidden = await organizer.command(f"/qa hide number:1 reason:Rude{answer}", channel="organizers")
    assert hidden.message is not None
    await organizer.press(hidden.message, "Delete that message")
    await typing.heard(day)
    await says(day, f"restore number:1{answer}")
    assert ([one.state for one in asked(day)], [one.text for one in given(day)]) == (
        [State.ANSWERED],
        ["By a line search."],
    )
    assert (stands(day)[1].splitlines()[1:2] == ["> By a line search."]) is bool(answer)


async def test_an_answer_that_was_taken_back_leaves_the_places_of_the_others(day: Stage) -> None:
    message = await types(day, "attendee", STEP)
    first = await types(day, "author", "By a line search.", message)
    await types(day, "author", "As in appendix B.", message)
    await deletes(day, first)
    assert await says(day, "hide number:1 reason:Rude answer:1") == (
        "Answer 1 to question 1 was taken back by its author: nobody sees it. Nothing was changed."
    )
    assert await says(day, "hide number:1 reason:Rude answer:2") == "Hidden: answer 2 to question 1"
    assert [(one.text, one.hidden) for one in given(day)] == [("As in appendix B.", True)]


async def test_of_what_was_taken_back_neither_the_text_nor_whose_it_was_is_kept(day: Stage) -> None:
    message = await types(day, "attendee", STEP)
    await deletes(day, await types(day, "author", "By a line search.", message))
    rows = day.database.reader.execute("SELECT text, author, message_id, made_by < 0 FROM answer").fetchall()
    assert rows == [("", None, None, 1)]


async def test_an_edited_answer_is_edited_where_the_bot_says_it_in_full(day: Stage) -> None:
    message = await types(day, "attendee", STEP)
    reply = await types(day, "author", "By a line search.", message)
    # As in a thread that was opened anew since.
    await day.database.write(lambda tables: tables.execute("UPDATE answer SET message_id = 1"))
    await edits(day, reply, "By a line search, as in appendix B.")
    assert stands(day)[1].splitlines()[1] == "> By a line search, as in appendix B."


@pytest.mark.parametrize("text", ["👍", "www.a.org www.b.org www.c.org see there"])
async def test_an_edit_to_what_is_no_answer_leaves_the_answer_as_it_was(day: Stage, text: str) -> None:
    message = await types(day, "attendee", STEP)
    await edits(day, await types(day, "author", "By a line search.", message), text)
    assert [one.text for one in given(day)] == ["By a line search."]


async def test_who_was_stopped_changes_nothing_of_what_they_typed_before(day: Stage) -> None:
    message = await types(day, "attendee", STEP)
    reply = await types(day, "author", "By a line search.", message)
    for who in ("attendee", "author"):
        await says(day, f"stop reason:Spam person:{who}")
    await edits(day, message, "Have you seen my book?")
    await edits(day, reply, "Buy my book.")
    assert ([one.text for one in asked(day)], [one.text for one in given(day)]) == ([STEP], ["By a line search."])
    assert first_lines(day)[0] == f"✅ Question 1: {STEP}"


async def test_who_is_no_author_any_more_changes_no_answer(day: Stage) -> None:
    message = await types(day, "attendee", STEP)
    reply = await types(day, "author", "By a line search.", message)
    await day.database.write(lambda tables: tables.execute("DELETE FROM authorship"))
    await edits(day, reply, "By magic.")
    assert [one.text for one in given(day)] == ["By a line search."]


async def test_a_hidden_answer_is_not_changed(day: Stage) -> None:
    message = await types(day, "attendee", STEP)
    reply = await types(day, "author", "By a line search.", message)
    await says(day, "hide number:1 reason:Rude answer:1")
    await edits(day, reply, "By magic.")
    assert [one.text for one in given(day)] == ["By a line search."]


async def test_an_edit_that_mends_what_was_kept_is_stored_with_its_question_or_not_at_all(day: Stage) -> None:
    kept = "Is it stable? " + "x" * 950
    message = await types(day, "attendee", kept)
    refuse = "CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    await day.database.write(lambda tables: tables.execute(refuse))
    await edits(day, message, "Is it stable?")
    assert [(one.state, one.text) for one in asked(day)] == [(State.DRAFT, kept)]
