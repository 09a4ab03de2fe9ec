"""The server that the sandbox makes of an event: who sees which channel."""

import pytest
from msgspec.structs import replace

from bot.domain.program import Program
from bot.folders import read_files, shipped_events
from bot.formats.folder import read_folder
from bot.sandbox.permissions import Permission, channel_permissions
from bot.sandbox_app import staged, world_for

ROLES = {"authors": "Author", "speakers": "Speaker", "reviewers": "Reviewer", "organizers": "Organizer"}


def delta(channels: dict[str, str], roles: dict[str, str]) -> Program:
    program = read_folder(read_files(shipped_events() / "delta-2025")).program
    assert program is not None
    return replace(program, server=replace(program.server, channels=channels, roles=roles))


def seeing(program: Program, channel: str) -> list[str]:
    world = world_for(program)
    place, members = world.channel_named(channel), world.guild.members
    return [
        user.name
        for user in world.people()
        if Permission.VIEW_CHANNEL in channel_permissions(world.guild, place, members[user.id])
    ]


EVERYONE = ["attendee", "author", "speaker", "organizer"]


@pytest.mark.parametrize(
    ("purpose", "roles", "expected"),
    [
        ("announcements", ROLES, EVERYONE),
        ("schedule", ROLES, EVERYONE),
        ("organizers", ROLES, ["organizer"]),
        ("conduct", ROLES, ["organizer"]),
        ("reviewers", ROLES, ["organizer"]),
        ("authors", ROLES, ["author", "organizer"]),
        ("speakers", ROLES, ["speaker", "organizer"]),
        ("attendees", ROLES, EVERYONE),
        ("attendees", ROLES | {"attendees": "Attendee"}, EVERYONE),
        ("authors", {"organizers": "Chair"}, ["organizer"]),
        ("organizers", {}, ["organizer"]),
        ("authors", {"authors": "Author"}, ["author", "organizer"]),
    ],
)
def test_channel_is_seen_by_its_circle_and_by_organizers(
    purpose: str, roles: dict[str, str], expected: list[str]
) -> None:
    assert seeing(delta({purpose: "place"}, roles), "place") == expected


def test_channel_with_two_purposes_is_made_once() -> None:
    world = world_for(delta({"general": "general", "announcements": "news", "schedule": "news"}, ROLES))
    assert [channel.name for channel in world.guild.channels.values()] == ["general", "news"]


@pytest.mark.parametrize("switched_on", [False, True])
async def test_the_intent_to_read_messages_is_switched_on_when_asked_for(switched_on: bool) -> None:
    async with staged("delta-2025", at="2025-04-28T09:20", message_content=switched_on) as stage:
        assert stage.client.application_flags.gateway_message_content_limited is switched_on
