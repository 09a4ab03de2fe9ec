"""/setup check on the sandbox, and what organizers are told at a start."""

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.actions.setup.tell_lacks import tell_lacks
from bot.chat.setup.check import check
from bot.chat.setup.reading import read
from bot.chat.setup.server import EVERYONE, Kind, Permission
from bot.domain.finding import lacks
from bot.folders import shipped_events
from bot.sandbox import Person, Reply
from bot.sandbox_app import Stage, staged
from bot.storage.conduct import committee
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import State
from tests.chat.organizing.test_audit import posted
from tests.chat.organizing.test_live import told
from tests.chat.test_bot import press_through, seen, without_as_of
from tests.faults.delivered import until
from tests.staging import NINE_TWENTY


@pytest.fixture
async def stage(stage: Stage) -> Stage:
    """After the check at its start."""
    await stage.connection.ready()
    return stage


def organizer(stage: Stage) -> Person:
    return stage.sandbox.person("organizer")


def guild(stage: Stage) -> discord.Guild:
    (found,) = stage.client.guilds
    return found


def text_channel(stage: Stage, name: str) -> discord.TextChannel:
    return next(channel for channel in guild(stage).text_channels if channel.name == name)


def role(stage: Stage, name: str) -> discord.Role:
    return next(role for role in guild(stage).roles if role.name == name)


async def lose_the_schedule(stage: Stage) -> None:
    await text_channel(stage, "schedule").delete()
    await until(lambda: all(channel.name != "schedule" for channel in guild(stage).text_channels))


async def open_to_everybody(stage: Stage, name: str) -> None:
    channel = text_channel(stage, name)
    await channel.set_permissions(guild(stage).default_role, view_channel=True)
    await until(lambda: channel.permissions_for(guild(stage).default_role).view_channel)


async def checked(stage: Stage) -> Reply:
    return await organizer(stage).command("/setup check", channel="organizers")


def lines(stage: Stage, reply: Reply) -> list[str]:
    return [row for row in without_as_of(seen(stage, reply.message)).replace("─", "").splitlines() if row]


async def restarted(stage: Stage) -> list[dict[str, Any]]:
    """What organizers have been told after the server was welcomed once more, as at each start."""
    await stage.client.on_guild_available(guild(stage))
    await told(stage)
    return posted(stage)


async def test_the_sandbox_lacks_nothing(stage: Stage) -> None:
    there = read(guild(stage), stage.program.server)
    assert there is not None
    assert lacks(check(stage.program.server, there)) == []
    assert lines(stage, await checked(stage))[:2] == [
        "Everything is in place",
        "I looked at 7 channels and 5 roles of server.yaml: whether they are there, what I may do there, who can read "
        "them, whom a mention notifies, which roles I can give. And at the server's features and my intents.",
    ]
    assert await restarted(stage) == []


async def test_discords_server_is_read_as_it_is(stage: Stage) -> None:
    there = read(guild(stage), stage.program.server, message_content=True)
    assert there is not None
    kinds = {channel.name: channel.kind for channel in there.channels}
    assert (kinds["announcements"], kinds["posters"]) == (Kind.ANNOUNCEMENT, Kind.FORUM)
    readers = {channel.name: channel.readers for channel in there.channels}
    assert (readers["organizers"], EVERYONE in readers["schedule"]) == (frozenset({"Organizer"}), True)
    assert {role.name for role in there.roles} == set(stage.program.server.roles.values())
    assert all(role.mentionable and role.below for role in there.roles)
    assert there.allowed == frozenset(Permission)
    assert (there.features, there.message_content) == (frozenset({"COMMUNITY", "NEWS"}), True)


async def test_what_is_missing_is_named_with_the_fix_and_is_gone_when_mended(stage: Stage) -> None:
    await lose_the_schedule(stage)
    await open_to_everybody(stage, "organizers")
    shown = await checked(stage)
    found = lines(stage, shown)
    assert (found[0], found[2:7]) == (
        "2 problems",
        [
            "What does not work",
            "⚠️ There is no channel #schedule (schedule): sessions are announced to nobody.",
            "Create it with the + in the channel list, or write the right name into server.yaml.",
            "⚠️ #organizers (organizers) is open to everybody: what is not meant for them can be read.",
            "Edit Channel, Permissions, switch on Private Channel, and add only who is meant and the bot's role.",
        ],
    )
    await guild(stage).create_text_channel("schedule")
    await text_channel(stage, "organizers").set_permissions(guild(stage).default_role, view_channel=False)
    await until(lambda: not text_channel(stage, "organizers").permissions_for(guild(stage).default_role).view_channel)
    again = await press_through(organizer(stage), shown, "Check again")
    assert lines(stage, again)[0] == "Everything is in place"


async def test_a_permission_taken_from_the_bot_and_a_mute_role_are_seen(stage: Stage) -> None:
    own = guild(stage).me.top_role
    channel = text_channel(stage, "schedule")
    await channel.set_permissions(own, embed_links=False, mention_everyone=False)
    await role(stage, "Reminders").edit(mentionable=False)
    await until(lambda: not channel.permissions_for(guild(stage).me).embed_links)
    await until(lambda: not role(stage, "Reminders").mentionable)
    assert [row for row in lines(stage, await checked(stage)) if row.startswith("⚠️")] == [
        "⚠️ In #schedule (schedule) the bot lacks Embed Links: sessions are announced to nobody.",
        "⚠️ A mention of Reminders (remind) notifies nobody in #schedule.",
    ]


async def test_a_role_of_settings_that_carries_rights_is_seen(stage: Stage) -> None:
    await role(stage, "Reminders").edit(permissions=discord.Permissions(manage_threads=True))
    await until(lambda: role(stage, "Reminders").permissions.manage_threads)
    found = lines(stage, await checked(stage))
    assert (found[0], found[3].partition(":")[0]) == (
        "1 problem",
        "⚠️ Reminders has rights that only organizers should give",
    )


async def test_organizers_are_told_at_a_start_once_for_the_same(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    await lose_the_schedule(stage)
    for _ in range(2):
        (message,) = await restarted(stage)
    assert message["content"].splitlines() == [
        "⚠️ **1 problem** in this server. /setup check shows them again.",
        "⚠️ There is no channel #schedule (schedule): sessions are announced to nobody.",
        "-# Create it with the + in the channel list, or write the right name into server.yaml.",
    ]
    assert (message["mentions"], message["mention_roles"]) == ([], [])
    assert "DeLTa: There is no channel #schedule (schedule)" in caplog.text
    opened = await organizer(stage).press(message, "Check again")
    assert lines(stage, opened)[0] == "1 problem"
    await role(stage, "Reviewer").delete()
    await until(lambda: all(role.name != "Reviewer" for role in guild(stage).roles))
    heads = [one["content"].splitlines()[0].partition("**")[2] for one in await restarted(stage)]
    assert [head.partition("**")[0] for head in heads] == ["1 problem", "2 problems"]


async def test_what_is_lacking_on_another_day_is_told_again(stage: Stage) -> None:
    """It may have been mended meanwhile, and is there again."""
    await lose_the_schedule(stage)
    assert len(await restarted(stage)) == 1
    await stage.clock.live_through(stage.clock.now() + timedelta(days=1))
    for _ in range(2):
        assert len([one for one in await restarted(stage) if "1 problem" in one["content"]]) == 2


@pytest.mark.parametrize("shut", [True, False])
async def test_without_a_channel_to_write_to_it_is_logged(
    stage: Stage, caplog: pytest.LogCaptureFixture, shut: bool
) -> None:
    channel = text_channel(stage, "organizers")
    if shut:
        await channel.set_permissions(guild(stage).me.top_role, send_messages=False)
        await until(lambda: not channel.permissions_for(guild(stage).me).send_messages)
    else:
        await channel.delete()
        await until(lambda: channel not in guild(stage).text_channels)
    await stage.client.on_guild_available(guild(stage))
    rows = stage.database.reader.execute("SELECT count(*) FROM outbox WHERE dedupe_key LIKE 'act:setup:%'").fetchone()
    assert rows == (0,)
    assert "organizers are not told what failed and who did what." in caplog.text


async def test_what_was_mended_before_it_could_be_told_is_not_told(stage: Stage) -> None:
    await tell_lacks(stage.database, guild(stage).id, "mended", now=stage.clock.now(), day=date(2025, 4, 28))
    await told(stage)
    rows = outbox.of_guild(stage.database.reader, guild(stage).id)
    assert [row.state for row in rows if row.key == "act:setup:mended:2025-04-28"] == [State.CANCELLED]
    assert posted(stage) == []


@pytest.mark.parametrize(("flags", "said"), [(0, 1), (1 << 18, 0), (1 << 19, 0)])
async def test_the_message_content_intent_is_optional(stage: Stage, flags: int, said: int) -> None:
    """The flags of a large and of a small bot (Discord, Application Flags)."""
    stage.client._connection.application_flags = discord.ApplicationFlags._from_value(flags)
    found = lines(stage, await checked(stage))
    assert found[0] == "Everything is in place"
    assert len([row for row in found if row.startswith("➕ The Message Content intent is off")]) == said


async def test_many_findings_have_pages(stage: Stage) -> None:
    for channel in list(guild(stage).text_channels):
        if channel.name != "organizers":
            await channel.delete()
    for each in list(guild(stage).roles):
        if each.name in stage.program.server.roles.values():
            await each.delete()
    await until(lambda: len(guild(stage).roles) == 3 and len(guild(stage).text_channels) == 1)
    reply = await checked(stage)
    assert lines(stage, reply)[0] == "10 problems"
    pages = []
    for label in ("More ›", "‹ Back"):
        pages.append([row for row in lines(stage, reply) if row.startswith(("⚠️", "➕"))])
        reply = await press_through(organizer(stage), reply, label)
    assert [len(page) for page in pages] == [6, 6]
    assert [row for row in lines(stage, reply) if row.startswith("⚠️")] == pages[0]


def test_they_are_offered_in_servers_only(stage: Stage) -> None:
    found = [command for command in stage.client.tree.get_commands() if command.name in ("audit", "setup")]
    assert [command.guild_only for command in found] == [True, True]


async def test_that_nobody_of_the_committee_is_known_is_said_until_one_of_them_uses_the_bot(tmp_path: Path) -> None:
    folder = shutil.copytree(shipped_events() / "delta-2025", tmp_path / "event")
    names = (folder / "server.yaml").read_text("utf-8")
    (folder / "server.yaml").write_text(names.replace("# conduct: Conduct committee", "conduct: Author"), "utf-8")
    nobody = "⚠️ I know nobody of the conduct committee: what people report is read by nobody."
    async with staged(str(folder), at=NINE_TWENTY) as stage:
        await stage.connection.ready()
        assert nobody in lines(stage, await checked(stage))
        await stage.sandbox.person("author").command("/now", channel="general")
        await until(lambda: bool(committee.of_guild(stage.database.reader, guild(stage).id)))
        assert nobody not in lines(stage, await checked(stage))
