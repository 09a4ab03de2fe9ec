"""What becomes of questions where Discord or its moderators do something to the posters' threads: none is lost."""

import pytest

from bot.sandbox_app import Stage
from bot.storage import threads
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import Op, Row, State
from tests.chat.posters.asking import TEXT, ask, buttons, first_poster, person, posted, press, thread
from tests.chat.test_bot import seen
from tests.faults.delivered import until

_OTHER = "Which data did you train on?"


def rows(stage: Stage, op: Op) -> list[Row]:
    found = outbox.of_guild(stage.database.reader, stage.sandbox.world.guild.id)
    return [row for row in found if row.op is op and row.key.startswith("act:") and "/" in row.place]


def name(stage: Stage) -> str:
    return stage.program.posters[0].title


async def retried(stage: Stage) -> None:
    """Let what waits for another attempt have it now."""
    await stage.database.write(lambda tables: tables.execute("UPDATE outbox SET retry_at = 0 WHERE state = 'queued'"))
    stage.worker.wake()
    await posted(stage)


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
    start, asked = thread(stage)
    assert (buttons(start)[0], seen(stage, asked).splitlines()[0]) == ("Ask a question", f"❓ Question 2: {_OTHER}")
    listed = await press(stage, "speaker", start, "Questions")
    assert TEXT in seen(stage, listed.message)


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


async def test_where_the_server_is_full_of_threads_quiet_posters_make_room(stage: Stage) -> None:
    first, second = (poster.id for poster in stage.program.posters[:2])
    await ask(stage, poster=first)
    stage.sandbox.moderator.fill_guild()
    await ask(stage, _OTHER, "speaker", poster=second)
    await retried(stage)
    kept = threads.of_subject(stage.database.reader, stage.sandbox.world.guild.id, f"poster/{first}")
    assert kept is not None
    quiet = stage.sandbox.world.channels[kept.thread_id].thread
    assert quiet is not None
    assert (quiet.archived, len(thread(stage, poster=second))) == (True, 2)


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
