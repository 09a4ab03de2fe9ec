"""What is confirmed goes out once, reaches whom it should, is told about, and can be corrected and sent again."""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.domain.announce.announcement import Stage
from bot.domain.attendance import Attends, Settings
from bot.sandbox import Reply, SentFile
from bot.sandbox_app import Stage as Running
from bot.storage import people
from tests.chat.announce.acting import BODY, TITLE, chosen, lines, listed, pressed, written
from tests.chat.announce.test_draft import PNG, all_of
from tests.chat.organizing.test_live import guild, organizer, public, texts, told, until
from tests.discord_schema import SchemaCheck
from tests.faults.delivered import trial
from tests.staging import on_stage

SAID = f"{TITLE}\n{BODY}"


@pytest.fixture
async def day(schema: SchemaCheck | None, tmp_path: Path) -> AsyncIterator[Running]:
    """DeLTa at 11:25, with two people who want direct messages: one is there, one follows online."""
    async with on_stage("2025-04-28T11:25", database=tmp_path / "u.db", schema=schema) as stage:
        await wants(stage, "attendee", Attends.ONLINE)
        await wants(stage, "author", Attends.IN_PERSON)
        yield stage


async def wants(stage: Running, name: str, attends: Attends) -> None:
    member = stage.sandbox.world.guild.members[stage.sandbox.person(name).user.id]
    settings = Settings(attends, copies=True, roles=tuple(sorted(member.role_ids)))
    user = member.user.id
    await stage.database.write(partial(people.put, guild_id=guild(stage), user_id=user, settings=settings))


def direct(stage: Running, name: str) -> list[str]:
    """The text of the bot's direct messages to somebody, without their small print and buttons."""
    found = [message["content"] for message in stage.sandbox.person(name).dms()]
    return ["\n".join(row for row in one.splitlines() if not row.startswith("-#")).replace("**", "") for one in found]


async def test_it_stands_in_the_channel_and_reaches_those_who_asked_for_it(day: Running) -> None:
    preview = await written(day)
    assert "Direct messages: at most 2 people" in lines(day, preview)
    done = await pressed(day, preview, "Send now")
    assert lines(day, done)[0] == "It is going out. Refresh shows who was reached."
    assert texts(day, "announcements")[-1:] == [SAID]
    assert (direct(day, "attendee"), direct(day, "author"), direct(day, "speaker")) == ([SAID], [SAID], [])
    receipt = await pressed(day, done, "Refresh")
    assert lines(day, receipt)[:3] == [
        f"Sent: {TITLE}",
        "✅ Posted in the channel.",
        "✅ 2 of 2 direct messages arrived.",
    ]


async def test_in_a_channel_that_others_follow_it_is_handed_on(day: Running) -> None:
    await pressed(day, await written(day), "Send now")
    assert [message["flags"] & 1 for message in public(day, "announcements")][-1:] == [1]


async def test_only_those_who_follow_online_are_written_to(day: Running) -> None:
    preview = await chosen(day, await written(day), 0, "Online")
    await pressed(day, await chosen(day, preview, 1, "Direct messages alone"), "Send now")
    assert (direct(day, "attendee"), direct(day, "author")) == ([SAID], [])


async def test_whoever_lost_the_role_is_not_written_to(day: Running) -> None:
    preview = await chosen(day, await written(day), 0, "Authors")
    member = day.sandbox.world.guild.members[day.sandbox.person("author").user.id]
    member.role_ids.clear()
    done = await pressed(day, preview, "Send now")
    assert direct(day, "author") == []
    assert "✖️ 1 message not sent." in lines(day, await pressed(day, done, "Refresh"))


async def test_a_picture_goes_with_the_message_in_the_channel_and_in_words_to_people(day: Running) -> None:
    preview = await written(day, picture=SentFile("map.png", PNG), alt="The way to the foyer")
    await pressed(day, preview, "Send now")
    (shown,) = public(day, "announcements")[-1]["attachments"]
    assert (shown["filename"], shown["description"], shown["size"]) == ("picture.png", "The way to the foyer", len(PNG))
    assert "-# Picture: The way to the foyer" in day.sandbox.person("attendee").dms()[-1]["content"]


async def test_who_is_to_be_notified_is_asked_twice_and_then_mentioned(day: Running) -> None:
    for number in range(25):
        user = day.sandbox.world.add_user(f"person {number}")
        member = day.sandbox.world.guild.members[day.sandbox.person("attendee").user.id]
        day.sandbox.world.guild.members[user.id] = type(member)(user, [], member.joined_at)
    preview = await chosen(day, await written(day), 2, "Everyone")
    asked = await pressed(day, preview, "Send now")
    assert lines(day, asked)[0].startswith("Really notify ")
    assert texts(day, "announcements") == []
    await pressed(day, asked, "Yes, notify them")
    last = public(day, "announcements")[-1]
    assert (last["mention_everyone"], last["content"].splitlines()[-1]) == (True, "@everyone")


async def test_what_is_scheduled_goes_out_at_its_time(day: Running) -> None:
    preview = await timed(day, await written(day), "11:40", "3 times every 10 minutes")
    assert "11:40 at the venue" in next(row for row in lines(day, preview) if row.startswith("When: "))
    done = await pressed(day, preview, "Schedule")
    assert lines(day, done)[0] == "Scheduled. It goes out by itself."
    counted = []
    for minute in (39, 40, 49, 50, 59):
        await until(day, 11, minute)
        counted.append(texts(day, "announcements").count(SAID))
    assert counted == [0, 1, 1, 2, 2]
    await until(day, 12, 30)
    assert (texts(day, "announcements").count(SAID), len(direct(day, "attendee"))) == (3, 3)


async def test_what_goes_by_a_session_goes_with_it(day: Running) -> None:
    preview = await timed(day, await written(day), "5 min before the end of Invited Talk 3")
    await pressed(day, preview, "Schedule")
    person = organizer(day)
    moved = await person.command("/live delay session:Invited Talk 3 minutes:20", channel="organizers")
    assert moved.message is not None
    await (await person.press(moved.message, "Apply")).settled()
    end = day.client.desk.programmes.for_guild(guild(day)).program.session_by_id["invited-3"].end
    await day.clock.live_through(end - timedelta(minutes=6))
    assert SAID not in texts(day, "announcements")
    await day.clock.live_through(end - timedelta(minutes=5))
    assert SAID in texts(day, "announcements")


@pytest.mark.parametrize(
    ("when", "asked"),
    [
        ("yesterday", "“yesterday” is not a time that I can read."),
        ("11:00", "“11:00” is past: it is 11:25"),
        ("3:00", "Is “3:00” in the morning or in the afternoon?"),
    ],
)
async def test_a_time_that_is_unclear_is_asked_back_and_the_draft_stays(day: Running, when: str, asked: str) -> None:
    preview = await written(day)
    reply = await timed(day, preview, when)
    assert any(asked in message["content"] for message in reply.messages)
    assert [one.revision for one in all_of(day)] == [1]


async def test_a_closed_direct_message_is_in_the_receipt_and_is_sent_again(day: Running) -> None:
    attendee = day.sandbox.person("attendee")
    attendee.user.accepts_dms = False
    done = await pressed(day, await written(day), "Send now")
    receipt = await pressed(day, done, "Refresh")
    assert lines(day, receipt)[1:4] == [
        "✅ Posted in the channel.",
        "✅ 1 of 2 direct messages arrived.",
        "⚠️ 1 not delivered: this person takes no direct messages from the server",
    ]
    settings = people.of_person(day.database.reader, guild(day), attendee.user.id)
    assert settings is not None
    assert (settings.copies, settings.closed) == (False, True)
    attendee.user.accepts_dms = True
    await wants(day, "attendee", Attends.ONLINE)
    again = await pressed(day, receipt, "Send again where it failed")
    assert lines(day, again)[0] == "1 message is sent again."
    assert (direct(day, "attendee"), direct(day, "author")) == ([SAID], [SAID])


async def test_a_correction_changes_what_was_posted_and_sent(day: Running) -> None:
    done = await pressed(day, await written(day, "Lunhc is here"), "Send now")
    assert done.message is not None
    form = await organizer(day).press(done.message, "Correct")
    assert form.modal is not None
    corrected = await (await organizer(day).submit(form.modal, {"title": TITLE})).settled()
    assert lines(day, corrected)[0] == "Corrected. 3 messages are being edited."
    await told(day)
    assert (texts(day, "announcements")[-1:], direct(day, "attendee")) == ([SAID], [SAID])


async def test_what_is_cancelled_does_not_go_out(day: Running) -> None:
    done = await pressed(day, await timed(day, await written(day), "11:40"), "Schedule")
    ended = await pressed(day, done, "Cancel it")
    assert lines(day, ended)[0] == "Cancelled. What was not sent yet will not be. What was sent stays."
    await until(day, 12, 0)
    assert SAID not in texts(day, "announcements")


async def test_what_is_paused_waits_and_goes_on(day: Running) -> None:
    done = await pressed(day, await timed(day, await written(day), "11:40"), "Schedule")
    paused = await pressed(day, done, "Pause")
    await until(day, 11, 50)
    assert SAID not in texts(day, "announcements")
    await pressed(day, paused, "Go on")
    assert SAID in texts(day, "announcements")[-1]


async def test_an_organizer_who_lost_the_role_sends_nothing(day: Running) -> None:
    preview = await written(day)
    world = day.sandbox.world
    world.guild.owner_id = world.person("attendee").id
    world.guild.members[organizer(day).user.id].role_ids.clear()
    assert preview.message is not None
    reply = await organizer(day).press(preview.message, "Send now")
    assert reply.message is not None
    assert reply.message["content"].startswith("Only organizers make announcements. Nothing was sent.")
    assert [one.stage for one in all_of(day)] == [Stage.DRAFT]


async def test_a_channel_that_was_deleted_meanwhile_is_said_and_nothing_is_lost(day: Running) -> None:
    preview = await written(day)
    await day.client.http.delete_channel(day.sandbox.world.channel_named("announcements").id)
    reply = await pressed(day, preview, "Send now")
    assert any("There is no channel #announcements here any more." in one["content"] for one in reply.messages)
    assert [one.stage for one in all_of(day)] == [Stage.DRAFT]


async def test_a_second_organizer_sees_that_it_was_sent(day: Running) -> None:
    first = await written(day)
    second = await chosen(day, await listed(day), 0, f"Draft: {TITLE}")
    await pressed(day, first, "Send now")
    again = await pressed(day, second, "Send now")
    assert "changed this a moment ago." in lines(day, again)[0]
    assert texts(day, "announcements").count(SAID) == 1


async def test_all_of_them_are_listed_and_opened(day: Running) -> None:
    await pressed(day, await written(day), "Send now")
    await written(day, "A draft")
    shown = await listed(day)
    rows = lines(day, shown)
    assert [row.split(" · ")[0] for row in rows] == ["Announcements", "- Draft A draft", f"- Sent {TITLE}"]
    opened = await chosen(day, shown, 0, f"Sent: {TITLE}")
    assert lines(day, opened)[0] == f"Sent: {TITLE}"


async def test_a_copy_is_a_new_draft(day: Running) -> None:
    done = await pressed(day, await written(day), "Send now")
    copy = await pressed(day, done, "Duplicate")
    assert lines(day, copy)[:2] == ["This is a copy, as a new draft.", "Nothing is sent yet"]


async def test_a_form_that_was_opened_before_a_restart_is_accepted_after_it(tmp_path: Path) -> None:
    async with trial(tmp_path) as it:
        person = it.sandbox.person("organizer")
        async with it.bot():
            await it.sandbox.gateway.ready(20)
            form = await person.command("/announce", channel="organizers")
        assert form.modal is not None
        async with it.bot():
            await it.sandbox.gateway.ready(20)
            done = await (await person.submit(form.modal, {"title": TITLE, "body": BODY})).settled()
        assert done.message is not None
        assert done.message["components"][0]["components"][0]["content"] == "## Nothing is sent yet"


async def timed(stage: Running, preview: Reply, when: str, repeat: str = "") -> Reply:
    """Fill in the form for when it goes out."""
    assert preview.message is not None
    form = await organizer(stage).press(preview.message, "When")
    assert form.modal is not None
    return await (await organizer(stage).submit(form.modal, {"when": when, "repeat": repeat})).settled()


async def test_below_a_direct_message_stands_the_way_to_end_such_messages(day: Running) -> None:
    await pressed(day, await written(day), "Send now")
    attendee = day.sandbox.person("attendee")
    opened = await attendee.press(attendee.dms()[-1], "My settings")
    assert lines(day, opened)[:2] == ["Your settings", "You attend online."]
