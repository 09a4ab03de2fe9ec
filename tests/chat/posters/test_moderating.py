"""Organizers hide, restore, stop and look up; people report. What everybody sees follows, and the trail knows."""

import json
from typing import Any

import pytest

from bot.domain.audit import ActKind, Outcome
from bot.domain.posters.question import Question, State
from bot.sandbox import Reply
from bot.sandbox.permissions import Permission
from bot.sandbox_app import Stage
from bot.storage.database import Tables
from bot.storage.delivery import outbox
from bot.storage.posters import questions
from tests.chat.announce.test_twice import second_organizer
from tests.chat.organizing.test_live import organizer, told
from tests.chat.posters.moderated import (
    ANSWER,
    POSTER,
    TEXT,
    answered,
    asked,
    form_filled,
    guild,
    message_of,
    person,
    posted,
    qa,
    rows,
    said,
    thread,
    trail,
)
from tests.chat.test_bot import EPHEMERAL
from tests.faults.delivered import until

STOPPED = (
    "The organizers have stopped you from asking, upvoting and answering. Their reason: Spam. "
    "If you think that is a mistake, write to an organizer."
)
HIDDEN = "~~Question 1~~ was hidden by the organizers."
HIDDEN_ANSWER = "~~An answer to question 1~~ was hidden by the organizers."


def now(stage: Stage, question: Question) -> Question:
    found = questions.of_id(stage.database.reader, guild(stage), question.id)
    assert found is not None
    return found


def content(reply: Any) -> str:
    assert reply.message is not None
    assert reply.message["flags"] & EPHEMERAL
    return str(reply.message["content"])


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


@pytest.mark.parametrize("state", [State.OPEN, State.ANSWERED])
async def test_a_restored_question_is_what_it_was(stage: Stage, state: State) -> None:
    question = await asked(stage)
    if state is State.ANSWERED:
        await answered(stage, question)
    before = said(stage)
    await qa(stage, "hide number:1 reason:Off topic")
    assert said(stage)[0] == HIDDEN
    assert content(await qa(stage, "restore number:1")) == "Brought back: question 1. Its message shows it again."
    assert (said(stage), now(stage, question).state) == (before, state)


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
    listed = await author.command("/questions mine", channel="general")
    assert listed.message is not None
    one = await author.choose(listed.message, "pick-qu", f"1: {TEXT}")
    assert one.message is not None
    rewritten = await form_filled(stage, author, one.message, "Edit", text="Buy my book about dualities")
    assert (content(rewritten), now(stage, mine).text) == (STOPPED, TEXT)
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


async def test_a_report_reaches_the_organizers_once_without_the_name_of_who_reported(stage: Stage) -> None:
    question = await asked(stage, named=True)
    speaker = person(stage, "speaker")
    first = await form_filled(stage, speaker, message_of(stage, question), "Report", why="It is <@1> **rude**")
    second = await form_filled(stage, speaker, message_of(stage, question), "Report", why="Still rude")
    assert content(first) == (
        "The organizers are told that you reported question 1. Thank you. They decide what happens with it."
    )
    assert content(second) == "You reported question 1 before. Thank you: the organizers have your report."
    (report,) = posted(stage, "organizers")
    assert report["content"] == (
        f"🚩 **Question 1 was reported**: It is \\<@\u200b1\\> \\*\\*rude\\*\\*\nAbout **{POSTER}**\n> {TEXT}"
    )
    assert (report["mentions"], report["mention_roles"], report["mention_everyone"]) == ([], [], False)
    assert str(speaker.user.id) not in json.dumps(report)


async def test_who_reports_is_named_where_they_want_it(stage: Stage) -> None:
    question = await asked(stage)
    speaker = person(stage, "speaker")
    who = "Tell the organizers who I am"
    await form_filled(stage, speaker, message_of(stage, question), "Report", why="Rude", who=who)
    (report,) = posted(stage, "organizers")
    assert report["content"].splitlines()[0] == f"🚩 **Question 1 was reported** by <@{speaker.user.id}>: Rude"


async def test_a_report_is_opened_and_the_question_hidden_from_it(stage: Stage) -> None:
    question = await asked(stage)
    await form_filled(stage, person(stage, "speaker"), message_of(stage, question), "Report", why="Rude")
    (report,) = posted(stage, "organizers")
    opened = await organizer(stage).press(report, "Open")
    assert rows(stage, opened)[:3] == ["Question 1", f"> {TEXT}", f"About {POSTER} · asked by somebody · 0 upvotes"]
    done = await form_filled(stage, organizer(stage), report, "Hide", why="Rude indeed")
    assert rows(stage, done)[:2] == ["Hidden: question 1", "Why: Rude indeed"]
    assert said(stage) == [HIDDEN]
    assert done.message is not None
    await organizer(stage).press(done.message, "Bring it back")
    await told(stage)
    assert now(stage, question).state is State.OPEN
    assert opened.message is not None
    stopped = await form_filled(stage, organizer(stage), opened.message, "Stop who asked", why="Spam")
    assert content(stopped).startswith("Whoever asked question 1 can no longer ask, upvote or answer.")
    asks = await person(stage).command(f"/ask poster title:{POSTER}", channel="general")
    assert content(asks) == STOPPED


async def test_what_discord_hands_over_twice_hides_once(stage: Stage) -> None:
    await asked(stage)
    stage.sandbox.gateway.say_twice("INTERACTION_CREATE")
    done = await qa(stage, "hide number:1 reason:Off topic")
    assert rows(stage, done)[0] == "Hidden: question 1"
    assert ([one.act for one in trail(stage)], said(stage)) == ([ActKind.HIDE], [HIDDEN])
    assert stage.client.incidents == []


async def test_only_organizers_look_after_questions(stage: Stage) -> None:
    question = await asked(stage)
    await form_filled(stage, person(stage, "author"), message_of(stage, question), "Report", why="Rude")
    (report,) = posted(stage, "organizers")
    second = second_organizer(stage)
    opened = await second.press(report, "Open")
    assert opened.message is not None
    before = [*stage.sandbox.world.guild.members[second.user.id].role_ids]
    stage.sandbox.world.guild.members[second.user.id].role_ids.clear()
    with_rights_lost = [await second.press(opened.message, label) for label in ("Hide", "Stop who asked")]
    assert [content(reply).split(". ")[0] for reply in with_rights_lost] == ["Only organizers do this"] * 2
    assert now(stage, question).state is State.OPEN
    await until(lambda: len(trail(stage)) == 1)
    assert [(one.act, one.outcome) for one in trail(stage)] == [(ActKind.HIDE, Outcome.REFUSED)]
    stage.sandbox.world.guild.members[second.user.id].role_ids[:] = before
    assert (await second.press(opened.message, "Hide")).kind == "modal"


async def typed_and_hidden(stage: Stage) -> Reply:
    """A question that was typed in the thread, hidden."""
    question = await asked(stage)
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


async def test_a_report_shows_nobody_in_the_outbox(stage: Stage) -> None:
    question = await asked(stage)
    await form_filled(stage, person(stage, "speaker"), message_of(stage, question), "Report", why="Rude")
    stored_rows = json.dumps(
        [(row.key, row.facts.ids, row.place) for row in outbox.of_guild(stage.database.reader, guild(stage))]
    )
    people = [str(person(stage, name).user.id) for name in ("attendee", "speaker")]
    assert [one for one in people if one in stored_rows] == []
    assert ANSWER not in stored_rows
