"""Organizers hide, restore, stop and look up; people report. What everybody sees follows, and the trail knows."""

from typing import Any

import pytest

from bot.actions.posters.hint import About
from bot.domain.audit import ActKind
from bot.domain.posters.question import State
from bot.sandbox import Reply
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.permissions import Permission
from bot.sandbox_app import Stage
from bot.storage.database import Tables
from bot.storage.posters.typed import hint
from tests.chat.organizing.test_live import organizer, told
from tests.chat.posters.moderated import (
    HIDDEN,
    POSTER,
    TEXT,
    answered,
    asked,
    content,
    guild,
    message_of,
    now,
    person,
    posted,
    qa,
    rows,
    said,
    thread,
    trail,
)

HIDDEN_ANSWER = "~~An answer to question 1~~ was hidden by the organizers."


def labels(message: dict[str, Any]) -> list[str]:
    return [one["label"] for row in message["components"] for one in row["components"]]


async def test_a_hidden_question_loses_its_text_for_all_but_who_asked(stage: Stage) -> None:
    question = await asked(stage)
    done = await qa(stage, "hide number:1 reason:Off topic")
    assert rows(stage, done)[:3] == [
        "Hidden: question 1",
        "Why: Off topic",
        "Its message says so, without the text. Whoever asked sees the reason in /questions mine.",
    ]
    assert (said(stage), now(stage, question).state) == ([HIDDEN], State.HIDDEN)
    assert [one["label"] for one in message_of(stage, question)["components"][0]["components"]] == ["All questions"]
    mine = rows(stage, await person(stage).command("/questions mine", channel="general"))
    assert mine[1:5] == [
        "1 · 0 upvotes · hidden by the organizers",
        f"> {TEXT}",
        POSTER,
        "Why it is hidden: Off topic",
    ]
    others = await person(stage, "speaker").command(f"/questions poster title:{POSTER}", channel="general")
    assert rows(stage, others)[1] == "Nobody has asked yet. Ask the first one."


async def test_what_was_hidden_can_be_withdrawn_and_is_not_brought_back(stage: Stage) -> None:
    question = await asked(stage)
    await qa(stage, "hide number:1 reason:Off topic")
    mine = await person(stage).command("/questions mine", channel="general")
    assert mine.message is not None
    opened = await person(stage).choose(mine.message, "Open a question", f"1: {TEXT}")
    assert opened.message is not None
    done = await person(stage).press(opened.message, "Withdraw")
    await told(stage)
    assert rows(stage, done)[1:3] == ["Question 1 is withdrawn.", "1 · 0 upvotes · withdrawn"]
    restored = await qa(stage, "restore number:1")
    assert content(restored) == "Question 1 was withdrawn by whoever asked it, and stays so. Nothing was changed."
    assert (said(stage), now(stage, question).state) == (
        ["~~Question 1~~ was withdrawn by whoever asked it."],
        State.WITHDRAWN,
    )


@pytest.mark.parametrize("state", [State.OPEN, State.ANSWERED])
async def test_a_restored_question_is_what_it_was(stage: Stage, state: State) -> None:
    question = await asked(stage)
    if state is State.ANSWERED:
        await answered(stage, question)
    before, buttons = said(stage), [labels(one) for one in posted(stage)]
    await qa(stage, "hide number:1 reason:Off topic")
    assert said(stage)[0] == HIDDEN
    # Nobody can answer it, in turn to an answer either.
    assert [labels(one) for one in posted(stage)[1:]] == [["All questions"]] * len(said(stage))
    assert content(await qa(stage, "restore number:1")) == "Brought back: question 1. Its message shows it again."
    assert (said(stage), now(stage, question).state) == (before, state)
    assert [labels(one) for one in posted(stage)] == buttons


async def test_an_answer_to_what_was_hidden_meanwhile_is_given_back_with_where_it_is_kept(stage: Stage) -> None:
    question = await asked(stage)
    await answered(stage, question)
    author = person(stage, "author")
    opened = await author.press(message_of(stage, question), "Answer")
    assert opened.modal is not None
    await qa(stage, "hide number:1 reason:Off topic")
    refused = await author.submit(opened.modal, {"text": "By a Gaussian."})
    assert rows(stage, refused)[-2:] == [
        "Copy it from here. It is kept for you, too: if question 1 can be answered again, Answer below it opens it.",
        "[Throw away]",
    ]
    await qa(stage, "restore number:1")
    again = await author.press(message_of(stage, question), "Answer")
    assert again.modal is not None
    assert again.modal["components"][0]["component"]["value"] == "By a Gaussian."


async def test_a_question_whose_only_answer_is_hidden_waits_for_one_again(stage: Stage) -> None:
    question = await asked(stage)
    await answered(stage, question)
    before = said(stage)
    await qa(stage, "hide number:1 reason:Rude answer:1")
    assert said(stage) == [f"❓ **Question 1:** {TEXT}\n-# Asked by somebody", HIDDEN_ANSWER]
    assert now(stage, question).state is State.OPEN
    await qa(stage, "restore number:1 answer:1")
    assert (said(stage), now(stage, question).state) == (before, State.ANSWERED)


async def test_what_is_hidden_with_its_question_comes_back_by_itself_only(stage: Stage) -> None:
    question = await asked(stage)
    await answered(stage, question)
    await qa(stage, "hide number:1 reason:Off topic")
    await qa(stage, "hide number:1 reason:Rude answer:1")
    await qa(stage, "restore number:1")
    assert (said(stage)[1], now(stage, question).state) == (HIDDEN_ANSWER, State.OPEN)


async def test_what_cannot_be_hidden_is_said(stage: Stage) -> None:
    await asked(stage)
    await qa(stage, "hide number:1 reason:Off topic")
    told_first = len(trail(stage))
    tried = {
        command: content(await qa(stage, command))
        for command in (
            "hide number:1 reason:Again",
            "hide number:2 reason:None",
            "hide number:1 reason:None answer:1",
            "restore number:2",
        )
    }
    assert list(tried.values()) == [
        "Question 1 is hidden already. /qa restore brings it back.",
        "There is no question 2. Its number stands in its message.",
        "Question 1 has no answer 1. It has 0: 1 is the first.",
        "There is no question 2. Its number stands in its message.",
    ]
    await qa(stage, "restore number:1")
    assert content(await qa(stage, "restore number:1")) == "Question 1 is not hidden. Nothing was changed."
    assert len(trail(stage)) == told_first + 1


async def test_a_withdrawn_question_is_not_hidden(stage: Stage) -> None:
    question = await asked(stage)
    mine = await person(stage).command("/questions mine", channel="general")
    assert mine.message is not None
    opened = await person(stage).choose(mine.message, "pick-qu", f"1: {TEXT}")
    assert opened.message is not None
    await person(stage).press(opened.message, "Withdraw")
    await told(stage)
    assert content(await qa(stage, "hide number:1 reason:Off topic")) == (
        "Question 1 was withdrawn by whoever asked it: nobody sees it. Nothing was changed."
    )
    assert now(stage, question).state is State.WITHDRAWN


async def test_everything_stands_in_the_trail_without_the_text_and_the_asker(stage: Stage) -> None:
    await answered(stage, await asked(stage))
    for command in (
        "hide number:1 reason:Rude answer:1",
        "restore number:1 answer:1",
        "hide number:1 reason:Off topic",
        "who number:1 reason:A threat",
        "stop reason:Spam number:1",
        "allow number:1",
    ):
        await qa(stage, command)
    asker = "whoever asked question 1"
    assert [(one.act, one.about, one.detail) for one in trail(stage)] == [
        (ActKind.HIDE, "answer 1 to question 1", "Rude"),
        (ActKind.RESTORE, "answer 1 to question 1", ""),
        (ActKind.HIDE, "question 1", "Off topic"),
        (ActKind.ASKED_WHO, "question 1", "A threat"),
        (ActKind.STOP_ASKING, asker, "Spam"),
        (ActKind.ALLOW_ASKING, asker, ""),
    ]
    who = f"📝 <@{organizer(stage).user.id}>"
    assert [one["content"] for one in posted(stage, "organizers")] == [
        f"{who} hid **answer 1 to question 1**: Rude",
        f"{who} brought back **answer 1 to question 1**.",
        f"{who} hid **question 1**: Off topic",
        f"{who} looked up who asked **question 1**: A threat",
        f"{who} stopped the questions of **{asker}**: Spam",
        f"{who} again allowed the questions of **{asker}**.",
    ]


async def test_what_discord_hands_over_twice_hides_once(stage: Stage) -> None:
    await asked(stage)
    stage.sandbox.gateway.say_twice("INTERACTION_CREATE")
    done = await qa(stage, "hide number:1 reason:Off topic")
    assert rows(stage, done)[0] == "Hidden: question 1"
    assert ([one.act for one in trail(stage)], said(stage)) == ([ActKind.HIDE], [HIDDEN])
    assert stage.client.incidents == []


async def typed_and_hidden(stage: Stage) -> Reply:
    """A question that was typed in the thread, hidden."""
    question = await asked(stage)
    # They were told before that typing is not read.
    await stage.database.write(lambda tables: hint(tables, guild(stage), person(stage).user.id, About.UNREAD))
    typed = await person(stage).say(thread(stage), "How does it hold, typed?")

    def note(tables: Tables) -> None:
        tables.execute("UPDATE question SET message_id = ? WHERE id = ?", [int(typed["id"]), question.id])

    await stage.database.write(note)
    return await qa(stage, "hide number:1 reason:Off topic")


async def test_what_was_typed_is_deleted_once(stage: Stage) -> None:
    done = await typed_and_hidden(stage)
    assert rows(stage, done)[3] == "It was typed in the thread, and that message still stands there. Delete it?"
    assert done.message is not None
    for _ in range(2):
        deleted = await organizer(stage).press(done.message, "Delete that message")
        assert content(deleted) == "The message is deleted: question 1."
    assert said(stage) == [HIDDEN]
    assert trail(stage)[1].act is ActKind.DELETE_TYPED


async def test_what_was_typed_is_deleted_by_hand_where_the_bot_may_not(stage: Stage) -> None:
    (known,) = stage.client.guilds
    for role in known.me.roles:
        role._permissions &= ~int(Permission.MANAGE_MESSAGES)
    shown = rows(stage, await typed_and_hidden(stage))
    assert shown[3] == (
        "It was typed in the thread, and that message still stands there. Delete it yourself, or give me the "
        "permission Manage Messages in the forum of posters and hide it again."
    )
    assert "Delete that message" not in shown[-1]


async def test_a_deletion_that_discord_refuses_is_said(stage: Stage) -> None:
    done = await typed_and_hidden(stage)
    world = stage.sandbox.world
    for role in world.guild.members[world.bot.id].role_ids:
        world.guild.roles[role].permissions &= ~int(Permission.MANAGE_MESSAGES)
    assert done.message is not None
    refused = await organizer(stage).press(done.message, "Delete that message")
    assert content(refused).startswith("I may not delete it: the permission Manage Messages is missing")
    assert [one.act for one in trail(stage)] == [ActKind.HIDE]


async def test_what_was_typed_is_deleted_in_an_archived_thread_too(stage: Stage) -> None:
    done = await typed_and_hidden(stage)
    archived = stage.sandbox.world.get_channel(thread(stage)).thread
    assert archived is not None
    archived.archived = True
    stage.sandbox.faults.add(Fault(FaultKind.STATUS, "DELETE", "/messages/", status=400, code=50083))
    assert done.message is not None
    deleted = await organizer(stage).press(done.message, "Delete that message")
    assert (content(deleted), said(stage)) == ("The message is deleted: question 1.", [HIDDEN])
    assert not archived.archived
