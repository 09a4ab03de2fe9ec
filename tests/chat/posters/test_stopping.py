"""Who asked: stopped from asking, with their name or without anybody's knowing it, and looked up on purpose."""

import json
from typing import Any

import pytest

from bot.sandbox_app import Stage
from tests.chat.organizing.test_live import organizer
from tests.chat.posters.moderated import (
    POSTER,
    STOPPED,
    TEXT,
    answered,
    asked,
    content,
    form_filled,
    message_of,
    now,
    person,
    posted,
    qa,
    rows,
    thread,
    trail,
)


async def test_who_asked_without_a_name_is_shown_to_the_organizer_who_looks_and_to_nobody_else(stage: Stage) -> None:
    await answered(stage, await asked(stage))
    for command in ("hide number:1 reason:Off topic", "stop reason:Spam number:1", "allow number:1", "unanswered"):
        reply = await qa(stage, command)
        assert str(person(stage).user.id) not in json.dumps(reply.messages)
    await form_filled(stage, person(stage, "speaker"), await unhidden(stage), "Report", why="Rude")
    shown = await qa(stage, "who number:1 reason:A threat")
    assert content(shown) == (
        f"Question 1 was asked without a name, by <@{person(stage).user.id}>. Only you see this answer; "
        "the audit trail says that you looked, and why. Tell nobody who need not know."
    )
    for command in ("/audit", "/deliveries"):
        reply = await organizer(stage).command(command, channel="organizers")
        assert str(person(stage).user.id) not in json.dumps(reply.messages)
    for channel in (thread(stage), "organizers"):
        assert str(person(stage).user.id) not in json.dumps(posted(stage, channel))


async def unhidden(stage: Stage) -> dict[str, Any]:
    await qa(stage, "restore number:1")
    return posted(stage)[1]


async def test_a_name_that_everybody_sees_is_no_secret_in_the_trail(stage: Stage) -> None:
    await asked(stage, named=True)
    shown = content(await qa(stage, "who number:1 reason:Curious"))
    assert shown == f"Question 1 was asked with a name, by <@{person(stage).user.id}>."
    assert trail(stage) == []


async def test_who_was_stopped_is_told_why_wherever_they_try(stage: Stage) -> None:
    mine, theirs = (
        await asked(stage, by="author", named=True),
        await asked(stage, "What is Gaussian in it?", by="speaker"),
    )
    await answered(stage, theirs)
    form = await person(stage, "author").command(f"/ask poster title:{POSTER}", channel="general")
    done = await qa(stage, "stop reason:Spam. person:author")
    assert content(done).splitlines()[0] == (
        f"<@{person(stage, 'author').user.id}> can no longer ask, upvote or answer. "
        "They see the reason when they try: Spam."
    )
    author = person(stage, "author")
    asks = await author.command(f"/ask poster title:{POSTER}", channel="general")
    votes = await author.press(message_of(stage, theirs), "Upvote · 0")
    answers = await author.press(message_of(stage, theirs), "Answer")
    assert [content(reply) for reply in (asks, votes, answers)] == [STOPPED] * 3
    assert form.modal is not None
    late = await author.submit(form.modal, {"text": "One more, please?"})
    assert rows(stage, late)[:3] == ["Not asked yet", STOPPED, "> One more, please?"]
    assert rows(stage, late)[-1] == "[Edit]  [Throw away]"
    listed = await author.command("/questions mine", channel="general")
    assert listed.message is not None
    draft = await author.choose(listed.message, "pick-qu", "Draft: One more, please?")
    assert rows(stage, draft)[-1].startswith("[Edit]  [Withdraw]")
    listed = await author.command("/questions mine", channel="general")
    assert listed.message is not None
    one = await author.choose(listed.message, "pick-qu", f"1: {TEXT}")
    assert one.message is not None
    rewritten = await form_filled(stage, author, one.message, "Edit", text="Buy my book about dualities")
    assert rows(stage, rewritten)[:3] == ["Question 1 is unchanged", STOPPED, "> Buy my book about dualities"]
    assert now(stage, mine).text == TEXT
    await qa(stage, "allow person:author")
    again = await author.press(message_of(stage, theirs), "Upvote · 0")
    assert content(again) == "You upvoted: question 2. It has 1 upvote."


async def test_whoever_asked_can_be_stopped_without_being_known(stage: Stage) -> None:
    await asked(stage)
    done = await qa(stage, "stop reason:Spam number:1")
    assert content(done).splitlines()[0] == (
        "Whoever asked question 1 can no longer ask, upvote or answer. They see the reason when they try: Spam"
    )
    asks = await person(stage).command(f"/ask poster title:{POSTER}", channel="general")
    assert content(asks) == STOPPED
    assert content(await qa(stage, "allow number:1")) == "Whoever asked question 1 can ask, upvote and answer."
    assert (await person(stage).command(f"/ask poster title:{POSTER}", channel="general")).kind == "modal"


@pytest.mark.parametrize("options", ["", "person:author number:1"])
async def test_a_stop_names_one_person_or_one_question(stage: Stage, options: str) -> None:
    assert content(await qa(stage, f"stop reason:Spam {options}")) == (
        "Name one of the two: the person, or the number of a question, for whoever asked it. Nothing was changed."
    )
