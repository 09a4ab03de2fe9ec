"""/remind: the direct channel is opened at once, and a closed one is told at once."""

from datetime import timedelta

import pytest

from bot.domain.reminders.choice import ReminderChoice, Where
from bot.sandbox import Person
from bot.sandbox_app import Stage
from bot.storage.agenda import reminder_choices
from tests.chat.test_agenda import add, lines_of
from tests.chat.test_bot import press_through, seen

OFF = ReminderChoice()


def chosen(stage: Stage, person: Person) -> ReminderChoice:
    return reminder_choices.of_person(stage.database.reader, stage.sandbox.world.guild.id, person.user.id)


async def typed(person: Person, command: str) -> str:
    """The first line of what came of a command."""
    reply = await (await person.command(command, channel="general")).settled()
    assert reply.message is not None
    shown = reply.message["content"] or reply.message["components"][0]["components"][0]["content"]
    return str(shown).splitlines()[0]


async def test_reminders_are_off_until_somebody_asks(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    shown = await attendee.command("/remind")
    assert lines_of(stage, shown) == [
        "Reminders are off",
        "I can tell you before something in your agenda starts, in a direct message.",
        "[Remind me]  [My agenda]",
    ]
    assert (chosen(stage, attendee), attendee.dms()) == (OFF, [])


async def test_the_direct_channel_is_opened_and_welcomed_once(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    assert await typed(attendee, "/remind lead:30 minutes before digest:no") == "## Reminders are on"
    (welcome,) = attendee.dms()
    assert seen(stage, welcome) == (
        f"Your reminders from {stage.program.event.short_name} come here. "
        "I tell you 30 minutes before something in your agenda starts, in a direct message.\n"
        "/remind changes that or switches it off. /agenda show has what is in your agenda."
    )
    wanted = ReminderChoice(timedelta(minutes=30), Where.DM, False, False, int(welcome["channel_id"]))
    assert chosen(stage, attendee) == wanted
    await typed(attendee, "/remind lead:5 minutes before")
    assert len(attendee.dms()) == 1
    assert chosen(stage, attendee).lead == timedelta(minutes=5)


async def test_a_closed_direct_channel_is_told_with_the_alternative_and_changes_nothing(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    attendee.user.accepts_dms = False
    said = await typed(attendee, "/remind switch:on")
    assert said.startswith("I cannot write to you: your privacy settings here do not allow direct messages.")
    assert said.endswith("or choose /remind where: In the channel, which mentions you there.")
    assert (chosen(stage, attendee), stage.client.incidents) == (OFF, [])
    assert await typed(attendee, "/remind where:In the channel") == "## Reminders are on"
    assert (chosen(stage, attendee).where, attendee.dms()) == (Where.CHANNEL, [])


async def test_too_many_direct_channels_at_once_is_told(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    stage.sandbox.faults.status(403, "/users/@me/channels", code=40003)
    said = await typed(attendee, "/remind switch:on")
    assert said.startswith("Discord lets me open only so many direct messages at a time. Nothing was changed.")
    assert chosen(stage, attendee) == OFF


async def test_reminders_are_switched_off_and_on_again_with_what_was_chosen(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    await typed(attendee, "/remind where:channel lead:60 minutes before")
    assert await typed(attendee, "/remind switch:off") == "## Reminders are off"
    assert chosen(stage, attendee) == ReminderChoice(timedelta(hours=1), Where.CHANNEL)
    assert await typed(attendee, "/remind switch:on") == "## Reminders are on"
    assert chosen(stage, attendee) == ReminderChoice(timedelta(hours=1), Where.CHANNEL, switched_off=False)


async def test_the_star_button_offers_reminders_until_they_are_on(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    added = await add(attendee, "/session name:invited-3")
    assert lines_of(stage, added)[-1] == "[Remove]  [My agenda]  [Remind me]"
    await (await press_through(attendee, added, "Remind me")).settled()
    assert chosen(stage, attendee).switched_off is False
    assert lines_of(stage, await add(attendee, "/session name:invited-2"))[-1] == "[Remove]  [My agenda]"


@pytest.mark.parametrize("channel", ["general", "dm"])
async def test_the_card_switches_off(stage: Stage, channel: str) -> None:
    attendee = stage.sandbox.person("attendee")
    on = await (await attendee.command("/remind switch:on", channel=channel)).settled()
    off = await (await press_through(attendee, on, "Switch off")).settled()
    assert lines_of(stage, off)[0] == "Reminders are off"
    assert chosen(stage, attendee).switched_off is True
