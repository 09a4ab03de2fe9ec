"""People upvote questions: once each, and the message follows without being edited for every vote."""

import asyncio
from datetime import timedelta

from bot.actions.posters.say import GATHERED
from bot.domain.posters.question import State
from bot.sandbox import Exchange, PersonSpec
from bot.sandbox.building import _add_person
from bot.sandbox_app import Stage
from bot.storage.delivery import outbox
from tests.chat.posters.asking import TEXT, ask, buttons, everything, person, posted, press, question, rows, thread
from tests.chat.test_bot import seen

#: In all, and at the same instant: server and bot share one process here.
_CROWD, _AT_ONCE = 200, 20
#: Programme seconds in a real second.
_STILL = 0.001


async def settled(stage: Stage) -> None:
    """Let the seconds pass in which votes are gathered."""
    stage.clock.move_to(stage.clock.now() + timedelta(seconds=4))
    stage.worker.wake()
    await posted(stage)


async def test_each_votes_once_and_the_message_shows_it(stage: Stage) -> None:
    await ask(stage)
    said = [seen(stage, (await press(stage, "speaker", thread(stage)[1], "Upvote")).message) for _ in range(2)]
    await settled(stage)
    assert said == [
        "You upvoted: question 1. It has 1 upvote.",
        "You upvoted question 1 before. It has 1 upvote.",
    ]
    assert buttons(thread(stage)[1])[0] == "Upvote · 1"


async def test_nobody_votes_for_their_own_question(stage: Stage) -> None:
    await ask(stage)
    refused = await press(stage, "attendee", thread(stage)[1], "Upvote")
    assert (seen(stage, refused.message), question(stage).votes) == (
        "This is your own question. Others can upvote it.",
        0,
    )


async def test_a_vote_can_be_taken_back(stage: Stage) -> None:
    await ask(stage)
    await press(stage, "speaker", thread(stage)[1], "Upvote")
    listed = await press(stage, "speaker", thread(stage)[0], "Questions")
    assert listed.message is not None
    shown = await person(stage, "speaker").choose(listed.message, "Open a question", f"1: {question(stage).text}")
    assert shown.message is not None
    await press(stage, "speaker", shown.message, "Take upvote back")
    await settled(stage)
    assert (question(stage).votes, buttons(thread(stage)[1])[0]) == (0, "Upvote · 0")


async def test_two_hundred_who_vote_within_five_seconds_are_all_counted_in_three_edits(stage: Stage) -> None:
    await ask(stage)
    asked, world = thread(stage)[1], stage.sandbox.world
    names = [f"person{number}" for number in range(_CROWD)]
    for name in names:
        _add_person(world, world.guild, PersonSpec(name), {})
    edits: list[str] = []

    def note(exchange: Exchange) -> None:
        if exchange.method == "PATCH" and exchange.path.endswith(asked["id"]):
            edits.append(exchange.path)

    stage.sandbox.observers.append(note)
    # The programme's seconds pass as told here, however long it takes this machine to let two hundred press.
    stage.clock.run_at(_STILL)
    boundary = outbox.instant(0) + ((stage.clock.now() - outbox.instant(0)) // GATHERED + 1) * GATHERED
    replies = []
    for third, seconds in enumerate((-0.1, 1.0, 3.1)):
        await stage.clock.live_through(boundary + timedelta(seconds=seconds))
        voting = names[third::3]
        for start in range(0, len(voting), _AT_ONCE):
            some = voting[start : start + _AT_ONCE]
            replies += await asyncio.gather(*(press(stage, name, asked, "Upvote") for name in some))
    await settled(stage)
    assert {reply.kind for reply in replies} == {"message"}
    assert (question(stage).votes, buttons(thread(stage)[1])[0]) == (_CROWD, f"Upvote · {_CROWD}")
    assert len(edits) == 3


async def test_an_upvote_instead_of_ones_own_question_may_be_pressed_twice(stage: Stage) -> None:
    await ask(stage)
    done = await ask(stage, "why is the sampler diverging with low noise", "speaker")
    assert done.message is not None
    shown = await asyncio.gather(*(press(stage, "speaker", done.message, "Upvote 1") for _ in range(2)))
    assert [rows(stage, one)[0] for one in shown] == ["Question 1", "Question 1"]
    assert (question(stage).votes, everything(stage)) == (1, [(1, TEXT, State.OPEN)])


async def test_where_the_upvote_is_refused_ones_own_question_is_kept(stage: Stage) -> None:
    done = await ask(stage)
    alike = await ask(stage, "why is the sampler diverging with low noise", "speaker")
    assert done.message is not None
    assert alike.message is not None
    await press(stage, "attendee", done.message, "Withdraw")
    refused = await press(stage, "speaker", alike.message, "Upvote 1")
    assert seen(stage, refused.message) == "This question is not there any more. /questions shows those that are."
    assert [state for _, _, state in everything(stage)] == [State.WITHDRAWN, State.DRAFT]


async def test_the_most_upvoted_come_first(stage: Stage) -> None:
    await ask(stage)
    await ask(stage, "Which data did you train on?", "author")
    await press(stage, "speaker", thread(stage)[2], "Upvote")
    shown = await person(stage, "speaker").command("/questions top")
    assert [row for row in rows(stage, shown) if "upvote" in row] == [
        "2 · 1 upvote · no answer yet",
        "1 · 0 upvotes · no answer yet",
    ]
