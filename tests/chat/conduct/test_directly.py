"""How a case goes that has no thread: directly, to each of the committee whom it does not concern."""

from datetime import timedelta

import discord

from bot.chat.conduct.ways import ADMINISTRATOR, NO_CHANNEL
from bot.sandbox.permissions import Permission
from bot.sandbox.state import Overwrite, OverwriteType
from bot.sandbox_app import Stage
from tests.chat.conduct.acting import (
    CHANNEL,
    administrator,
    appointed,
    attendee,
    committee,
    direct,
    first_lines,
    lines,
    number,
    reported,
    speaker,
    threads,
    unopened,
    wrote,
)
from tests.chat.organizing.test_live import guild, told
from tests.chat.setup.test_setup import text_channel
from tests.faults.delivered import until


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
