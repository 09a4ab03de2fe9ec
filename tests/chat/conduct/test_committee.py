"""Who sees a case: the committee, without those of it whom it concerns; and how a case goes that has no thread."""

from datetime import timedelta
from typing import Any

import discord
import pytest

from bot.chat.conduct.ways import ADMINISTRATOR, NO_CHANNEL
from bot.sandbox import Person
from bot.sandbox.permissions import Permission
from bot.sandbox.state import Member, Overwrite, OverwriteType
from bot.sandbox_app import Stage
from bot.storage import audit
from bot.storage.conduct import committee as stored
from bot.storage.delivery.outbox import State
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
    number,
    pressed,
    reported,
    rows,
    said,
    thread,
    threads,
    wrote,
)
from tests.chat.organizing.test_live import guild, told
from tests.chat.setup.test_setup import text_channel
from tests.faults.delivered import until

NOBODY = "Nobody reads it yet. Please turn to somebody you trust, too. /conduct says whom else you can turn to."
NEXT = "The report is kept: who comes to the committee next can read it."


def unopened(stage: Stage) -> str:
    return f"Case {number(stage)}: not read yet"


def unread(stage: Stage) -> list[str]:
    return [unopened(stage), f"{NOBODY} {NEXT}"]


def none(stage: Stage) -> str:
    return f"Case {number(stage)} is not there. /cases list shows those there are."


@pytest.fixture
async def stage(stage: Stage) -> Stage:
    """With two on the committee who have used the bot, one of whom is an administrator."""
    await appointed(stage, committee(stage), administrator(stage))
    return stage


def speaker(stage: Stage) -> Person:
    return stage.sandbox.person("speaker")


def newcomer(stage: Stage) -> Person:
    """Somebody who has never used the bot."""
    world = stage.sandbox.world
    user = world.add_user("quillon", "Quillon Vex")
    began = next(iter(world.guild.members.values())).joined_at
    world.guild.members[user.id] = Member(user, [], began)
    return stage.sandbox.person("quillon")


async def listed(person: Person) -> list[str]:
    reply = await person.command("/cases list", channel="general")
    assert reply.message is not None
    return (
        [row["content"] for row in reply.message["components"][0]["components"]] if reply.message["components"] else []
    )


async def test_only_the_committee_sees_cases_and_who_looked_there_is_named_nowhere(stage: Stage) -> None:
    await reported(stage)
    refused = await speaker(stage).command("/cases list", channel="general")
    assert lines(stage, refused.message) == [
        "Only the conduct committee sees cases. To report something yourself, use /report."
    ]
    await told(stage)
    assert audit.count(stage.database.reader, guild(stage)) == 0
    assert committee(stage).sees("organizers") == []


async def trail(person: Person) -> list[str]:
    """The acts that somebody finds in the audit trail."""
    shown = await person.command("/audit", channel="organizers")
    assert shown.message is not None
    text = shown.message["components"][0]["components"][0]["content"]
    return [row for row in text.splitlines() if not row.startswith("-# ")]


async def test_what_was_done_with_a_case_is_read_by_the_committee_without_whom_it_concerns(stage: Stage) -> None:
    await reported(stage)
    await reported(stage, stage.sandbox.person("speaker"), involved=["Organizer"])
    for message in (said(stage, thread(stage))[0], direct(committee(stage))[0]):
        card = await committee(stage).press(message, "Open the case")
        assert card.message is not None
        await pressed(stage, committee(stage), card.message, "Acknowledge")
    assert audit.count(stage.database.reader, guild(stage)) == 2
    assert administrator(stage).sees("organizers") == []
    assert await trail(administrator(stage)) == [
        "## Audit trail: 1 act",
        f"📝 <@{committee(stage).user.id}> acknowledged **case {number(stage)}**.",
    ]


async def test_one_who_is_involved_is_not_let_in_and_learns_of_nothing(stage: Stage) -> None:
    """They came to the committee after the channel had shown that there is a case."""
    ben, eve = administrator(stage), speaker(stage)
    await reported(stage, involved=["Speaker"])
    await appointed(stage, eve)
    found = thread(stage)
    assert members(stage, found) == {"author", "organizer"}
    assert eve.sees(found.id) == []
    before = audit.count(stage.database.reader, guild(stage))
    (opened,) = eve.sees(CHANNEL)
    assert lines(stage, (await eve.press(opened, "Open the case")).message) == [none(stage)]
    assert lines(stage, (await eve.command("/cases list", channel="general")).message)[:2] == [
        "Cases",
        "Nothing was reported. People report with /report, or with a message's menu, Apps.",
    ]
    await told(stage)
    assert members(stage, found) == {"author", "organizer"}
    # What is refused here is no attempt that others read of: it would tell them whom the case concerns.
    assert audit.count(stage.database.reader, guild(stage)) == before
    assert first_lines(stage, [(await ben.press(opened, "Open the case")).message or {}]) == [unopened(stage)]


async def test_where_one_of_the_committee_is_involved_the_channel_is_silent_and_the_others_are_told(
    stage: Stage,
) -> None:
    done = await reported(stage, involved=["Author"])
    assert "Author (@author): on the committee, and left out of this case." in lines(stage, done.message)
    assert members(stage, thread(stage)) == {"organizer"}
    assert committee(stage).sees(CHANNEL) == []
    assert (
        lines(stage, direct(administrator(stage))[0])[0]
        == f"Case {number(stage)} was reported to the conduct committee (DeLTa)."
    )
    await waited(stage)
    assert committee(stage).sees(CHANNEL) == []
    assert len(direct(administrator(stage))) == 2


async def test_one_with_the_role_who_never_used_the_bot_reads_nothing_of_a_case_that_concerns_them(
    stage: Stage,
) -> None:
    """Whether they were chosen or wrote the message; also when the case is not read in time."""
    eve = speaker(stage)
    found = stage.sandbox.world.guild
    role = next(role.id for role in found.roles.values() if role.name == "Organizer")
    found.members[eve.user.id].role_ids.append(role)
    opened = await attendee(stage).context_menu("Report to the committee", await eve.say("general", "Go away"))
    assert opened.modal is not None
    done = await attendee(stage).submit(opened.modal, {"what": "See there"})
    await told(stage)
    await reported(stage, committee(stage), involved=["Speaker"])
    assert "Speaker (@speaker): on the committee, and left out of this case." in lines(stage, done.message)
    assert (eve.user.id in members_of_committee(stage), len(threads(stage))) == (False, 2)
    assert (await said_in_time(stage), len(direct(administrator(stage)))) == ([], 4)


async def said_in_time(stage: Stage) -> list[str]:
    """What the channel shows once the time has passed within which the committee reads."""
    late = "UPDATE outbox SET due_at = 0 WHERE dedupe_key LIKE 'act:case:%:waiting%'"
    await stage.database.write(lambda tables: tables.execute(late))
    stage.worker.wake()
    await told(stage)
    return first_lines(stage, speaker(stage).sees(CHANNEL))


@pytest.mark.parametrize("involved", [[], pytest.param(["Organizer"], marks=pytest.mark.matrix)])
async def test_who_reported_hears_once_it_shows_that_nobody_is_on_the_committee_any_more(
    involved: list[str], stage: Stage
) -> None:
    ana = attendee(stage)
    await reported(stage, involved=involved)
    card = await committee(stage).press((direct(committee(stage)) or said(stage, thread(stage)))[0], "Open the case")
    assert card.message is not None
    await pressed(stage, committee(stage), card.message, "Acknowledge")
    stage.sandbox.world.guild.members[committee(stage).user.id].role_ids.clear()
    del stage.sandbox.world.guild.members[administrator(stage).user.id]
    said_then = await wrote(stage, ana, direct(ana)[-1], "Answer", "Are you there?")
    await told(stage)
    assert len(direct(ana)) == 2
    said_now = await wrote(stage, ana, direct(ana)[-1], "Answer", "Hello?")
    nobody = f"{NOBODY.replace('yet', 'any more')} {NEXT}"
    assert [lines(stage, one.message) for one in (said_then, said_now)] == [
        [f"Recorded in case {number(stage)}. {reads}"] for reads in ("The committee reads it.", nobody)
    ]
    read = await ana.press(direct(ana)[-1], "Read")
    assert lines(stage, read.message)[:2] == [
        f"Case {number(stage)}: being looked into",
        nobody,
    ]


async def test_with_what_follows_whoever_lost_the_role_is_let_out(stage: Stage) -> None:
    """Though they themselves do nothing."""
    await reported(stage)
    stage.sandbox.world.guild.members[committee(stage).user.id].role_ids.clear()
    await pressed(stage, administrator(stage), administrator(stage).sees(thread(stage).id)[0], "Acknowledge")
    assert members(stage, thread(stage)) == {"organizer"}


async def test_what_follows_calls_the_others_in_the_thread_or_who_takes_care_of_the_case(stage: Stage) -> None:
    await reported(stage)
    ben, eve = administrator(stage), committee(stage)
    await pressed(stage, eve, said(stage, thread(stage))[0], "Acknowledge")
    assert called(said(stage, thread(stage))[-1]) == {ben.user.id}
    choosing = await eve.press(said(stage, thread(stage))[0], "Assign")
    assert choosing.message is not None
    await eve.choose(choosing.message, "pick-cs", "Author")
    await told(stage)
    mine = await attendee(stage).press(direct(attendee(stage))[0], "Answer")
    assert mine.modal is not None
    await attendee(stage).submit(mine.modal, {"text": "More"})
    await told(stage)
    assert called(said(stage, thread(stage))[-1]) == {eve.user.id}


def called(message: dict[str, Any]) -> set[int]:
    """Whom a message notifies."""
    return {int(one["id"]) for one in message["mentions"]}


async def test_an_administrator_who_is_involved_is_not_told_and_the_others_are_directly(stage: Stage) -> None:
    done = await reported(stage, involved=["Organizer"])
    assert f"{ADMINISTRATOR}: the case goes by direct message to 1 other member of the committee." in lines(
        stage, done.message
    )
    assert (threads(stage), direct(administrator(stage)), committee(stage).sees(CHANNEL)) == ([], [], [])
    (message,) = direct(committee(stage))
    assert lines(stage, message) == [
        f"Case {number(stage)} was reported to the conduct committee (DeLTa). "
        "It comes to you directly, not in a thread.",
        "Press Open the case: only you see it then.",
    ]
    card = await committee(stage).press(message, "Open the case")
    assert lines(stage, card.message)[0] == unopened(stage)


async def test_both_sides_write_to_each_other_in_direct_messages(stage: Stage) -> None:
    ana, eve = attendee(stage), committee(stage)
    await appointed(stage, speaker(stage))
    await reported(stage, ana, involved=["Organizer"])
    card = (await eve.press(direct(eve)[0], "Open the case")).message
    assert card is not None
    await wrote(stage, eve, card, "Write to the reporter", "Where are you?")
    await wrote(stage, ana, direct(ana)[0], "Answer", "At home")
    news = [f"Case {number(stage)} (DeLTa): there is news."]
    # Who did something is not told of it.
    assert first_lines(stage, direct(eve))[1:] == news
    assert first_lines(stage, direct(speaker(stage)))[1:] == news * 2
    shown = (await eve.press(direct(eve)[-1], "Open the case")).message
    assert [row for row in lines(stage, shown) if row.startswith(">")][-2:] == ["> At home", "> Where are you?"]


async def test_a_message_of_an_administrator_that_is_reported_goes_directly_too(stage: Stage) -> None:
    message = await administrator(stage).say("general", "Nobody wants you here")
    opened = await attendee(stage).context_menu("Report to the committee", message)
    assert opened.modal is not None
    await attendee(stage).submit(opened.modal, {"what": "See there"})
    await told(stage)
    assert (threads(stage), len(direct(committee(stage))), direct(administrator(stage))) == ([], 1, [])


async def test_where_nothing_is_known_of_whoever_wrote_a_message_nobody_is_trusted(stage: Stage) -> None:
    message = await speaker(stage).say("general", "Nobody wants you here")
    opened = await attendee(stage).context_menu("Report to the committee", message)
    assert opened.modal is not None
    stage.sandbox.faults.status(400, f"/members/{speaker(stage).user.id}", method="GET")
    await attendee(stage).submit(opened.modal, {"what": "See there"})
    await told(stage)
    assert (threads(stage), len(direct(committee(stage)))) == ([], 1)


async def test_one_who_may_manage_the_threads_of_the_channel_is_as_an_administrator(stage: Stage) -> None:
    held = Overwrite(committee(stage).user.id, OverwriteType.MEMBER, allow=int(Permission.MANAGE_THREADS))
    channel = text_channel(stage, CHANNEL)
    await stage.client.http.edit_channel_permissions(channel.id, held.id, str(held.allow), "0", 1)
    await until(lambda: any(one.id == held.id for one in channel._overwrites))
    # Also while they are timed out: that ends.
    timed_out = discord.utils.utcnow() + timedelta(days=1)
    stage.sandbox.world.guild.members[committee(stage).user.id].timed_out_until = timed_out
    await reported(stage, involved=["Author"])
    assert (threads(stage), len(direct(administrator(stage)))) == ([], 1)


async def test_one_who_reads_the_server_s_log_is_as_an_administrator(stage: Stage) -> None:
    """Discord writes there that a thread was opened, and what it is called. Also while they are timed out."""
    there = stage.client.get_guild(guild(stage))
    assert there is not None
    # Nobody gives what they do not hold.
    for own in stage.sandbox.world.guild.roles.values():
        own.permissions |= int(Permission.VIEW_AUDIT_LOG) if own.managed_by else 0
    role = await there.create_role(name="Auditor", permissions=discord.Permissions(view_audit_log=True))
    await until(lambda: there.get_role(role.id) is not None)
    member = stage.sandbox.world.guild.members[speaker(stage).user.id]
    member.role_ids.append(role.id)
    member.timed_out_until = discord.utils.utcnow() + timedelta(days=1)
    await reported(stage, involved=["Speaker"])
    assert (threads(stage), len(direct(committee(stage)))) == ([], 1)


async def test_without_a_channel_the_case_goes_directly_and_whoever_reports_hears_so(stage: Stage) -> None:
    channel = text_channel(stage, CHANNEL)
    await channel.delete()
    await until(lambda: stage.client.get_channel(channel.id) is None)
    done = await reported(stage)
    assert f"{NO_CHANNEL}: the case goes by direct message to 2 other members of the committee." in lines(
        stage, done.message
    )
    assert [len(direct(one)) for one in (committee(stage), administrator(stage))] == [1, 1]


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


async def test_one_who_left_the_server_is_told_nothing(stage: Stage) -> None:
    del stage.sandbox.world.guild.members[committee(stage).user.id]
    await reported(stage, involved=["Organizer"])
    assert direct(committee(stage)) == []
    assert [(row.state, row.last_error) for row in rows(stage) if not row.place.startswith("reporter/")] == [
        (State.CANCELLED, "the person is not among those it is meant for")
    ]
    assert await heard(stage) == unread(stage)


async def test_who_reported_hears_that_nobody_could_be_let_into_the_thread(stage: Stage) -> None:
    """Discord says of one who is to be let out that they are not there."""
    stage.sandbox.world.guild.members[committee(stage).user.id].role_ids.clear()
    del stage.sandbox.world.guild.members[administrator(stage).user.id]
    path = f"/thread-members/{committee(stage).user.id}$"
    stage.sandbox.faults.status(404, path, method="DELETE", code=10007)
    await reported(stage)
    assert await heard(stage) == unread(stage)


async def test_who_reported_hears_that_nobody_reads_it_where_the_only_member_takes_no_direct_messages(
    stage: Stage,
) -> None:
    committee(stage).user.accepts_dms = False
    await reported(stage, involved=["Organizer"])
    assert await heard(stage) == unread(stage)


async def heard(stage: Stage) -> list[str]:
    """What whoever reported reads behind the only message that came to them."""
    await told(stage)
    (news,) = direct(attendee(stage))
    return lines(stage, (await attendee(stage).press(news, "Read")).message)[:2]


async def test_whom_discord_does_not_let_into_the_thread_is_told_directly(stage: Stage) -> None:
    path = f"/thread-members/{committee(stage).user.id}$"
    stage.sandbox.faults.status(403, path, method="PUT", code=50001)
    await reported(stage)
    await told(stage)
    assert members(stage, thread(stage)) == {"organizer"}
    assert lines(stage, direct(committee(stage))[0]) == [
        f"Case {number(stage)} was reported to the conduct committee (DeLTa).",
        "Press Open the case: only you see it then.",
    ]
    assert direct(attendee(stage)) == []


async def test_where_nobody_is_known_the_report_promises_nothing(stage: Stage) -> None:
    await stage.database.write(lambda tables: tables.execute("DELETE FROM conduct_committee"))
    done = await reported(stage)
    assert lines(stage, done.message)[1:3] == [
        NOBODY,
        "I know nobody else of the committee yet. The report is kept: the first of them whom I get to know is told "
        "of it.",
    ]
    read = await attendee(stage).choose((await mine(stage)), "pick-cs", f"Case {number(stage)}")
    assert lines(stage, read.message)[:2] == unread(stage)


async def mine(stage: Stage) -> dict[str, Any]:
    listed = await attendee(stage).command("/report", channel="general")
    assert listed.message is not None
    return listed.message


async def waited(stage: Stage) -> None:
    """As if the time had passed within which the committee reads."""
    reported_at = f"(SELECT reported_at FROM conduct_case WHERE number = {number(stage)})"
    late = f"UPDATE outbox SET due_at = {reported_at} WHERE dedupe_key LIKE 'act:case:{number(stage)}:waiting%'"
    await stage.database.write(lambda tables: tables.execute(late))
    stage.worker.wake()
    await told(stage)


async def test_the_committee_is_called_once_more_where_nobody_read_it_in_time(stage: Stage) -> None:
    await reported(stage)
    await waited(stage)
    called = committee(stage).sees(CHANNEL)[-1]
    assert [row.split(". ")[0] for row in lines(stage, called)] == [f"⏰ Case {number(stage)} has not been read yet"]
    assert called["mention_roles"] != []


async def test_the_committee_is_not_called_to_a_case_that_was_read(stage: Stage) -> None:
    await reported(stage, involved=["Organizer"])
    card = await committee(stage).press(direct(committee(stage))[0], "Open the case")
    assert card.message is not None
    await pressed(stage, committee(stage), card.message, "Acknowledge")
    await waited(stage)
    assert len(direct(committee(stage))) == 1


async def test_one_who_lost_the_role_is_not_called_to_a_case(stage: Stage) -> None:
    await reported(stage, involved=["Organizer"])
    stage.sandbox.world.guild.members[committee(stage).user.id].role_ids.clear()
    await waited(stage)
    assert len(direct(committee(stage))) == 1


async def test_a_button_waits_for_no_server_that_does_not_answer(stage: Stage) -> None:
    await reported(stage, involved=["Organizer"])
    stage.sandbox.faults.status(400, f"/members/{committee(stage).user.id}", method="GET")
    refused = await committee(stage).press(direct(committee(stage))[0], "Open the case")
    assert lines(stage, refused.message) == [
        "Discord does not say now who you are in the server. Nothing was changed. Try again soon."
    ]


async def test_nobody_can_take_a_case_that_concerns_them(stage: Stage) -> None:
    await appointed(stage, speaker(stage))
    await reported(stage, involved=["Author"])
    case, *_ = speaker(stage).sees(thread(stage).id)
    choosing = await pressed(stage, speaker(stage), case, "Assign")
    assert choosing.message is not None
    options = choosing.message["components"][1]["components"][0]["options"]
    assert [option["label"] for option in options] == ["Organizer", "Speaker"]
