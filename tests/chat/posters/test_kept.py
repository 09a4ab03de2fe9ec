"""What is typed and cannot be asked yet: kept, its writer told, and what is no question left alone."""

from datetime import timedelta

import pytest

from bot.domain.posters.limits import KEPT_MOST
from bot.domain.posters.question import State
from bot.sandbox import posting
from bot.sandbox_app import Stage
from tests.chat.posters import typing
from tests.chat.posters.authoring import direct
from tests.chat.posters.test_reading import STEP, question_rows
from tests.chat.posters.typing import asked, given, newest, stands, thread_id, types
from tests.chat.test_bot import press_through, seen

KEPT = "This was not taken up as a question yet. It is kept for you: edit it under My questions and ask it again."


FULL = (
    "This was not taken up as a question, and it is not kept: 5 of yours are kept already. Edit those under My "
    "questions, and ask this one in 10 min."
)


EARLY = (
    "This does not count as an answer yet: the question above is not asked. Whoever typed it has to change it first. "
    "Once it has a number, reply again, or press and hold your message (on a computer: right-click it), then Apps, "
    "Mark as answer."
)


@pytest.mark.parametrize(
    "text", ["What is this? " + "x" * 3_986, "Have you seen https://a.org https://b.org https://c.org?"]
)
async def test_a_question_that_cannot_be_taken_is_kept_and_its_writer_told(day: Stage, text: str) -> None:
    # With Nitro people write up to 4,000 characters; the sandbox's people have none.
    for _ in range(2):
        channel = day.sandbox.world.channels[thread_id(day)]
        posting.write(day.sandbox._core, channel, day.sandbox.person("attendee").user, {"content": text})
        await typing.heard(day)
    assert [(one.state, one.number, one.text) for one in asked(day)] == [(State.DRAFT, None, text)] * 2
    assert stands(day) == [KEPT] * 2
    mine = await press_through(
        day.sandbox.person("attendee"), await day.sandbox.person("attendee").press(newest(day), "My questions")
    )
    assert seen(day, mine.message).splitlines()[0] == "My questions"


async def test_questions_beyond_the_limit_are_kept(day: Stage) -> None:
    for number in range(6):
        await types(day, "attendee", f"Is this question {number}?")
    states = [one.state for one in asked(day)]
    assert states == [*[State.OPEN] * 5, State.DRAFT]
    assert stands(day)[-1].startswith("This was not taken up as a question yet.")


async def test_of_what_one_person_floods_a_thread_with_only_so_much_is_kept(day: Stage) -> None:
    for number in range(12):
        await types(day, "attendee", f"Is this question {number}? https://a.org https://b.org https://c.org")
    assert [one.state for one in asked(day)] == [State.DRAFT] * KEPT_MOST
    assert stands(day) == [*[KEPT] * KEPT_MOST, FULL]


async def test_what_can_be_asked_is_asked_however_much_is_kept(day: Stage) -> None:
    for number in range(KEPT_MOST):
        await types(day, "attendee", f"Is this question {number}? https://a.org https://b.org https://c.org")
    await types(day, "attendee", STEP)
    assert [(one.number, one.text) for one in asked(day) if one.state is State.OPEN] == [(1, STEP)]


async def test_after_a_while_who_floods_a_thread_is_told_again(day: Stage) -> None:
    for number in range(KEPT_MOST + 1):
        await types(day, "attendee", f"Is this question {number}? https://a.org https://b.org https://c.org")
    await day.clock.live_through(day.clock.now() + timedelta(minutes=11))
    await types(day, "attendee", "Is this one more? https://a.org https://b.org https://c.org")
    assert stands(day) == [*[KEPT] * KEPT_MOST, FULL, KEPT]


async def test_an_authors_reply_to_what_is_kept_is_told_that_it_does_not_count_yet(day: Stage) -> None:
    message = await types(day, "attendee", "Is it stable? " + "x" * 950)
    reply = await types(day, "author", "By a line search.", message)
    assert (given(day), stands(day)) == ([], [KEPT, EARLY])
    assert newest(day)["message_reference"]["message_id"] == reply["id"]


async def test_of_somebody_who_was_stopped_nothing_is_asked_and_they_alone_read_why(day: Stage) -> None:
    organizer, attendee = day.sandbox.person("organizer"), day.sandbox.person("attendee")
    for reason in ("Spam", "Rude"):
        await organizer.command(f"/qa stop reason:{reason} person:attendee", channel="organizers")
        for text in (f"{STEP} {reason}", f"And the order? {reason}"):
            await types(day, "attendee", text)
    assert [one.state for one in asked(day)] == [State.DRAFT] * 4
    # Once for each stop. In the thread nothing says that they may ask it again.
    assert stands(day) == []
    assert direct(day, attendee) == [stopped_for("Spam"), stopped_for("Rude")]
    await day.sandbox.person("organizer").command("/qa allow person:attendee", channel="organizers")
    await types(day, "attendee", "Is the code public?")
    assert asked(day)[-1].state is State.OPEN


def stopped_for(reason: str) -> list[str]:
    return [
        "What you typed about A Reversible Solver for Diffusion SDEs was not taken up",
        "The organizers have stopped you from asking, upvoting and answering. Their reason: "
        f"{reason}. If you think that is a mistake, write to an organizer.",
        "Your message stands in the thread as it is. Only you are told this.",
        "[My questions]",
    ]


async def test_an_author_who_was_stopped_reads_that_a_reply_does_not_count(day: Stage) -> None:
    message = await types(day, "speaker", STEP)
    await day.sandbox.person("organizer").command("/qa stop reason:Spam person:author", channel="organizers")
    before = len(stands(day))
    for text in ("👍", "By a line search.", "As in appendix B."):
        await types(day, "author", text, message)
    assert (given(day), len(stands(day))) == ([], before)
    # The first told of the question.
    assert direct(day, day.sandbox.person("author"))[1:] == [stopped_for("Spam")]


async def test_in_a_thread_that_was_locked_meanwhile_the_question_is_kept_and_organizers_told(day: Stage) -> None:
    core, channel = day.sandbox._core, day.sandbox.world.channels[thread_id(day)]
    day.sandbox.faults.status(403, f"/channels/{channel.id}/messages", method="POST", code=160005)
    posting.write(core, channel, day.sandbox.person("attendee").user, {"content": STEP})
    await typing.heard(day)
    assert ([one.text for one in asked(day)], stands(day)) == ([STEP], [])
    assert [row.last_error for row in question_rows(day)] == ["the thread is locked"]
