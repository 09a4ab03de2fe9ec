"""What was typed while the bot was away, and a Discord that refuses the intent after all."""

import asyncio
import logging
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.posters.catching_up import LOOKED_BACK
from bot.domain.posters.question import State
from bot.sandbox import posting
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.snowflake import snowflake_at
from bot.sandbox_app import Stage
from bot.storage.posters import typed
from tests.chat.organizing.test_live import guild
from tests.chat.posters import typing
from tests.chat.posters.moderated import form_filled
from tests.chat.posters.typing import asked, given, stands, thread_id, types
from tests.discord_schema import SchemaCheck
from tests.faults.delivered import until

STEP = "How did you choose the step size?"


async def gone(stage: Stage) -> None:
    """The bot loses its connection for good: the library does not come back by itself, and misses what is said."""
    first = stage.client
    await stage.sandbox.gateway.drop(4012)
    await until(first.is_closed)


async def back(stage: Stage) -> None:
    await until(lambda: not stage.client.is_closed())
    await stage.connection.ready()
    await until(lambda: not any(task.get_name() == "discord.py: on_ready" for task in asyncio.all_tasks()))
    await typing.heard(stage)


async def test_what_was_typed_meanwhile_is_read_once_it_is_back(day: Stage) -> None:
    first = await types(day, "attendee", STEP)
    await gone(day)
    day.clock.move_to(day.clock.now() + timedelta(minutes=5))
    await day.sandbox.person("speaker").say(thread_id(day), "Is the code public?")
    await day.sandbox.person("author").say(thread_id(day), "By a line search.", first)
    await back(day)
    assert [one.text for one in asked(day)] == [STEP, "Is the code public?"]
    assert [(one.question, one.text) for one in given(day)] == [(1, "By a line search.")]
    assert len(stands(day)) == 3


async def test_what_was_edited_or_deleted_meanwhile_is_followed_and_nothing_else_is_touched(day: Stage) -> None:
    edited = await types(day, "attendee", STEP)
    deleted = await types(day, "speaker", "Is the code public?")
    rewritten = await types(day, "organizer", "Nice work!")
    given_up = await types(day, "author", "By a line search.", edited)
    # It becomes a question by this correction.
    await typing.edits(day, rewritten, "Which order does it have?")
    organizer = day.sandbox.person("organizer")
    listed = await organizer.command("/questions mine", channel="general")
    opened = await organizer.choose(listed.message or {}, "pick-qu", "3: Which order does it have?")
    await form_filled(day, organizer, opened.message or {}, "Edit", text="Which order has it?")
    await gone(day)
    day.clock.move_to(day.clock.now() + timedelta(hours=1))
    await typing.writer(day, edited).edit(edited, "How did you choose the order?")
    await typing.writer(day, deleted).delete(deleted)
    await typing.writer(day, given_up).delete(given_up)
    await back(day)
    assert [(one.text, one.state) for one in asked(day)] == [
        ("How did you choose the order?", State.OPEN),
        ("Is the code public?", State.WITHDRAWN),
        ("Which order has it?", State.OPEN),
    ]
    assert given(day) == []
    assert stands(day)[1].splitlines()[0] == "~~Question 2~~ was withdrawn."


@pytest.mark.matrix
async def test_without_the_intent_deletions_are_followed(schema: SchemaCheck | None, tmp_path: Path) -> None:
    async with typing.thread(tmp_path, schema, heard=False) as stage:
        message = await types(stage, "attendee", STEP)
        await stage.sandbox.person("attendee").context_menu("Collect as question", message)
        await typing.heard(stage)
        await gone(stage)
        await typing.writer(stage, message).delete(message)
        await back(stage)
        assert [one.state for one in asked(stage)] == [State.WITHDRAWN]


async def test_what_was_read_and_then_thrown_away_is_not_read_again(day: Stage) -> None:
    message = await types(day, "attendee", "Is it stable? " + "x" * 950)
    day.clock.move_to(day.clock.now() + timedelta(minutes=5))
    await types(day, "speaker", "Nice work!")
    await day.database.write(lambda tables: tables.execute("DELETE FROM question"))
    await gone(day)
    await back(day)
    assert asked(day) == []
    assert int(message["id"]) < (typed.read_up_to(day.database.reader, guild(day)) or 0)


async def held_while_others_type(stage: Stage) -> None:
    """The bot is back, and what it missed takes long to come; meanwhile somebody types. Then it is gone again."""
    late = stage.sandbox.faults.add(
        Fault(FaultKind.HANG, "GET", f"/channels/{thread_id(stage)}/messages", seconds=60.0)
    )
    await until(lambda: late.taken == 1)
    stage.clock.move_to(stage.clock.now() + timedelta(minutes=5))
    message = await stage.sandbox.person("speaker").say(thread_id(stage), "Nice work!")
    async with asyncio.timeout(10):
        await stage.client.wait_for("message", check=lambda one: str(one.id) == message["id"])
        await until(lambda: not any(task.get_name() == "discord.py: on_message" for task in asyncio.all_tasks()))
    await gone(stage)


async def test_what_was_typed_before_is_not_lost_where_others_type_before_it_is_read(day: Stage) -> None:
    await types(day, "attendee", "Nice work!")
    await gone(day)
    day.clock.move_to(day.clock.now() + timedelta(minutes=5))
    await day.sandbox.person("attendee").say(thread_id(day), STEP)
    await held_while_others_type(day)
    await back(day)
    assert [one.text for one in asked(day)] == [STEP]


async def test_nor_where_the_bot_begins_a_new_session_by_itself(day: Stage) -> None:
    await types(day, "attendee", "Nice work!")
    sessions = day.sandbox.gateway.identifies
    day.clock.move_to(day.clock.now() + timedelta(minutes=5))
    day.sandbox.gateway.invalid_session()
    await day.sandbox.person("attendee").say(thread_id(day), STEP)
    held = asyncio.create_task(held_while_others_type(day))
    await day.sandbox.gateway.identified(sessions + 1)
    await held
    await back(day)
    assert [one.text for one in asked(day)] == [STEP]


async def test_of_long_ago_nothing_is_read(day: Stage) -> None:
    await gone(day)
    await day.database.write(lambda tables: tables.execute("UPDATE read_up_to SET message_id = 1"))
    long_ago = posting.Origin(message_id=snowflake_at(day.clock.now() - LOOKED_BACK - timedelta(minutes=1)))
    channel, attendee = day.sandbox.world.channels[thread_id(day)], day.sandbox.person("attendee").user
    posting.write(day.sandbox._core, channel, attendee, {"content": STEP}, (), long_ago)
    posting.write(day.sandbox._core, channel, attendee, {"content": "Is the code public?"})
    await back(day)
    assert [one.text for one in asked(day)] == ["Is the code public?"]


async def test_a_history_that_may_not_be_read_is_logged(day: Stage, caplog: pytest.LogCaptureFixture) -> None:
    await types(day, "attendee", "Nice work!")
    await gone(day)
    day.clock.move_to(day.clock.now() + timedelta(minutes=5))
    await day.sandbox.person("attendee").say(thread_id(day), STEP)
    day.sandbox.faults.status(403, f"/channels/{thread_id(day)}/messages", method="GET", code=50001)
    await back(day)
    assert asked(day) == []
    assert f"thread {thread_id(day)} cannot be caught up with" in caplog.text


async def test_where_discord_refuses_the_intent_the_bot_goes_on_without_it(
    day: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    assert day.client.reads_content
    first = day.client
    with caplog.at_level(logging.WARNING, "bot.chat.connection"):
        await day.sandbox.gateway.drop(4014)
        await until(lambda: first.is_closed() and day.client is not first)
        await back(day)
    assert not day.client.reads_content
    assert [record.getMessage().partition(",")[0] for record in caplog.records if "intent" in record.getMessage()] == [
        "Discord refused the Message Content intent"
    ]
    await types(day, "attendee", STEP)
    assert stands(day)[0].splitlines()[0] == "I cannot read what is typed here."


async def test_what_is_told_again_after_a_short_break_counts_once(day: Stage) -> None:
    await day.sandbox.gateway.drop(4000)
    await day.sandbox.person("attendee").say(thread_id(day), STEP)
    await until(lambda: day.sandbox.gateway.resumes == 1)
    await typing.heard(day)
    assert ([one.text for one in asked(day)], len(stands(day))) == ([STEP], 1)


async def test_a_question_asked_and_edited_in_one_breath_says_what_it_says_last(day: Stage) -> None:
    message = await day.sandbox.person("attendee").say(thread_id(day), STEP)
    await day.sandbox.person("attendee").edit(message, "And the order?")
    await typing.heard(day)
    assert [one.text for one in asked(day)] == ["And the order?"]
