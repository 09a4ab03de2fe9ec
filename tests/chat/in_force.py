"""Another programme for the server of a stage, in memory alone."""

from bot.domain.program import Program
from bot.sandbox_app import Stage
from bot.storage.delivery import outbox
from tests.faults.delivered import until


async def put_in_force(stage: Stage, program: Program) -> None:
    """Once the start has followed the stored programme: that would take this one back."""
    guild = stage.sandbox.world.guild.id
    await until(lambda: bool(outbox.of_guild(stage.database.reader, guild)))
    stage.client.desk.programmes.put_live(guild, program)
