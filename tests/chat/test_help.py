"""/help shows what its reader may use."""

from msgspec.structs import replace

from bot.sandbox_app import Stage
from bot.storage.delivery import outbox
from tests.chat.organizing.test_live import guild
from tests.chat.test_bot import seen
from tests.faults.delivered import until


async def shown(stage: Stage, name: str) -> dict[str, list[str]]:
    """What is for some alone in the /help of somebody: for whom -> the commands."""
    reply = await stage.sandbox.person(name).command("/help", channel="general")
    found = [line.partition(": ") for line in seen(stage, reply.message).splitlines() if line.startswith("For ")]
    return {whom: commands.split(", ") for whom, _, commands in found}


async def test_the_committees_command_is_shown_to_the_committee_organizers_or_not(stage: Stage) -> None:
    # A start follows the programme once more, which would take back what is put in force here.
    await until(lambda: bool(outbox.of_guild(stage.database.reader, guild(stage))))
    cases = {"For the conduct committee": ["/cases list"]}
    by_organizers = await shown(stage, "organizer")
    assert by_organizers.items() >= cases.items()
    assert "/cases committee add" in by_organizers["For organizers"]
    assert "/cases list" not in by_organizers["For organizers"]
    assert await shown(stage, "speaker") == {}
    server = stage.program.server
    with_role = replace(server, roles={**server.roles, "conduct": "Speaker"})
    stage.client.desk.programmes.put_live(guild(stage), replace(stage.program, server=with_role))
    assert await shown(stage, "speaker") == cases
    assert await shown(stage, "attendee") == {}
    assert await shown(stage, "organizer") == {"For organizers": by_organizers["For organizers"]}
