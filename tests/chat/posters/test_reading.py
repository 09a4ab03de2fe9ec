"""With the message-content intent: what is typed in a poster's thread is collected, once, and nothing else is."""

import pytest

from bot.domain.posters.limits import shortened
from bot.domain.posters.question import State
from bot.sandbox import posting, threads
from bot.sandbox.state import MessageType
from bot.sandbox_app import Stage
from bot.storage.delivery import outbox
from tests.chat.organizing.test_live import guild, told
from tests.chat.posters import typing
from tests.chat.posters.typing import POSTER, asked, given, newest, stands, thread_id, types
from tests.chat.test_bot import seen
from tests.faults.delivered import until

STEP = "How did you choose the step size?"
LONG = "Does the solver stay stable? " + "I ask because of long trajectories. " * 20


def question_rows(stage: Stage) -> list[outbox.Row]:
    return [row for row in outbox.of_guild(stage.database.reader, guild(stage)) if row.key == "act:question:1"]


def name(stage: Stage, who: str) -> str:
    return f"<@{stage.sandbox.person(who).user.id}>"


async def test_a_typed_question_is_numbered_and_acknowledged_below_it(day: Stage) -> None:
    message = await types(day, "attendee", STEP)
    (question,) = asked(day)
    assert (question.number, question.text, question.named, question.state) == (1, STEP, True, State.OPEN)
    assert (question.poster_id, question.asker) == (POSTER, day.sandbox.person("attendee").user.id)
    assert stands(day) == [f"❓ Question 1: {STEP}\nAsked by {name(day, 'attendee')}"]
    said = newest(day)
    assert (said["message_reference"]["message_id"], said["mentions"]) == (message["id"], [])


async def test_a_long_one_is_not_repeated_in_full(day: Stage) -> None:
    await types(day, "attendee", LONG.strip())
    assert asked(day)[0].text == LONG.strip()
    assert stands(day)[0].splitlines()[0] == (
        "❓ Question 1: Does the solver stay stable? I ask because of long trajectories. I ask because of long…"
    )


async def test_what_was_typed_has_all_that_a_question_has(day: Stage) -> None:
    await types(day, "attendee", STEP)
    await day.sandbox.person("speaker").press(newest(day), "Upvote · 0")
    mine = await day.sandbox.person("attendee").command("/questions mine")
    assert "1 · 1 upvote · no answer yet" in seen(day, mine.message)


@pytest.mark.parametrize("ping", [True, False])
async def test_an_authors_reply_to_what_was_typed_answers_it_and_pings_once(day: Stage, ping: bool) -> None:
    message = await types(day, "attendee", STEP)
    reply = await types(day, "author", "By a line search.", message, ping=ping)
    assert [(one.question, one.text) for one in given(day)] == [(1, "By a line search.")]
    assert asked(day)[0].state is State.ANSWERED
    attendee, author = name(day, "attendee"), name(day, "author")
    rest = "" if ping else f"\nFor {attendee}"
    assert stands(day) == [
        f"✅ Question 1: {STEP}\nAsked by {attendee} · answered by {author}",
        f"💬 Question 1 was answered by {author}.{rest}",
    ]
    said = newest(day)
    assert said["message_reference"]["message_id"] == reply["id"]
    assert [user["username"] for user in said["mentions"]] == ([] if ping else ["attendee"])


async def test_an_authors_reply_to_the_bots_message_answers_its_question(day: Stage) -> None:
    await types(day, "attendee", STEP)
    await types(day, "speaker", "Is the code public?")
    second = newest(day)
    await types(day, "author", "Yes, from May on.", second)
    # And one more, to the message that told of the answer.
    await types(day, "author", "Under MIT.", newest(day))
    assert [(one.question, one.text) for one in given(day)] == [(2, "Yes, from May on."), (2, "Under MIT.")]
    assert [one.state for one in asked(day)] == [State.OPEN, State.ANSWERED]


async def test_an_answer_to_a_question_from_the_form_pings_nobody_who_hid_their_name(day: Stage) -> None:
    form = await day.sandbox.person("attendee").command(f"/ask poster title:{POSTER}")
    await day.sandbox.person("attendee").submit(
        form.modal or {}, {"text": STEP, "who": "Hide my name: only organizers can see it"}
    )
    await told(day)
    await types(day, "author", "By a line search.", newest(day))
    assert stands(day) == [
        f"✅ Question 1: {STEP}\nAsked by somebody · answered by {name(day, 'author')}",
        f"💬 Question 1 was answered by {name(day, 'author')}.",
    ]


async def test_a_long_answer_counts_and_is_kept_as_far_as_it_fits(day: Stage) -> None:
    message = await types(day, "attendee", STEP)
    text = "By a line search. " * 100
    await types(day, "author", text, message)
    assert [one.text for one in given(day)] == [shortened(text.strip())]


@pytest.mark.parametrize(
    ("who", "text"),
    [
        ("attendee", "Nice work!"),
        ("attendee", "🤔❓"),
        ("attendee", "<@123456789012345678> ?"),
        ("author", "We are at board 12 now. Any questions?"),
    ],
)
async def test_other_talk_is_left_alone(day: Stage, who: str, text: str) -> None:
    await types(day, who, text)
    assert (asked(day), given(day), stands(day)) == ([], [], [])


async def test_a_reply_of_somebody_else_is_no_answer(day: Stage) -> None:
    message = await types(day, "attendee", STEP)
    await types(day, "speaker", "I think they use a line search.", message)
    assert (given(day), len(stands(day))) == ([], 1)


@pytest.mark.parametrize("text", ["👍", "www.a.org www.b.org www.c.org see there"])
async def test_a_reply_that_says_nothing_is_no_answer(day: Stage, text: str) -> None:
    message = await types(day, "attendee", STEP)
    await types(day, "author", text, message)
    assert (given(day), asked(day)[0].state) == ([], State.OPEN)


async def test_an_authors_reply_to_other_talk_is_no_answer(day: Stage) -> None:
    await types(day, "attendee", STEP)
    talk = await types(day, "speaker", "Nice work!")
    await types(day, "author", "Thank you.", talk)
    assert given(day) == []


async def test_somebody_who_addresses_the_bot_asks(day: Stage) -> None:
    await types(day, "attendee", f"<@{day.sandbox.bot_user_id}> I wonder about the step size")
    assert [one.text for one in asked(day)] == ["I wonder about the step size"]


async def test_an_organizer_asks_like_everybody(day: Stage) -> None:
    await types(day, "organizer", STEP)
    assert [one.asker for one in asked(day)] == [day.sandbox.person("organizer").user.id]


@pytest.mark.parametrize("replied", [False, True])
async def test_a_message_that_discord_tells_of_twice_counts_once(day: Stage, replied: bool) -> None:
    message = await types(day, "attendee", STEP) if replied else None
    day.sandbox.gateway.say_twice("MESSAGE_CREATE")
    await types(day, "author" if replied else "attendee", "Is it by a line search?", message)
    assert (len(asked(day)), len(given(day)), len(stands(day))) == ((1, 1, 2) if replied else (1, 0, 1))


async def test_what_is_typed_in_other_threads_and_channels_is_not_read(day: Stage) -> None:
    core, world = day.sandbox._core, day.sandbox.world
    payload = {"name": "Where to eat", "message": {"content": "What is good here?"}}
    other, _ = threads.start_post(core, world.channel_named("posters"), world.person("attendee"), payload)
    for place in (other.id, world.channel_named("general").id):
        await types(day, "attendee", STEP, where=place)
    assert asked(day) == []


async def test_bots_and_system_messages_are_not_read(day: Stage) -> None:
    core, channel = day.sandbox._core, day.sandbox.world.channels[thread_id(day)]
    robot = day.sandbox.world.add_user("robot", bot=True)
    posting.write(core, channel, robot, {"content": STEP})
    pinned = posting.Origin(MessageType.PIN)
    posting.write(core, channel, day.sandbox.person("attendee").user, {"content": STEP}, (), pinned)
    await typing.heard(day)
    assert asked(day) == []


async def test_a_thread_deleted_while_somebody_asks_is_opened_anew_with_the_question_in_full(day: Stage) -> None:
    core, channel = day.sandbox._core, day.sandbox.world.channels[thread_id(day)]
    posting.write(core, channel, day.sandbox.person("attendee").user, {"content": LONG.strip()})
    day.sandbox.moderator.delete(channel.id)
    await typing.heard(day)
    await until(lambda: outbox.State.SENT in {row.state for row in question_rows(day)})
    assert thread_id(day) != channel.id
    assert stands(day)[0].splitlines()[0] == f"❓ Question 1: {LONG.strip()}"
    assert "message_reference" not in newest(day)


async def test_a_thread_archived_while_somebody_asks_is_reopened(day: Stage) -> None:
    core, channel = day.sandbox._core, day.sandbox.world.channels[thread_id(day)]
    posting.write(core, channel, day.sandbox.person("attendee").user, {"content": STEP})
    day.sandbox.moderator.archive(channel.id)
    await typing.heard(day)
    assert len(stands(day)) == 1
    assert channel.thread is not None
    assert channel.thread.archived is False
