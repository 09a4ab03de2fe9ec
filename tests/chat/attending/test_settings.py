"""/settings: what somebody chooses is kept, reaches them, and says plainly where it cannot."""

import asyncio

import pytest

from bot.domain.attendance import Attends, Settings
from bot.sandbox import Person, Reply
from bot.sandbox.permissions import Permission
from bot.sandbox.state import Role
from bot.sandbox_app import Stage
from bot.storage import people
from bot.storage.delivery import outbox
from tests.chat.test_agenda import lines_of
from tests.chat.test_bot import press_through, seen
from tests.staging import on_stage


def guild(stage: Stage) -> int:
    return stage.sandbox.world.guild.id


def kept(stage: Stage, person: Person) -> Settings | None:
    return people.of_person(stage.database.reader, guild(stage), person.user.id)


def role(stage: Stage, name: str = "Reminders") -> Role:
    return next(one for one in stage.sandbox.world.guild.roles.values() if one.name == name)


async def told_of(stage: Stage, person: Person, roles: tuple[int, ...]) -> None:
    """Wait until these ``roles`` are known: they are noted once the answer is out, which nobody waits for."""
    async with asyncio.timeout(5.0):
        while (found := kept(stage, person)) is None or found.roles != roles:  # noqa: ASYNC110  # nothing tells of it
            await asyncio.sleep(0.01)


def holds(stage: Stage, person: Person, name: str = "Reminders") -> bool:
    return role(stage, name).id in stage.sandbox.world.guild.members[person.user.id].role_ids


async def opened(person: Person, channel: str = "general") -> Reply:
    return await person.command("/settings", channel=channel)


async def pressed(person: Person, label: str, channel: str = "general") -> Reply:
    return await (await press_through(person, await opened(person, channel), label)).settled()


async def test_the_card_shows_what_holds_and_stores_nothing(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    assert lines_of(stage, await opened(attendee)) == [
        "Your settings",
        "You have not said how you attend. Say it, and messages to you begin with what you need.",
        "Announcements by direct message: off",
        "Announcements stand in their channel.",
        "Roles that mention you",
        "Reminders: you do not have it · sessions, dates and changes",
        "[In person]  [Online]  [Send direct messages]  [Take the role Reminders]  [My reminders]",
    ]
    assert kept(stage, attendee) is None


async def test_how_somebody_attends_is_kept_and_can_be_changed(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    assert lines_of(stage, await pressed(attendee, "Online"))[1] == "You attend online."
    assert kept(stage, attendee) == Settings(Attends.ONLINE)
    await pressed(attendee, "In person")
    assert kept(stage, attendee) == Settings(Attends.IN_PERSON)


async def test_copies_are_welcomed_once_and_stopped(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    on = await pressed(attendee, "Send direct messages")
    assert "Announcements by direct message: on" in lines_of(stage, on)
    (welcome,) = attendee.dms()
    assert seen(stage, welcome) == (
        "Announcements from DeLTa come here, too. You get each one that organizers make. /settings changes that."
    )
    assert kept(stage, attendee) == Settings(copies=True, dm_channel_id=int(welcome["channel_id"]))
    assert people.count_with_copies(stage.database.reader, guild(stage)) == 1
    await (await press_through(attendee, on, "Stop direct messages")).settled()
    # Nothing else was chosen, so nothing is kept.
    assert (kept(stage, attendee), len(attendee.dms())) == (None, 1)


@pytest.mark.parametrize("code", [50007, 40003])
async def test_where_no_direct_message_arrives_it_is_told_at_once_and_nothing_changed(stage: Stage, code: int) -> None:
    attendee = stage.sandbox.person("attendee")
    if code == 50007:
        attendee.user.accepts_dms = False
    else:
        stage.sandbox.faults.status(403, "/users/@me/channels", code=code)
    reply = await pressed(attendee, "Send direct messages")
    said = next(message["content"] for message in reply.messages if message["content"])
    begins = {
        50007: "I cannot write to you: your privacy settings here do not allow direct messages. Nothing was changed. ",
        40003: "Discord lets me open only so many direct messages at a time. Nothing was changed. ",
    }
    assert said.startswith(begins[code])
    assert said.endswith("or read #announcements; a role in /settings in the server mentions you there.")
    assert (kept(stage, attendee), stage.client.incidents) == (None, [])


async def test_a_role_is_taken_and_left(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    taken = await pressed(attendee, "Take the role Reminders")
    assert "Reminders: you have it · sessions, dates and changes" in lines_of(stage, taken)
    assert holds(stage, attendee)
    await (await press_through(attendee, taken, "Leave the role Reminders")).settled()
    assert (holds(stage, attendee), kept(stage, attendee)) == (False, None)


async def test_a_role_the_bot_cannot_give_is_said_with_what_organizers_can_do(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    bot = stage.sandbox.world.guild.members[stage.sandbox.world.bot.id]
    before = await opened(attendee)
    for one in bot.role_ids:
        stage.sandbox.world.guild.roles[one].permissions &= ~Permission.MANAGE_ROLES
    reply = await (await press_through(attendee, before, "Take the role Reminders")).settled()
    (said,) = [message["content"] for message in reply.messages if message["content"]]
    assert said.startswith("I cannot give or take the role Reminders. Nothing was changed. Please tell an organizer: ")
    assert (holds(stage, attendee), stage.client.incidents) == (False, [])


async def test_a_role_that_organizers_alone_should_give_is_not_offered() -> None:
    async with on_stage() as stage:
        attendee = stage.sandbox.person("attendee")
        (known,) = stage.client.guilds
        found = next(one for one in known.roles if one.name == "Reminders")
        found._permissions = int(Permission.MANAGE_GUILD)
        shown = lines_of(stage, await opened(attendee))
        assert shown[-2].startswith("I cannot give or take it. Please tell an organizer: the role Reminders has rights")
        assert "Take the role Reminders" not in shown[-1]


async def test_a_direct_message_is_for_the_only_server_and_leaves_roles_to_it(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    assert lines_of(stage, await opened(attendee, "dm"))[-2] == "Choose them in the server: /settings there."
    await pressed(attendee, "Online", "dm")
    assert kept(stage, attendee) == Settings(Attends.ONLINE)


async def test_whatever_somebody_does_tells_their_roles_if_they_chose_something(stage: Stage) -> None:
    attendee, author = stage.sandbox.person("attendee"), stage.sandbox.person("author")
    await pressed(attendee, "Online")
    for person in (attendee, author):
        stage.sandbox.world.guild.members[person.user.id].role_ids.append(role(stage, "Speaker").id)
        await person.command("/now", channel="general")
    await told_of(stage, attendee, (role(stage, "Speaker").id,))
    assert kept(stage, author) is None


async def test_a_press_and_a_command_that_is_refused_tell_roles_as_well(stage: Stage) -> None:
    organizer = stage.sandbox.person("organizer")
    shown = await pressed(organizer, "Online")
    held = stage.sandbox.world.guild.members[organizer.user.id].role_ids
    before = tuple(sorted(held))
    held.append(role(stage, "Speaker").id)
    await press_through(organizer, shown, "My reminders")
    await told_of(stage, organizer, tuple(sorted(held)))
    assert before != tuple(sorted(held))
    held.remove(role(stage, "Speaker").id)
    await organizer.command("/live delay session:no-such-session minutes:10", channel="general")
    await told_of(stage, organizer, before)


async def test_the_card_leads_to_reminders(stage: Stage) -> None:
    shown = await press_through(
        stage.sandbox.person("attendee"), await opened(stage.sandbox.person("attendee")), "My reminders"
    )
    assert lines_of(stage, shown)[0] == "Reminders are off"


async def test_closed_direct_messages_stop_the_copies(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    await pressed(attendee, "Send direct messages")
    await (await attendee.command("/remind lead:10 minutes before digest:no", channel="general")).settled()
    await press_through(attendee, await attendee.command("/session name:invited-3"), "Add to my agenda")
    attendee.user.accepts_dms = False
    at = next(row.due_at for row in outbox.of_guild(stage.database.reader, guild(stage)) if row.key.startswith("dm:"))
    await stage.clock.live_through(at)
    found = kept(stage, attendee)
    assert found is not None
    assert (found.copies, found.closed) == (False, True)
    assert "Announcements by direct message: stopped" in lines_of(stage, await opened(attendee))
