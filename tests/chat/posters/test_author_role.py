"""The role of authors comes with the first poster and goes with the last, on the real client."""

from datetime import timedelta
from functools import partial

import discord
from msgspec.structs import replace

from bot.actions.privacy.decide import delete_data
from bot.domain.audit import By
from bot.sandbox import Person
from bot.sandbox.permissions import Permission
from bot.sandbox_app import Stage
from bot.storage.posters import author_roles
from tests.chat.in_force import put_in_force
from tests.chat.organizing.test_live import guild, organizer, told
from tests.chat.posters.authoring import FIRST, SECOND, TITLE, claimed, codes, lines
from tests.chat.test_bot import seen


def role(stage: Stage) -> discord.Role:
    (server,) = stage.client.guilds
    return next(one for one in server.roles if one.name == "Author")


def holds(stage: Stage, person: Person) -> bool:
    return role(stage).id in stage.sandbox.world.guild.members[person.user.id].role_ids


def kept(stage: Stage) -> int:
    """How many people are known to hold the role by the bot, or to be about to."""
    return int(stage.database.reader.execute("SELECT count(*) FROM author_role").fetchone()[0])


async def removed(stage: Stage, name: str, poster: str) -> None:
    command = f"/author remove person:{name} poster:{poster}"
    await (await organizer(stage).command(command, channel="organizers")).settled()
    await told(stage)


async def test_the_role_comes_with_the_first_poster_and_goes_with_the_last(stage: Stage) -> None:
    person = stage.sandbox.person("attendee")
    assert lines(stage, await claimed(stage, person))[:2] == [
        f"You are an author of {TITLE}",
        "You get the role Author.",
    ]
    await told(stage)
    assert holds(stage, person)
    await claimed(stage, person, (await codes(stage, SECOND))[0])
    await removed(stage, "attendee", FIRST)
    assert holds(stage, person)
    await removed(stage, "attendee", SECOND)
    assert (holds(stage, person), kept(stage)) == (False, 0)
    # Named by an organizer it comes, too, and goes with everything that is stored about them.
    named = f"/author assign person:attendee poster:{FIRST}"
    await (await organizer(stage).command(named, channel="organizers")).settled()
    await told(stage)
    assert (holds(stage, person), kept(stage)) == (True, 1)
    await delete_data(stage.database, guild(stage), by=By(person.user.id, 1, stage.clock.now()))
    stage.worker.wake()
    await told(stage)
    assert (holds(stage, person), kept(stage)) == (False, 0)


async def test_another_role_takes_the_place_of_the_one_before(stage: Stage) -> None:
    person, server = stage.sandbox.person("attendee"), stage.program.server
    await claimed(stage, person)
    await told(stage)
    others = {purpose: name for purpose, name in server.roles.items() if purpose != "remind"}
    named = replace(stage.program, server=replace(server, roles={**others, "authors": server.roles["remind"]}))
    await put_in_force(stage, named)
    await stage.database.write(
        partial(author_roles.follow_all, guild_id=guild(stage), now=stage.clock.now(), anew=True)
    )
    stage.worker.wake()
    await told(stage)
    held = stage.sandbox.world.guild.members[person.user.id].role_ids
    assert [stage.sandbox.world.guild.roles[one].name for one in held] == [server.roles["remind"]]


async def test_a_role_that_somebody_else_gave_stays(stage: Stage) -> None:
    author = stage.sandbox.person("author")
    assert lines(stage, await claimed(stage, author))[1].startswith("You hear of each question")
    await told(stage)
    await removed(stage, "author", FIRST)
    assert (holds(stage, author), kept(stage)) == (True, 0)


async def test_a_role_that_cannot_be_given_is_told_once_and_hinders_nobody(stage: Stage) -> None:
    attendee, speaker = stage.sandbox.person("attendee"), stage.sandbox.person("speaker")
    first, second, *_ = await codes(stage)
    place, role(stage).position = role(stage).position, 99
    for person, code in ((attendee, first), (speaker, second)):
        assert lines(stage, await claimed(stage, person, code))[1].startswith("You hear of each question")
        await stage.clock.live_through(stage.clock.now() + timedelta(minutes=2))
    above = "the role Author could not be given: move the bot's own role above Author (Server Settings, Roles)"
    assert [row.rpartition(" · ")[2] for row in reported(stage)] == [above]
    # As soon as organizers mended it; Discord's own refusal is another reason.
    role(stage).position = place
    await claimed(stage, attendee, first)
    await told(stage)
    assert (holds(stage, attendee), holds(stage, speaker)) == (True, False)
    for one in stage.sandbox.world.guild.members[stage.sandbox.world.bot.id].role_ids:
        stage.sandbox.world.guild.roles[one].permissions &= ~Permission.MANAGE_ROLES
    await claimed(stage, speaker, second)
    await stage.clock.live_through(stage.clock.now() + timedelta(minutes=2))
    assert reported(stage)[1].endswith(
        "the role Author could not be given: give the bot the permission Manage Roles, and a role of its own above it"
    )
    # What it never gave is not its to take back.
    held = stage.database.reader.execute("SELECT user_id FROM author_role WHERE role_id IS NOT NULL").fetchall()
    assert held == [(attendee.user.id,)]


def reported(stage: Stage) -> list[str]:
    """The lines about roles in the organizers' channel."""
    shown = [seen(stage, message) for message in organizer(stage).sees("organizers")]
    return [row for text in shown for row in text.splitlines() if "Role of an author" in row]
