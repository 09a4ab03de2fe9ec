"""Who comes to the committee and who leaves it, by role or by name, also where a case concerns them."""

from bot.sandbox import Person
from bot.sandbox_app import Stage
from bot.storage.conduct import committee as stored
from tests.chat.conduct.acting import (
    CHANNEL,
    administrator,
    appointed,
    attendee,
    committee,
    direct,
    first_lines,
    lines,
    members,
    members_of_committee,
    newcomer,
    number,
    pressed,
    reported,
    speaker,
    thread,
    unopened,
    wrote,
)
from tests.chat.organizing.test_live import guild, told
from tests.faults.delivered import until


async def listed(person: Person) -> list[str]:
    reply = await person.command("/cases list", channel="general")
    assert reply.message is not None
    return (
        [row["content"] for row in reply.message["components"][0]["components"]] if reply.message["components"] else []
    )


async def test_who_comes_to_the_committee_later_is_let_into_open_cases_and_who_leaves_is_let_out(stage: Stage) -> None:
    await reported(stage)
    # By then it was noted that they hold no role.
    await speaker(stage).command("/now", channel="general")
    await appointed(stage, speaker(stage))
    assert members(stage, thread(stage)) == {"author", "organizer", "speaker"}
    stage.sandbox.world.guild.members[speaker(stage).user.id].role_ids.clear()
    await speaker(stage).command("/now", channel="general")
    await until(lambda: speaker(stage).user.id not in members_of_committee(stage))
    await told(stage)
    assert members(stage, thread(stage)) == {"author", "organizer"}
    assert [one.name for one in stored.of_guild(stage.database.reader, guild(stage))] == ["Author", "Organizer"]


async def test_one_who_holds_the_role_is_known_once_they_press_a_button(stage: Stage) -> None:
    shown = await speaker(stage).command("/now", channel="general")
    assert shown.message is not None
    found = stage.sandbox.world.guild
    role = next(role.id for role in found.roles.values() if role.name == "Organizer")
    found.members[speaker(stage).user.id].role_ids.append(role)
    await speaker(stage).press(shown.message, "Refresh")
    await until(lambda: speaker(stage).user.id in members_of_committee(stage))


async def test_one_who_lost_the_role_is_forgotten_once_they_are_refused(stage: Stage) -> None:
    assert set(members_of_committee(stage)) == {committee(stage).user.id, administrator(stage).user.id}
    stage.sandbox.world.guild.members[committee(stage).user.id].role_ids.clear()
    await committee(stage).command("/cases list", channel="general")
    await until(lambda: committee(stage).user.id not in members_of_committee(stage))
    assert members_of_committee(stage) == [administrator(stage).user.id]


async def test_organizers_name_members_who_hold_no_role(stage: Stage) -> None:
    ben = committee(stage)
    await reported(stage, involved=["Organizer"])
    added = await ben.command("/cases committee add member:Speaker", channel="organizers")
    await told(stage)
    where = stage.sandbox.world.channel_named(CHANNEL).id
    assert lines(stage, added.message) == [
        "Speaker is on the conduct committee, and is let into the open cases that do not concern them. "
        f"They cannot see <#{where}> yet: allow it, or they cannot be in the threads there."
    ]
    (message,) = direct(speaker(stage))
    assert lines(stage, message) == [
        "You are on the conduct committee (DeLTa). There is 1 open case that you may read.",
        "Press All cases: only you see them then. In the server that is /cases list.",
    ]
    every = await speaker(stage).press(message, "All cases")
    assert every.message is not None
    card = await speaker(stage).choose(every.message, "pick-cs", f"Case {number(stage)}")
    assert lines(stage, card.message)[0] == unopened(stage)
    shown = await ben.command("/cases committee list", channel="organizers")
    assert lines(stage, shown.message)[-4:-1] == [
        "- Author · holds the role",
        "- Organizer · holds the role",
        "- Speaker · named by an organizer",
    ]
    await ben.command("/cases committee remove member:Speaker", channel="organizers")
    refused = await speaker(stage).press(direct(speaker(stage))[0], "All cases")
    assert lines(stage, refused.message) == [
        "Only the conduct committee sees cases. To report something yourself, use /report."
    ]
    bot = await ben.command("/cases committee add member:@usher", channel="organizers")
    assert lines(stage, bot.message) == ["Usher is a bot, and reads no cases. Nothing was changed."]
    assert len(members_of_committee(stage)) == 2
    refused = await speaker(stage).command("/cases committee list", channel="general")
    assert lines(stage, refused.message)[0].startswith("Only organizers say who is on the conduct committee.")


async def test_a_change_of_one_who_is_involved_goes_past_the_case_and_shows_them_nothing(stage: Stage) -> None:
    """One they add is let into other cases alone; one they take off reads this one on, and acts in it."""
    ana, ben, eve = attendee(stage), administrator(stage), speaker(stage)
    await committee(stage).command("/cases committee add member:Speaker", channel="organizers")
    await reported(stage, involved=["Organizer"])
    new = newcomer(stage)
    removed = await ben.command("/cases committee remove member:Speaker", channel="organizers")
    added = await ben.command("/cases committee add member:Quillon Vex", channel="organizers")
    assert lines(stage, removed.message) == ["Speaker is off the conduct committee."]
    assert lines(stage, added.message)[0].startswith("Quillon Vex is on the conduct committee, and is let into")
    await told(stage)
    assert (direct(new), direct(ben)) == ([], [])
    assert "Nothing was reported." in (await listed(new))[0]
    shown = (await eve.press(direct(eve)[0], "Open the case")).message
    assert shown is not None
    assert lines(stage, shown)[0] == unopened(stage)
    read = (await pressed(stage, eve, shown, "Acknowledge")).message
    assert read is not None
    exported = await pressed(stage, eve, read, "Export")
    assert exported.message is not None
    assert len(exported.message["attachments"]) == 2
    await wrote(stage, ana, direct(ana)[-1], "Answer", "More")
    assert first_lines(stage, direct(eve))[-1] == f"Case {number(stage)} (DeLTa): there is news."
    assert "\n".join(await listed(eve)).splitlines()[:2] == [
        "## Cases",
        "You are off the committee. These cases stay with you.",
    ]
    await reported(stage, committee(stage), what="Another")
    assert len((await listed(eve))[0].splitlines()) == 3
    assert len((await listed(new))[0].splitlines()) == 2
    await committee(stage).command("/cases committee remove member:Speaker", channel="organizers")
    refused = await eve.press(direct(eve)[0], "Open the case")
    assert lines(stage, refused.message)[0].startswith("Only the conduct committee sees cases.")


async def test_one_whom_an_involved_organizer_takes_off_stays_in_the_thread(stage: Stage) -> None:
    await appointed(stage, speaker(stage))
    await reported(stage, involved=["Author"])
    await committee(stage).command("/cases committee remove member:Speaker", channel="organizers")
    await pressed(stage, administrator(stage), administrator(stage).sees(thread(stage).id)[0], "Acknowledge")
    assert members(stage, thread(stage)) == {"organizer", "speaker"}
