"""A message's menu: Collect as question, Mark as answer. Both work whether the bot reads along or not."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.domain.posters.question import State
from bot.sandbox import Reply
from bot.sandbox_app import Stage
from bot.storage.database import Tables
from bot.storage.posters import authorship, questions
from tests.chat.organizing.test_live import guild, told
from tests.chat.posters import typing
from tests.chat.posters.moderated import STOPPED
from tests.chat.posters.typing import asked, edits, given, newest, stands, types
from tests.chat.test_bot import seen
from tests.discord_schema import SchemaCheck

STEP = "How did you choose the step size?"
TALK = "I wonder about the step size"
NOT_YOUR_QUESTION = (
    "Only whoever typed this, the poster's authors and organizers can make it a question: it is asked in the name of "
    "whoever typed it. Ask your own with Ask a question."
)
NOT_YOURS = "Only the authors of this poster and organizers mark answers here."
UNKNOWN_AUTHOR = "Whoever wrote this is not known as an author of this poster"


@pytest.fixture(params=[pytest.param(False, id="unread"), pytest.param(True, id="read", marks=pytest.mark.matrix)])
async def day(request: pytest.FixtureRequest, schema: SchemaCheck | None, tmp_path: Path) -> AsyncIterator[Stage]:
    async with typing.thread(tmp_path, schema, heard=request.param) as stage:
        yield stage


async def uses(stage: Stage, who: str, menu: str, message: dict[str, Any]) -> Reply:
    reply = await stage.sandbox.person(who).context_menu(menu, message)
    await told(stage)
    return reply


async def collects(stage: Stage, who: str, message: dict[str, Any]) -> str:
    return first(stage, await uses(stage, who, "Collect as question", message))


async def marks(stage: Stage, who: str, message: dict[str, Any]) -> str:
    return first(stage, await uses(stage, who, "Mark as answer", message))


def first(stage: Stage, reply: Reply) -> str:
    return seen(stage, reply.message).splitlines()[0]


def attendee(stage: Stage) -> str:
    return f"<@{stage.sandbox.person('attendee').user.id}>"


async def test_ones_own_message_is_collected_and_can_be_changed(day: Stage) -> None:
    message = await types(day, "attendee", TALK)
    reply = await uses(day, "attendee", "Collect as question", message)
    assert seen(day, reply.message).splitlines()[0] == "Question 1 is recorded"
    assert seen(day, reply.message).splitlines()[-1] == "[Edit]  [Withdraw]"
    assert stands(day)[-1] == f"❓ Question 1: {TALK}\nAsked by {attendee(day)}"
    assert newest(day)["message_reference"]["message_id"] == message["id"]


async def test_an_author_or_an_organizer_collects_it_in_the_name_of_who_typed_it_and_nobody_else(day: Stage) -> None:
    messages = [await types(day, "attendee", text) for text in (TALK, "I wonder about the order")]
    assert (await collects(day, "speaker", messages[0]), asked(day)) == (NOT_YOUR_QUESTION, [])
    for number, (who, message) in enumerate(zip(("author", "organizer"), messages, strict=True), 1):
        said = await collects(day, who, message)
        assert said == f"It is recorded as question {number}, asked by {attendee(day)}."
    assert [one.asker for one in asked(day)] == [day.sandbox.person("attendee").user.id] * 2
    assert await collects(day, "speaker", messages[0]) == NOT_YOUR_QUESTION


async def test_what_was_collected_is_not_collected_again(day: Stage) -> None:
    message = await types(day, "attendee", TALK)
    await collects(day, "author", message)
    assert await collects(day, "attendee", message) == "This was collected before: it is question 1."
    assert await collects(day, "organizer", message) == "This was collected before: it is question 1."
    assert len(asked(day)) == 1


async def test_collected_again_after_an_edit_it_says_the_same(day: Stage) -> None:
    message = await types(day, "attendee", TALK)
    await collects(day, "attendee", message)
    await edits(day, message, "I wonder about the order")
    await collects(day, "attendee", message)
    assert [one.text for one in asked(day)] == ["I wonder about the order"]


@pytest.mark.parametrize(
    ("who", "text", "said"),
    [
        ("attendee", "x" * 950, "Not asked yet"),
        ("attendee", "🤔", "Not asked yet"),
        ("author", "x" * 950, "This cannot be asked as it is: it is too long, holds too many links, or has no words."),
        ("organizer", "<@123456789012345678>", "This cannot be asked as it is: it is too long, holds too many links"),
    ],
)
async def test_what_cannot_be_asked_is_kept_for_who_wrote_it_alone(day: Stage, who: str, text: str, said: str) -> None:
    message = await types(day, "attendee", text)
    assert (await collects(day, who, message)).startswith(said)
    assert [one.state for one in asked(day)] == ([State.DRAFT] if who == "attendee" else [])


async def test_what_was_kept_is_asked_once_it_can_be(day: Stage) -> None:
    message = await types(day, "attendee", "Is it? " + "x" * 950)
    await collects(day, "attendee", message)
    typing.place(day, message).messages[int(message["id"])].data["content"] = "Is it stable?"
    assert await collects(day, "attendee", message) == "Question 1 is recorded"
    assert [(one.state, one.text) for one in asked(day)] == [(State.OPEN, "Is it stable?")]


async def test_only_what_people_typed_in_a_posters_thread_is_collected(day: Stage) -> None:
    message = await types(day, "attendee", TALK)
    await collects(day, "attendee", message)
    assert await collects(day, "attendee", newest(day)) == (
        "This is no message that somebody typed. Choose one that a person wrote."
    )
    elsewhere = await day.sandbox.person("attendee").say("general", STEP)
    assert (await collects(day, "attendee", elsewhere)).startswith("This works on messages in a poster's thread.")


async def test_an_authors_reply_is_marked_as_an_answer(day: Stage) -> None:
    message = await types(day, "attendee", TALK)
    await collects(day, "attendee", message)
    reply = await types(day, "author", "By a line search.", message, ping=False)
    said = await marks(day, "organizer", reply)
    if not day.client.reads_content:
        assert said == "It is recorded as an answer to question 1."
    assert [(one.question, one.text) for one in given(day)] == [(1, "By a line search.")]
    assert [user["username"] for user in newest(day)["mentions"]] == ["attendee"]
    assert await marks(day, "author", reply) == "This counts as an answer to question 1 already."
    assert await collects(day, "author", reply) == "This counts as an answer to question 1 already."
    assert len(given(day)) == 1


async def test_where_it_is_a_reply_to_nothing_the_question_is_chosen(day: Stage) -> None:
    for text in (TALK, "I wonder about the order"):
        await collects(day, "attendee", await types(day, "attendee", text))
    loose = await types(day, "author", "By a line search.")
    reply = await uses(day, "author", "Mark as answer", loose)
    assert (first(day, reply), given(day)) == ("Which question does it answer?", [])
    assert reply.message is not None
    chosen = await day.sandbox.person("author").choose(reply.message, "pick-qu", "2: I wonder about the order")
    await told(day)
    assert first(day, chosen) == "It is recorded as an answer to question 2."
    assert [(one.question, one.text, one.message_id) for one in given(day)] == [
        (2, "By a line search.", int(loose["id"]))
    ]


@pytest.mark.parametrize(
    ("writer", "marker", "said"),
    [
        ("author", "attendee", NOT_YOURS),
        ("attendee", "attendee", NOT_YOURS),
        ("speaker", "organizer", UNKNOWN_AUTHOR),
        ("attendee", "author", UNKNOWN_AUTHOR),
    ],
)
async def test_only_authors_answers_count_and_only_they_and_organizers_mark_them(
    day: Stage, writer: str, marker: str, said: str
) -> None:
    await collects(day, "attendee", await types(day, "attendee", TALK))
    message = await types(day, writer, "By a line search.")
    assert (await marks(day, marker, message)).startswith(said)
    assert given(day) == []


async def test_without_questions_there_is_nothing_to_answer(day: Stage) -> None:
    message = await types(day, "author", "By a line search.")
    assert (await marks(day, "author", message)).startswith("Nobody has asked anything about this poster yet")


async def test_a_question_is_no_answer(day: Stage) -> None:
    message = await types(day, "author", "I wonder about the order")
    await collects(day, "author", message)
    assert (await marks(day, "author", message)).startswith("This was collected as question 1.")


async def test_what_was_set_aside_goes_with_its_message(day: Stage) -> None:
    await collects(day, "attendee", await types(day, "attendee", TALK))
    loose = await types(day, "author", "By a line search.")
    reply = await uses(day, "author", "Mark as answer", loose)
    await typing.deletes(day, loose)
    assert reply.message is not None
    chosen = await day.sandbox.person("author").choose(reply.message, "pick-qu", f"1: {TALK}")
    assert first(day, chosen) == "This choice was kept for a day. Open the message's menu again: Apps, Mark as answer."
    assert given(day) == []


async def test_a_choice_is_kept_until_its_answer_is_stored(day: Stage) -> None:
    await collects(day, "attendee", await types(day, "attendee", TALK))
    reply = await uses(day, "author", "Mark as answer", await types(day, "author", "By a line search."))
    refuse = "CREATE TRIGGER full BEFORE DELETE ON unplaced BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    await day.database.write(lambda tables: tables.execute(refuse))
    assert reply.message is not None
    failed = await day.sandbox.person("author").choose(reply.message, "pick-qu", f"1: {TALK}")
    assert (first(day, failed).startswith("That went wrong on my side."), given(day)) == (True, [])
    await day.database.write(lambda tables: tables.execute("DROP TRIGGER full"))
    again = await day.sandbox.person("author").choose(reply.message, "pick-qu", f"1: {TALK}")
    assert first(day, again) == "It is recorded as an answer to question 1."


async def test_who_was_stopped_collects_marks_and_chooses_nothing_of_others(day: Stage) -> None:
    speaker, now = day.sandbox.person("speaker"), day.clock.now()
    await day.database.write(lambda tables: authorship.add(tables, guild(day), typing.POSTER, speaker.user.id, at=now))
    await collects(day, "attendee", await types(day, "attendee", TALK))
    loose = await types(day, "author", "By a line search.")
    reply = await uses(day, "speaker", "Mark as answer", loose)
    await day.sandbox.person("organizer").command("/qa stop reason:Spam person:speaker", channel="organizers")
    talk = await types(day, "attendee", "I wonder about the order")
    assert reply.message is not None
    chosen = await speaker.choose(reply.message, "pick-qu", f"1: {TALK}")
    tried = [await collects(day, "speaker", talk), await marks(day, "speaker", loose), first(day, chosen)]
    assert (tried, len(asked(day)), given(day)) == ([STOPPED] * 3, 1, [])


@pytest.mark.parametrize(("number", "more"), [(25, False), (26, True)])
async def test_where_not_all_questions_can_be_offered_it_says_so(day: Stage, number: int, more: bool) -> None:
    person = day.sandbox.person("attendee").user.id

    def ask(tables: Tables) -> None:
        for act in range(number):
            questions.add(
                *(tables, guild(day), typing.POSTER, f"Is this question {act}?"),
                asker=person,
                named=True,
                state=State.OPEN,
                at=day.clock.now(),
                act=act + 1,
            )

    await day.database.write(ask)
    reply = await uses(day, "author", "Mark as answer", await types(day, "author", "By a line search."))
    said = "These are 25 of 26 questions, those without an answer first. Is it another? Press Answer below that one."
    assert (said in seen(day, reply.message).splitlines()) is more


async def test_a_reply_to_what_is_kept_is_marked_once_that_is_asked(day: Stage) -> None:
    message = await types(day, "attendee", "Is it? " + "x" * 950)
    await collects(day, "attendee", message)
    reply = await types(day, "author", "By a line search.", message, ping=False)
    assert (await marks(day, "author", reply)).startswith("The question that this replies to is not asked yet")
    typing.place(day, message).messages[int(message["id"])].data["content"] = "Is it stable?"
    await collects(day, "attendee", message)
    assert await marks(day, "author", reply) == "It is recorded as an answer to question 1."
