"""Where a server is full of threads, quiet posters make room, and what finds none waits."""

from bot.sandbox import Exchange
from bot.sandbox.state import Channel
from bot.sandbox_app import Stage
from bot.storage import threads
from bot.storage.delivery.outbox import Op, State
from tests.chat.posters.asking import (
    TEXT,
    ask,
    form,
    person,
    press,
    thread,
)
from tests.faults.delivered import until
from tests.faults.test_thread_faults import _OTHER, edits, lines, retried, rows


def channel(stage: Stage, poster: str) -> Channel:
    kept = threads.of_subject(stage.database.reader, stage.sandbox.world.guild.id, f"poster/{poster}")
    assert kept is not None
    return stage.sandbox.world.channels[kept.thread_id]


def archived(stage: Stage, poster: str) -> bool:
    data = channel(stage, poster).thread
    assert data is not None
    return data.archived


async def test_where_the_server_is_full_of_threads_quiet_posters_make_room(stage: Stage) -> None:
    first, second = (poster.id for poster in stage.program.posters[:2])
    await ask(stage, poster=first)
    stage.sandbox.moderator.fill_guild()
    await ask(stage, _OTHER, "speaker", poster=second)
    await retried(stage)
    assert (archived(stage, first), len(thread(stage, poster=second))) == (True, 2)


async def test_what_is_archived_already_makes_no_room_and_is_passed_over(stage: Stage) -> None:
    *quiet, used, new = (poster.id for poster in stage.program.posters[:7])
    for number, poster in enumerate((*quiet, used)):
        await ask(stage, f"{TEXT} {number}", poster=poster)
    for poster in quiet:
        stage.sandbox.moderator.archive(channel(stage, poster).id)
    stage.sandbox.moderator.fill_guild()
    await ask(stage, _OTHER, "speaker", poster=new)
    await retried(stage)
    assert (lines(stage, poster=new), archived(stage, used)) == ([f"❓ Question 7: {_OTHER}"], True)


async def test_a_thread_that_may_not_be_archived_does_not_keep_others_from_making_room(stage: Stage) -> None:
    locked, quiet, new = (poster.id for poster in stage.program.posters[:3])
    for poster, text in ((locked, TEXT), (quiet, _OTHER)):
        await ask(stage, text, poster=poster)
    stage.sandbox.faults.status(403, f"/channels/{channel(stage, locked).id}$", method="PATCH", code=50013)
    stage.sandbox.moderator.fill_guild()
    await ask(stage, "Is there code to try?", "speaker", poster=new)
    await retried(stage)
    assert [archived(stage, one) for one in (locked, quiet, new)] == [False, True, False]


async def test_locked_threads_come_last_to_make_room_and_what_is_missing_is_named(stage: Stage) -> None:
    *locked, quiet, new = (poster.id for poster in stage.program.posters[:5])
    for number, poster in enumerate((*locked, quiet)):
        await ask(stage, f"{TEXT} {number}", poster=poster)
    for poster in locked:
        stage.sandbox.moderator.lock(channel(stage, poster).id)
        stage.sandbox.faults.status(403, f"/channels/{channel(stage, poster).id}$", method="PATCH", code=50013)
    stage.sandbox.faults.status(403, f"/channels/{channel(stage, quiet).id}$", method="PATCH", code=50013)
    tried: list[str] = []

    def note(exchange: Exchange) -> None:
        if exchange.method == "PATCH" and "/channels/" in exchange.path:
            tried.append(exchange.path.rpartition("/")[2])

    stage.sandbox.observers.append(note)
    stage.sandbox.moderator.fill_guild()
    await person(stage, "speaker").submit(await form(stage, "speaker", poster=new), {"text": _OTHER, "who": "named"})
    await until(lambda: len(rows(stage, Op.THREAD)) == 5 and rows(stage, Op.THREAD)[-1].last_error is not None)
    assert (tried[0], rows(stage, Op.THREAD)[-1].last_error) == (
        str(channel(stage, quiet).id),
        "the server has as many threads as Discord allows, and none of the bot's makes room: "
        "give the bot Manage Threads",
    )


async def test_where_nothing_makes_room_a_question_waits_and_says_what_it_needs(stage: Stage) -> None:
    stage.sandbox.moderator.fill_guild()
    await person(stage, "attendee").submit(await form(stage), {"text": TEXT, "who": "named"})
    await until(lambda: bool(rows(stage, Op.THREAD)) and rows(stage, Op.THREAD)[0].last_error is not None)
    (opening,) = rows(stage, Op.THREAD)
    assert (opening.state, opening.last_error) == (
        State.QUEUED,
        "the server has as many threads as Discord allows, and none of the bot's makes room: archive some",
    )
    stage.sandbox.moderator.fill_guild(False)
    await retried(stage)
    assert lines(stage) == [f"❓ Question 1: {TEXT}"]


async def test_in_a_full_server_others_make_room_for_what_reopens_a_thread(stage: Stage) -> None:
    first, second = (poster.id for poster in stage.program.posters[:2])
    done = await ask(stage, poster=first)
    await ask(stage, _OTHER, "speaker", poster=second)
    stage.sandbox.moderator.archive(channel(stage, first).id)
    stage.sandbox.moderator.fill_guild()
    await ask(stage, "Is there code to try?", "speaker", poster=first)
    await retried(stage)
    assert lines(stage, poster=first) == [f"❓ Question 1: {TEXT}", "❓ Question 3: Is there code to try?"]
    # An edit reopens its thread, too.
    stage.sandbox.moderator.archive(channel(stage, second).id, archived=False)
    stage.sandbox.moderator.archive(channel(stage, first).id)
    stage.sandbox.moderator.fill_guild()
    assert done.message is not None
    await press(stage, "attendee", done.message, "Withdraw")
    await retried(stage)
    assert lines(stage, poster=first)[0] == "~~Question 1~~ was withdrawn by whoever asked it."
    assert {row.state for row in edits(stage)} == {State.SENT}
