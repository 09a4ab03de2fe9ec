"""Personal reminders as a person lives them: what is in their agenda, at their lead, where they chose."""

from datetime import datetime
from pathlib import Path

from bot.chat.render.text import line
from bot.domain.sessions import Talk
from bot.sandbox import Person
from bot.sandbox_app import Stage, staged
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import Row, State
from tests.chat.samples import at, program, session
from tests.chat.test_agenda import add
from tests.chat.test_bot import EPHEMERAL, press_through, seen
from tests.chat.test_remind import chosen
from tests.event_folder import folder_of
from tests.staging import on_stage

_EARLY = "/session name:invited-3"


def clock(stage: Stage, wall: str) -> datetime:
    return datetime.fromisoformat(f"2025-04-28T{wall}").replace(tzinfo=stage.program.event.tz)


async def said(person: Person, command: str) -> None:
    await (await person.command(command, channel="general")).settled()


def rows(stage: Stage, start: str) -> list[Row]:
    guild = stage.sandbox.world.guild.id
    return [row for row in outbox.of_guild(stage.database.reader, guild) if row.key.startswith(start)]


def direct(stage: Stage, person: Person) -> list[str]:
    """First lines of the direct messages, oldest first."""
    return [seen(stage, message).splitlines()[0] for message in person.dms()]


async def reminded(stage: Stage, *, where: str = "Direct message") -> Person:
    """The attendee, reminded 10 minutes before Invited Talk 3 at 11:20."""
    attendee = stage.sandbox.person("attendee")
    await said(attendee, f"/remind where:{where} digest:no")
    await add(attendee, _EARLY)
    return attendee


async def test_a_starred_session_is_told_once_in_a_direct_message(stage: Stage) -> None:
    attendee = await reminded(stage)
    before = len(direct(stage, attendee))
    await stage.clock.live_through(clock(stage, "11:09"))
    assert len(direct(stage, attendee)) == before
    await stage.clock.live_through(clock(stage, "11:30"))
    (told,) = direct(stage, attendee)[before:]
    assert told.startswith("⏰ Invited Talk 3 · ")
    assert "(venue 11:20)" in told
    assert [row.state for row in rows(stage, "dm:")] == [State.SENT]


async def test_unstarred_or_switched_off_nothing_is_told(stage: Stage) -> None:
    attendee = await reminded(stage)
    await said(attendee, "/remind switch:off")
    assert [row.state for row in rows(stage, "dm:")] == [State.CANCELLED]
    await said(attendee, "/remind switch:on")
    assert [row.state for row in rows(stage, "dm:")] == [State.QUEUED]


async def test_a_moved_session_moves_its_reminder_and_is_told(stage: Stage) -> None:
    attendee, organizer = await reminded(stage), stage.sandbox.person("organizer")
    before = len(direct(stage, attendee))
    preview = await (await organizer.command("/live delay session:invited-3 minutes:20", channel="general")).settled()
    await (await press_through(organizer, preview, "Apply")).settled()
    await stage.clock.live_through(clock(stage, "11:40"))
    moved, told = direct(stage, attendee)[before:]
    assert "moved: ~~11:20~~" in moved
    assert "(venue 11:40)" in told
    assert {row.state for row in rows(stage, "dm:")} == {State.CANCELLED, State.SENT}


async def test_snooze_reminds_once_more_and_switch_off_ends_it(stage: Stage) -> None:
    attendee = await reminded(stage)
    await stage.clock.live_through(clock(stage, "11:11"))
    message = attendee.dms()[-1]
    for _ in range(2):
        await (await attendee.press(message, "Snooze 5 min")).settled()
    count = len(direct(stage, attendee))
    await stage.clock.live_through(clock(stage, "11:19"))
    assert [text for text in direct(stage, attendee)[count:] if text.startswith("⏰ Invited Talk 3")] != []
    assert len(rows(stage, "act:snooze:")) == 1
    await (await attendee.press(message, "Switch off")).settled()
    assert [row.state for row in rows(stage, "dm:") if row.due_at > stage.clock.now()] == []


async def test_a_snooze_that_is_promised_comes_each_time(stage: Stage) -> None:
    attendee = await reminded(stage)
    await stage.clock.live_through(clock(stage, "11:11"))
    message, before = attendee.dms()[-1], len(direct(stage, attendee))
    for wall in ("11:17", "11:23"):
        shown = await (await attendee.press(message, "Snooze 5 min")).settled()
        again = await (await attendee.press(message, "Snooze 5 min")).settled()
        assert shown.messages[-1]["content"] == again.messages[-1]["content"]
        await stage.clock.live_through(clock(stage, wall))
    told = [text for text in direct(stage, attendee)[before:] if text.startswith("⏰ Invited Talk 3")]
    assert len(told) == 2


async def test_a_snoozed_reminder_goes_with_what_it_is_about(stage: Stage) -> None:
    attendee = await reminded(stage)
    await stage.clock.live_through(clock(stage, "11:11"))
    await (await attendee.press(attendee.dms()[-1], "Snooze 5 min")).settled()
    assert [row.state for row in rows(stage, "act:snooze:")] == [State.QUEUED]
    await said(attendee, "/remind switch:off")
    assert [row.state for row in rows(stage, "act:snooze:")] == [State.CANCELLED]


async def test_in_the_channel_people_are_mentioned_in_one_message(stage: Stage) -> None:
    attendee = await reminded(stage, where="In the channel")
    author = stage.sandbox.person("author")
    await said(author, "/remind where:In the channel")
    await add(author, _EARLY)
    await stage.clock.live_through(clock(stage, "11:15"))
    schedule = stage.sandbox.world.channel_named("schedule").messages.values()
    (told,) = [m for m in schedule if "Reminder for" in m.data["content"]]
    assert {user["id"] for user in told.data["mentions"]} == {str(attendee.user.id), str(author.user.id)}
    assert direct(stage, attendee) == []


async def test_only_who_is_mentioned_switches_their_reminders_off_in_the_channel(stage: Stage) -> None:
    attendee, author = await reminded(stage, where="In the channel"), stage.sandbox.person("author")
    await said(author, "/remind where:In the channel lead:60")
    await add(author, "/session name:closing")
    await stage.clock.live_through(clock(stage, "11:15"))
    (told,) = [message for message in author.sees("schedule") if "Reminder for" in message["content"]]
    waiting = [row.state for row in rows(stage, "mention:")]
    refused = await (await author.press(told, "Switch off")).settled()
    assert seen(stage, refused.message).startswith("This reminder was for somebody else. Nothing was changed.")
    assert refused.message is not None
    assert refused.message["flags"] & EPHEMERAL
    assert (chosen(stage, author).switched_off, chosen(stage, attendee).switched_off) == (False, False)
    assert [row.state for row in rows(stage, "mention:")] == waiting
    await (await attendee.press(told, "Switch off")).settled()
    assert (chosen(stage, author).switched_off, chosen(stage, attendee).switched_off) == (False, True)


async def test_the_morning_brings_the_agenda_of_the_day() -> None:
    async with on_stage("2025-04-27T20:00") as stage:
        attendee = stage.sandbox.person("attendee")
        await said(attendee, "/remind where:Direct message")
        await add(attendee, _EARLY)
        await stage.clock.live_through(clock(stage, "08:30"))
        assert direct(stage, attendee)[1:] == ["☀️ Your agenda today: 1 entry, first at 11:20 (venue)"]


async def test_a_date_in_the_night_brings_no_digest_beside_its_reminder() -> None:
    async with on_stage("2025-02-01T12:00") as stage:
        attendee = stage.sandbox.person("attendee")
        await said(attendee, "/remind where:Direct message lead:60")
        shown = await attendee.command("/deadlines")
        assert shown.message is not None
        await (await attendee.choose(shown.message, "Add to my agenda", "Paper submission")).settled()
        before = len(direct(stage, attendee))
        (due,) = [one.due for one in stage.program.deadlines if one.title == "Paper submission"]
        assert due.astimezone(stage.program.event.tz).hour < 6
        await stage.clock.live_through(due.replace(hour=23))
        assert [text.split(" · ")[0] for text in direct(stage, attendee)[before:]] == ["⏰ Paper submission"]


def starred(stage: Stage, *numbers: int) -> list[str]:
    return [stage.program.posters[number].title for number in numbers]


async def add_posters(stage: Stage, person: Person, *numbers: int) -> None:
    for number in numbers:
        await add(person, f"/poster title:{stage.program.posters[number].id}")


async def test_a_reminder_of_a_poster_names_it(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    await said(attendee, "/remind where:Direct message digest:no")
    await add_posters(stage, attendee, 0)
    await stage.clock.live_through(clock(stage, "10:25"))
    told = attendee.dms()[-1]["content"].splitlines()
    assert told[0].startswith("⏰ **Poster/Break** · ")
    assert told[1] == f"📌 With the poster you starred: {line(starred(stage, 0)[0], 120)}"


async def test_a_mention_in_the_channel_names_no_poster_since_others_read_it(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    await said(attendee, "/remind where:In the channel")
    await add_posters(stage, attendee, 1, 2)
    await stage.clock.live_through(clock(stage, "10:25"))
    schedule = stage.sandbox.world.channel_named("schedule").messages.values()
    (told,) = [m.data["content"] for m in schedule if "Reminder for" in m.data["content"]]
    assert "📌" not in told
    assert all(line(title, 60) not in told for title in starred(stage, 1, 2))


async def test_a_snoozed_session_comes_again_though_its_first_talk_was_added_meanwhile(tmp_path: Path) -> None:
    talks = (Talk("first", "One", start=at(60)), Talk("second", "Two", start=at(80)))
    of = program(sessions=(session(1, 60, 100, talks=talks),), posters=())
    for name, content in folder_of(of).items():
        (tmp_path / name).write_bytes(content)
    async with staged(str(tmp_path), at=at(40).isoformat()) as stage:
        attendee = stage.sandbox.person("attendee")
        await said(attendee, "/remind where:Direct message digest:no")
        await add(attendee, "/session name:s1")
        await stage.clock.live_through(at(50))
        await (await attendee.press(attendee.dms()[-1], "Snooze 5 min")).settled()
        card = await attendee.command("/session name:s1")
        assert card.message is not None
        await (await attendee.choose(card.message, "Add one talk to my agenda", "One")).settled()
        await stage.clock.live_through(at(56))
        assert sum(message["content"].startswith("⏰ **Session 1**") for message in attendee.dms()) == 2


async def test_the_morning_names_the_posters() -> None:
    async with on_stage("2025-04-27T20:00") as stage:
        attendee = stage.sandbox.person("attendee")
        await said(attendee, "/remind where:Direct message")
        await add_posters(stage, attendee, 0)
        await stage.clock.live_through(clock(stage, "08:30"))
        told = attendee.dms()[-1]["content"].splitlines()
        assert [row.endswith(f" · 📌 {line(starred(stage, 0)[0], 60)}") for row in told[1:]] == [True, True]
