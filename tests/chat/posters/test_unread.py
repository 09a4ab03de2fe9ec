"""Without the message-content intent: who types is told once how to be heard, and what mentions the bot is read."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.posters.question import State
from bot.sandbox import posting
from bot.sandbox_app import Stage
from bot.storage.delivery import outbox
from tests.chat.organizing.test_live import guild
from tests.chat.posters import typing
from tests.chat.posters.typing import asked, edits, given, newest, stands, thread_id, types
from tests.chat.test_bot import seen
from tests.discord_schema import SchemaCheck

STEP = "How did you choose the step size?"
HINT = """\
I cannot read what is typed here.
Is it a question? Press Ask a question. Or press and hold your message (on a computer: right-click it), then Apps, \
Collect as question."""
FOR_AUTHORS = """\
I cannot read what is typed here.
Is it an answer? Press Answer below the question. Or press and hold your message (on a computer: right-click it), then \
Apps, Mark as answer."""


@pytest.fixture
async def day(schema: SchemaCheck | None, tmp_path: Path) -> AsyncIterator[Stage]:
    async with typing.thread(tmp_path, schema, heard=False) as stage:
        yield stage


async def test_who_types_is_told_once_how_to_be_heard_without_a_ping(day: Stage) -> None:
    first = await types(day, "attendee", STEP)
    await types(day, "attendee", "Hello?")
    assert (asked(day), stands(day)) == ([], [HINT])
    said = newest(day)
    assert (said["message_reference"]["message_id"], said["mentions"]) == (first["id"], [])


async def test_each_person_is_told(day: Stage) -> None:
    await types(day, "attendee", STEP)
    await types(day, "speaker", STEP)
    assert stands(day) == [HINT, HINT]


async def test_an_author_is_told_how_to_answer(day: Stage) -> None:
    await types(day, "author", "By a line search.")
    await types(day, "author", "As in appendix B.")
    assert stands(day) == [FOR_AUTHORS]


async def test_the_hints_button_asks(day: Stage) -> None:
    await types(day, "attendee", STEP)
    form = await day.sandbox.person("attendee").press(newest(day), "Ask a question")
    assert (form.kind, (form.modal or {})["title"]) == ("modal", "Ask about a poster")


async def test_with_the_intent_nobody_is_told(schema: SchemaCheck | None, tmp_path: Path) -> None:
    async with typing.thread(tmp_path, schema, heard=True) as stage:
        await types(stage, "attendee", "Hello")
        assert stands(stage) == []


async def test_a_message_that_discord_tells_of_twice_is_hinted_at_once(day: Stage) -> None:
    day.sandbox.gateway.say_twice("MESSAGE_CREATE")
    await types(day, "attendee", STEP)
    assert stands(day) == [HINT]


async def test_elsewhere_nobody_is_told(day: Stage) -> None:
    await types(day, "attendee", STEP, where=day.sandbox.world.channel_named("general").id)
    rows = outbox.of_guild(day.database.reader, guild(day))
    assert [row.key for row in rows if "hint" in row.key] == []


async def test_a_reply_that_pings_the_bot_is_read(day: Stage) -> None:
    form = await day.sandbox.person("attendee").command("/ask poster title:0gEFLVUL6n")
    await day.sandbox.person("attendee").submit(form.modal or {}, {"text": STEP})
    await typing.heard(day)
    question = newest(day)
    await types(day, "speaker", "Is it a line search?", question)
    await types(day, "author", "By a line search.", question)
    assert [(one.number, one.text) for one in asked(day)] == [(1, STEP), (2, "Is it a line search?")]
    assert [(one.question, one.text) for one in given(day)] == [(1, "By a line search.")]
    assert asked(day)[0].state is State.ANSWERED


async def test_a_reply_that_pings_nobody_is_not_read(day: Stage) -> None:
    form = await day.sandbox.person("attendee").command("/ask poster title:0gEFLVUL6n")
    await day.sandbox.person("attendee").submit(form.modal or {}, {"text": STEP})
    await typing.heard(day)
    await types(day, "author", "By a line search.", newest(day), ping=False)
    assert (given(day), stands(day)[-1]) == ([], FOR_AUTHORS)


async def test_a_message_that_mentions_the_bot_is_read_and_its_edits_are(day: Stage) -> None:
    bot = f"<@{day.sandbox.bot_user_id}>"
    message = await types(day, "attendee", f"{bot} {STEP}")
    assert [one.text for one in asked(day)] == [STEP]
    await edits(day, message, f"{bot} How did you choose the order?")
    assert [one.text for one in asked(day)] == ["How did you choose the order?"]


async def test_an_edit_that_cannot_be_read_changes_nothing(day: Stage) -> None:
    message = await types(day, "attendee", STEP)
    await day.sandbox.person("attendee").context_menu("Collect as question", message)
    await edits(day, message, "How did you choose the order?")
    assert [one.text for one in asked(day)] == [STEP]


async def test_a_hint_does_not_open_a_thread_that_was_deleted(day: Stage) -> None:
    core, channel = day.sandbox._core, day.sandbox.world.channels[thread_id(day)]
    posting.write(core, channel, day.sandbox.person("attendee").user, {"content": STEP})
    day.sandbox.moderator.delete(channel.id)
    await typing.heard(day)
    rows = outbox.of_guild(day.database.reader, guild(day))
    states = [(row.key.split(":")[1], row.state) for row in rows if row.key.startswith(("act:thread:", "act:hint:"))]
    assert states == [("thread", outbox.State.SENT), ("hint", outbox.State.CANCELLED)]


async def test_the_check_says_what_is_read(day: Stage) -> None:
    reply = await day.sandbox.person("organizer").command("/setup check", channel="organizers")
    text = seen(day, reply.message)
    assert "what people type without a command is not read, unless it mentions me." in text
