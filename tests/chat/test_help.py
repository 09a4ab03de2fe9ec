"""/help shows what its reader may use."""

from msgspec.structs import replace

from bot.sandbox_app import Stage
from tests.chat.in_force import put_in_force
from tests.chat.test_bot import seen


async def shown(stage: Stage, name: str) -> dict[str, list[str]]:
    """What is for some alone in the /help of somebody: for whom -> the commands."""
    reply = await stage.sandbox.person(name).command("/help", channel="general")
    found = [line.partition(": ") for line in seen(stage, reply.message).splitlines() if line.startswith("For ")]
    return {whom: commands.split(", ") for whom, _, commands in found}


async def test_the_committees_command_is_shown_to_the_committee_organizers_or_not(stage: Stage) -> None:
    cases = {"For the conduct committee": ["/cases list"]}
    by_organizers = await shown(stage, "organizer")
    assert by_organizers.items() >= cases.items()
    assert "/cases committee add" in by_organizers["For organizers"]
    assert "/cases list" not in by_organizers["For organizers"]
    assert await shown(stage, "speaker") == {}
    server = stage.program.server
    with_role = replace(server, roles={**server.roles, "conduct": "Speaker"})
    await put_in_force(stage, replace(stage.program, server=with_role))
    assert await shown(stage, "speaker") == cases
    assert await shown(stage, "attendee") == {}
    assert await shown(stage, "organizer") == {"For organizers": by_organizers["For organizers"]}
