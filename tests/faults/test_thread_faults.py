"""What becomes of questions where Discord or its moderators do something to the posters' threads: none is lost."""

from datetime import timedelta

import pytest

from bot.actions.posters.answer import answer
from bot.actions.posters.say import GATHERED
from bot.actions.posters.vote import vote
from bot.domain.audit import By
from bot.domain.reminders.notice import NoticeKind
from bot.sandbox_app import Stage
from bot.storage import threads
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import Op, Row, State
from tests.chat.posters.asking import (
    TEXT,
    ask,
    buttons,
    claims,
    first_poster,
    form,
    person,
    posted,
    press,
    question,
    thread,
)
from tests.chat.test_bot import seen
from tests.faults.delivered import until

_OTHER = "Which data did you train on?"


def rows(stage: Stage, op: Op) -> list[Row]:
    found = outbox.of_guild(stage.database.reader, stage.sandbox.world.guild.id)
    return [row for row in found if row.op is op and row.key.startswith("act:") and "/" in row.place]


def name(stage: Stage) -> str:
    return stage.program.posters[0].title


def everything(stage: Stage) -> list[Row]:
    return outbox.of_guild(stage.database.reader, stage.sandbox.world.guild.id)


def edits(stage: Stage) -> list[Row]:
    return [row for row in everything(stage) if row.op is Op.EDIT]


def lines(stage: Stage, *, poster: str | None = None) -> list[str]:
    """How the messages in a poster's thread begin, below the first, by name."""
    return sorted(seen(stage, one).splitlines()[0] for one in thread(stage, poster=poster)[1:])


async def retried(stage: Stage) -> None:
    """Let what waits for another attempt have it now."""
    await stage.database.write(lambda tables: tables.execute("UPDATE outbox SET retry_at = 0 WHERE state = 'queued'"))
    stage.worker.wake()
    await posted(stage)
    # What stood in a thread that is opened anew comes back one by one.
    await stage.clock.live_through(stage.clock.now() + timedelta(minutes=1))


async def test_a_question_reopens_the_archived_thread(stage: Stage) -> None:
    await ask(stage)
    stage.sandbox.moderator.archive(name(stage))
    await ask(stage, _OTHER, "speaker")
    assert [seen(stage, one).splitlines()[0] for one in thread(stage)[1:]] == [
        f"❓ Question 1: {TEXT}",
        f"❓ Question 2: {_OTHER}",
    ]


async def test_an_edit_reopens_the_archived_thread(stage: Stage) -> None:
    done = await ask(stage)
    stage.sandbox.moderator.archive(name(stage))
    assert done.message is not None
    await press(stage, "attendee", done.message, "Withdraw")
    await posted(stage)
    assert seen(stage, thread(stage)[1]).splitlines()[0] == "~~Question 1~~ was withdrawn by whoever asked it."


async def test_a_locked_thread_takes_questions_from_who_may_manage_threads(stage: Stage) -> None:
    await ask(stage)
    stage.sandbox.moderator.lock(name(stage))
    await ask(stage, _OTHER, "speaker")
    assert len(thread(stage)) == 3


async def test_a_deleted_thread_is_opened_anew_for_the_next_question(stage: Stage) -> None:
    await ask(stage)
    stage.sandbox.moderator.delete(name(stage))
    await ask(stage, _OTHER, "speaker")
    await retried(stage)
    assert buttons(thread(stage)[0])[0] == "Ask a question"
    assert lines(stage) == [f"❓ Question 1: {TEXT}", f"❓ Question 2: {_OTHER}"]


async def test_a_thread_that_is_opened_anew_has_the_answers_behind_their_questions(stage: Stage) -> None:
    await claims(stage)
    for text, who in ((TEXT, "attendee"), (_OTHER, "speaker")):
        await ask(stage, text, who)
    # The order in which they are given is not that in which they belong.
    for number in (2, 1):
        await answered(stage, number, f"Because of {number}.")
    stage.sandbox.moderator.delete(name(stage))
    by = By(person(stage, "speaker").user.id, 9, stage.clock.now())
    await vote(stage.database, stage.sandbox.world.guild.id, question(stage).id, by=by)
    await stage.clock.live_through(stage.clock.now() + timedelta(minutes=1))
    author = person(stage, "author").user.id
    shown = [seen(stage, one).splitlines()[:2] for one in thread(stage)[1:]]
    assert [rows[0] for rows in shown] == [
        f"✅ Question 1: {TEXT}",
        f"💬 Answer to question 1 by <@{author}>:",
        f"✅ Question 2: {_OTHER}",
        f"💬 Answer to question 2 by <@{author}>:",
    ]
    assert shown[-1][1] == "> Because of 2."
    by_id = {one["id"]: one for one in thread(stage)}
    answers = [one for one in thread(stage) if one.get("message_reference")]
    questions = [by_id[one["message_reference"]["message_id"]] for one in answers]
    assert [seen(stage, one).splitlines()[0][2:12] for one in questions] == ["Question 1", "Question 2"]
    # Whoever asked was told of it already.
    assert [one["mentions"] for one in answers] == [[], []]


async def answered(stage: Stage, number: int, text: str) -> None:
    by = By(person(stage, "author").user.id, 9_000 + len(everything(stage)), stage.clock.now())
    await answer(stage.database, stage.sandbox.world.guild.id, question(stage, number).id, text, by=by)
    stage.worker.wake()
    await posted(stage)


async def test_a_change_of_a_question_opens_a_deleted_thread_anew_with_all_that_is_open(stage: Stage) -> None:
    done = await ask(stage)
    await ask(stage, _OTHER, "speaker")
    stage.sandbox.moderator.delete(name(stage))
    assert done.message is not None
    await press(stage, "attendee", done.message, "Withdraw")
    await retried(stage)
    (edit,) = edits(stage)
    assert (edit.state, edit.last_error) == (State.CANCELLED, "its thread was deleted")
    assert lines(stage) == [f"❓ Question 2: {_OTHER}"]
    assert [row.facts.kind for row in everything(stage) if row.facts.kind is NoticeKind.REPORT] == []
    # The new message is the question's own from now on.
    await press(stage, "attendee", thread(stage)[1], "Upvote")
    stage.clock.move_to(stage.clock.now() + GATHERED)
    stage.worker.wake()
    await posted(stage)
    assert buttons(thread(stage)[1])[0] == "Upvote · 1"


async def test_a_question_whose_message_a_moderator_deleted_is_changed_without_it(stage: Stage) -> None:
    done = await ask(stage)
    at = threads.of_subject(stage.database.reader, stage.sandbox.world.guild.id, f"poster/{first_poster(stage)}")
    stage.sandbox.moderator.delete_message(name(stage), thread(stage)[1]["id"])
    assert done.message is not None
    await press(stage, "attendee", done.message, "Withdraw")
    await posted(stage)
    (edit,) = edits(stage)
    assert (edit.state, edit.last_error) == (State.CANCELLED, "the message was deleted")
    now = threads.of_subject(stage.database.reader, stage.sandbox.world.guild.id, f"poster/{first_poster(stage)}")
    assert (now, len(thread(stage))) == (at, 1)


async def test_without_a_forum_questions_are_kept_and_posted_once_there_is_one(stage: Stage) -> None:
    posters = stage.sandbox.world.channel_named("posters")
    posters.name = "something-else"
    for guild in stage.client.guilds:
        (forum,) = guild.forums
        forum.name = "something-else"
    done = await ask(stage)
    assert seen(stage, done.message).splitlines()[0] == "Question 1 is recorded"
    (opening,), (question,) = rows(stage, Op.THREAD), rows(stage, Op.MESSAGE)
    assert (opening.state, opening.last_error) == (
        State.FAILED,
        "there is no forum #posters (posters): create it, or correct server.yaml",
    )
    await retried(stage)
    (question,) = rows(stage, Op.MESSAGE)
    assert question.state is State.FAILED
    posters.name = forum.name = "posters"
    await ask(stage, _OTHER, "speaker")
    await retried(stage)
    assert [seen(stage, one).splitlines()[0] for one in thread(stage)[1:]] == [
        f"❓ Question 1: {TEXT}",
        f"❓ Question 2: {_OTHER}",
    ]


async def test_a_thread_whose_opening_went_wrong_is_found_by_whatever_name(stage: Stage) -> None:
    stage.sandbox.faults.reset_after("/threads", method="POST")
    await person(stage, "attendee").submit(await form(stage), {"text": TEXT, "who": "named"})
    await until(lambda: bool(rows(stage, Op.THREAD)) and rows(stage, Op.THREAD)[0].last_error is not None)
    (post,) = (one for one in stage.sandbox.world.channels.values() if one.thread)
    post.name = "Renamed by a moderator"
    await retried(stage)
    assert [one.name for one in stage.sandbox.world.channels.values() if one.thread] == ["Renamed by a moderator"]
    assert lines(stage) == [f"❓ Question 1: {TEXT}"]


@pytest.mark.parametrize("fault", ["reset after", "hang", "500"])
async def test_a_thread_whose_opening_went_wrong_on_the_way_is_there_once(stage: Stage, fault: str) -> None:
    faults, path = stage.sandbox.faults, "/threads"
    match fault:
        case "reset after":
            faults.reset_after(path, method="POST")
        case "hang":
            faults.hang(path, method="POST", seconds=1.0)
        case _:
            faults.status(500, path, method="POST")
    modal = (await person(stage, "attendee").command(f"/ask poster title: {first_poster(stage)}")).modal
    assert modal is not None
    await person(stage, "attendee").submit(modal, {"text": TEXT})
    await until(lambda: bool(rows(stage, Op.THREAD)) and rows(stage, Op.THREAD)[0].attempts > 0)
    await until(lambda: rows(stage, Op.THREAD)[0].state is not State.LEASED)
    await retried(stage)
    posts = [one for one in stage.sandbox.world.channels.values() if one.thread]
    assert (len(posts), len(thread(stage))) == (1, 2)
