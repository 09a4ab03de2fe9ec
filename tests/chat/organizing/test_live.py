"""Live changes, as people in the server see them: the real client on the sandbox, on the day."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.domain.audit import ActKind, Entry
from bot.domain.changes.edit import Edit
from bot.domain.changes.written import span
from bot.domain.times import localize
from bot.sandbox import CommandTextError, Person, Reply
from bot.sandbox_app import Stage
from bot.storage import audit
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import Op, State
from bot.storage.programme import live_edits
from tests.chat.test_bot import EPHEMERAL, press_through, seen
from tests.discord_schema import SchemaCheck
from tests.staging import on_stage

DELAY = "/live delay session:Invited Talk 3 minutes:20 why:The speaker's train is late"
ROOM = "Workshop room (to be announced)"
LATER = f"🔁 Invited Talk 3 moved: ~~11:20~~ → 11:40 (venue 11:40) · {ROOM}"
WHY = "Why: The speaker's train is late"


@asynccontextmanager
async def at_eleven(path: Path, schema: SchemaCheck | None, minute: int = 4) -> AsyncIterator[Stage]:
    """The DeLTa event in the minutes before Invited Talk 3 (11:20) is announced."""
    start = f"2025-04-28T11:{minute:02}"
    async with on_stage(start, database=path / "usher.db", schema=schema) as stage:
        yield stage


@pytest.fixture
async def day(schema: SchemaCheck | None, tmp_path: Path) -> AsyncIterator[Stage]:
    async with at_eleven(tmp_path, schema) as stage:
        yield stage


def clock(stage: Stage, hour: int, minute: int) -> datetime:
    return localize(stage.program.event.first_day, time(hour, minute), stage.program.event.tz)


async def until(stage: Stage, hour: int, minute: int) -> None:
    async with asyncio.timeout(30):
        await stage.clock.live_through(clock(stage, hour, minute))


async def told(stage: Stage) -> None:
    """Until what is due by now was said."""
    async with asyncio.timeout(30):
        await stage.clock.live_through(stage.clock.now())


async def apply(stage: Stage, command: str) -> Reply:
    """Types a change, applies it, and waits until it was told."""
    reply = await press_through(organizer(stage), await typed(stage, command), "Apply")
    await reply.settled()
    await told(stage)
    return reply


async def typed(stage: Stage, command: str) -> Reply:
    return await organizer(stage).command(command, channel="organizers")


def organizer(stage: Stage) -> Person:
    return stage.sandbox.person("organizer")


def texts(stage: Stage, channel: str) -> list[str]:
    """What stands in a channel for everybody, without the role's mention and the buttons."""
    found = [seen(stage, message) for message in public(stage, channel)]
    return ["\n".join(row for row in one.splitlines() if not row.startswith(("<@&", "["))) for one in found]


def public(stage: Stage, channel: str) -> list[dict[str, Any]]:
    return [message for message in stage.sandbox.person("attendee").sees(channel) if not message["flags"] & EPHEMERAL]


def guild(stage: Stage) -> int:
    return stage.sandbox.world.guild.id


def edits(stage: Stage) -> list[Edit]:
    return live_edits.of_guild(stage.database.reader, guild(stage), stage.program.event.id)


async def test_a_delay_is_shown_first_and_changes_nothing_by_itself(day: Stage) -> None:
    await until(day, 11, 5)
    before = outbox.of_guild(day.database.reader, guild(day))
    shown = await typed(day, DELAY)
    assert seen(day, shown.message).replace("─", "").split("As of")[0].splitlines() == [
        "Nothing is changed yet",
        "This is what would happen.",
        "",
        LATER,
        WHY,
        "",
        f"⚠️ The room {ROOM} is taken then: Oral Presentations (12:00–12:30)",
        "",
        "Told in #announcements.",
        "Notified: whoever has the role Reminders.",
        "Edited: 1 posted message.",
    ]
    dropped = await press_through(organizer(day), shown, "Cancel")
    assert seen(day, dropped.message).splitlines()[:2] == ["Cancelled", "Nothing was changed."]
    assert (outbox.of_guild(day.database.reader, guild(day)), edits(day)) == (before, [])


async def test_a_delay_is_told_and_everything_said_follows(day: Stage) -> None:
    await until(day, 11, 5)
    assert [text.splitlines()[0] for text in texts(day, "schedule")] == [
        f"🎤 Invited Talk 3 · in 15 minutes · {ROOM} · 11:20 (venue 11:20)"
    ]
    attendee = day.sandbox.person("attendee")
    for command in ("/session name:Invited Talk 3", "/schedule", "/deadlines"):
        await (await press_through(attendee, await attendee.command(command, channel="general"), "Share")).settled()
    done = await apply(day, DELAY)
    assert seen(day, done.message).splitlines()[:3] == ["Done", LATER, WHY]
    assert texts(day, "announcements") == [f"{LATER}\n{WHY}\nReminders moved with it."]
    assert texts(day, "schedule") == ["Invited Talk 3 has moved: ~~11:20~~ → 11:40 (venue 11:40)"]
    shared = texts(day, "general")
    assert "11:40–12:20 (venue 11:40–12:20)" in shared[0]
    assert "11:40 (11:40) 🎤 Invited Talk 3" in shared[1]
    assert [message["edited_timestamp"] is not None for message in public(day, "general")] == [True, True, False]
    await until(day, 11, 41)
    assert [text.splitlines()[0] for text in texts(day, "schedule")[1:]] == [
        f"🎤 Invited Talk 3 · 1 minute ago · {ROOM} · 11:40 (venue 11:40)",
        f"▶ Now: Invited Talk 3 · {ROOM}",
    ]
    first = seen(day, (await attendee.command("/now", channel="dm")).message).splitlines()[0]
    assert first == "Now: Invited Talk 3"


async def test_a_talk_that_had_been_said_to_start_says_that_it_moved(day: Stage) -> None:
    await until(day, 11, 22)
    await apply(day, "/live move session:Invited Talk 3 start:11:50 end:12:00")
    moved = "Invited Talk 3 has moved: ~~11:20~~ → 11:50 (venue 11:50)"
    assert texts(day, "schedule") == [moved, moved]


async def test_a_cancelled_session_comes_back_as_it_was(day: Stage) -> None:
    await apply(day, "/live cancel session:Invited Talk 3 why:The speaker is ill")
    await until(day, 11, 25)
    assert texts(day, "announcements") == [
        "❌ ~~Invited Talk 3~~ is cancelled. It was to start at 11:20 (venue 11:20).\n"
        "Why: The speaker is ill\nNo more reminders come for it."
    ]
    assert texts(day, "schedule") == []
    await apply(day, "/live restore session:Invited Talk 3")
    assert texts(day, "announcements")[1:] == [f"✅ Invited Talk 3 takes place after all: 11:20 (venue 11:20) · {ROOM}"]
    assert edits(day) == []
    assert day.client.desk.programmes.for_guild(guild(day)).program == day.program


async def test_a_restart_with_an_unchanged_folder_changes_nothing(schema: SchemaCheck | None, tmp_path: Path) -> None:
    async with at_eleven(tmp_path, schema) as stage:
        await until(stage, 11, 5)
        await apply(stage, DELAY)
        program = stage.client.desk.programmes.for_guild(guild(stage)).program
        rows, kept = outbox.of_guild(stage.database.reader, guild(stage)), edits(stage)
    async with at_eleven(tmp_path, schema, 6) as stage:
        await told(stage)
        assert stage.client.desk.programmes.for_guild(guild(stage)).program == program
        assert stage.client.desk.programmes.for_guild(7).program == stage.program
        assert (outbox.of_guild(stage.database.reader, guild(stage)), edits(stage)) == (rows, kept)
        assert (texts(stage, "announcements"), texts(stage, "schedule")) == ([], [])


async def test_a_preview_is_shown_anew_where_the_session_changed_since(day: Stage) -> None:
    first, second = await typed(day, DELAY), await typed(day, DELAY)
    await (await press_through(organizer(day), first, "Apply")).settled()
    again = await press_through(organizer(day), second, "Apply")
    await again.settled()
    assert seen(day, again.message).splitlines()[0] == "The session was changed meanwhile"
    assert [edit.value for edit in edits(day)] == [span(clock(day, 11, 40), clock(day, 12, 20))]
    await (await press_through(organizer(day), again, "Apply")).settled()
    assert [edit.value for edit in edits(day)] == [span(clock(day, 12, 0), clock(day, 12, 40))]
    await told(day)


async def test_of_two_organizers_who_apply_at_once_the_second_sees_the_first(day: Stage) -> None:
    first, second = await typed(day, DELAY), await typed(day, DELAY)
    both = await asyncio.gather(*(press_through(organizer(day), shown, "Apply") for shown in (first, second)))
    for reply in both:
        await reply.settled()
    heads = sorted(seen(day, reply.message).splitlines()[0] for reply in both)
    assert heads == ["Done", "The session was changed meanwhile"]
    assert [edit.value for edit in edits(day)] == [span(clock(day, 11, 40), clock(day, 12, 20))]
    await told(day)


async def test_a_preview_that_is_pressed_twice_is_applied_once_and_both_are_told(day: Stage) -> None:
    shown = await typed(day, DELAY)
    both = await asyncio.gather(*(press_through(organizer(day), shown, "Apply") for _ in range(2)))
    for reply in both:
        await reply.settled()
    heads = [seen(day, reply.message).splitlines()[0] for reply in both]
    assert heads == ["Done", "Done"]
    assert [edit.value for edit in edits(day)] == [span(clock(day, 11, 40), clock(day, 12, 20))]
    await told(day)
    assert texts(day, "announcements") == [f"{LATER}\n{WHY}\nReminders moved with it."]


async def test_a_preview_that_was_applied_and_not_answered_tells_what_was_done(
    schema: SchemaCheck | None, tmp_path: Path
) -> None:
    async with at_eleven(tmp_path, schema) as stage:
        shown = await typed(stage, DELAY)
        assert shown.message is not None
        mark = str(shown.message["id"])
        entry = Entry(stage.clock.now(), 1, ActKind.CHANGE_SESSION, "Invited Talk 3", detail="moved 11:20 → 11:40")
        await stage.database.write(partial(audit.add, guild_id=guild(stage), entry=entry, mark=mark))
        again = await press_through(organizer(stage), shown, "Apply")
        await again.settled()
        assert seen(stage, again.message).splitlines()[:2] == ["Done", "Invited Talk 3 moved 11:20 → 11:40"]
        assert edits(stage) == []


async def test_only_organizers_change_the_programme_even_with_a_preview_at_hand(day: Stage) -> None:
    with pytest.raises(CommandTextError):
        await day.sandbox.person("attendee").command(DELAY)
    shown = await typed(day, DELAY)
    day.sandbox.world.guild.owner_id = 0
    day.sandbox.world.guild.members[organizer(day).user.id].role_ids.clear()
    refused = await press_through(organizer(day), shown, "Apply")
    assert seen(day, refused.message).startswith("Only organizers change the programme. Nothing was changed.")
    assert edits(day) == []


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("/live delay session:Invited Talk 1 minutes:5", "That session is over: it ended at 09:50 venue time."),
        ("/live delay session:Invited minutes:5", "It is not clear which session is meant. Nothing was changed."),
        ("/live move session:Invited Talk 3 start:25:00", "25:00 is not a time. Nothing was changed."),
        ("/live move session:Invited Talk 3 start:12:00 end:11:50", "The end must be after the start:"),
        ("/live room session:Invited Talk 3 room:Nowhere", "The event has no such room. Nothing was changed."),
        ("/live room session:Invited Talk 3 room:main", "The session is in that room already. Nothing was changed."),
        ("/live restore session:Invited Talk 3", "The session is not cancelled. Nothing was changed."),
    ],
)
async def test_what_cannot_be_done_is_said(day: Stage, command: str, says: str) -> None:
    assert seen(day, (await typed(day, command)).message).startswith(says)
    assert day.client.incidents == []


async def test_only_what_can_still_be_changed_is_offered(day: Stage) -> None:
    offered = await organizer(day).autocomplete("/live cancel session:invited", channel="organizers")
    assert [choice.name for choice in offered] == [f"Invited Talk {number}" for number in (3, 4, 5, 6)]
    await apply(day, "/live cancel session:Invited Talk 4")
    (back,) = await organizer(day).autocomplete("/live restore session:", channel="organizers")
    assert back.value == "invited-4"
    (room,) = await organizer(day).autocomplete("/live room session:invited-3 room:work", channel="organizers")
    assert (room.name, room.value) == (ROOM, "main")


async def test_a_message_that_somebody_deleted_is_told_to_the_organizers(day: Stage) -> None:
    await until(day, 11, 5)
    day.sandbox.world.channel_named("schedule").messages.clear()
    await apply(day, DELAY)
    (row,) = [row for row in outbox.of_guild(day.database.reader, guild(day)) if row.op is Op.EDIT]
    assert (row.state, row.last_error) == (State.FAILED, "the message was deleted")
    # The report is made, and due, a moment after the change.
    await told(day)
    found = [message.data for message in day.sandbox.world.channel_named("organizers").messages.values()]
    told_there = sorted(one["content"].splitlines()[0] for one in found if not one["flags"] & EPHEMERAL)
    assert [line.partition(" ")[0] for line in told_there] == ["⚠️", "📝"]
    assert told_there[0] == "⚠️ **1 message** could not be delivered. /deliveries has them all."


async def test_help_names_it_for_organizers_only(day: Stage) -> None:
    shown = [
        seen(day, (await day.sandbox.person(name).command("/help", channel="general")).message)
        for name in ("attendee", "organizer")
    ]
    assert ["/live delay" in text for text in shown] == [False, True]


async def test_the_morning_digest_tells_what_was_changed_before(schema: SchemaCheck | None, tmp_path: Path) -> None:
    start = "2025-04-28T07:50"
    async with on_stage(start, schema=schema) as stage:
        await apply(stage, "/live delay session:Invited Talk 3 minutes:20")
        await until(stage, 8, 1)
        changed = ["Changed since yesterday:", LATER, "The whole day:"]
        assert texts(stage, "schedule")[0].splitlines()[1:4] == changed
        await apply(stage, "/live cancel session:Invited Talk 4")
        after = texts(stage, "schedule")[0].splitlines()
        assert (after[1:4], "14:00 (14:00) ~~🎤 Invited Talk 4~~ cancelled" in after) == (changed, True)
