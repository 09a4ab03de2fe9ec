"""What may have been said already is not said again on the off chance."""

from pathlib import Path

from bot.sandbox.permissions import Permission
from bot.sandbox.state import Overwrite, OverwriteType
from tests.chat.samples import at
from tests.faults.delivered import CHANNELS, until
from tests.faults.test_killed import LONG, killed


async def test_where_the_history_may_not_be_read_organizers_are_told_and_nothing_is_doubled(tmp_path: Path) -> None:
    async with killed(tmp_path, "message", "after acceptance", nonce_life=0.0) as (it, wanted):
        arrived = sum(it.arrived().values())
        assert arrived > 0
        world = it.sandbox.world
        denied = Overwrite(world.guild.id, OverwriteType.ROLE, deny=Permission.READ_MESSAGE_HISTORY)
        for name in CHANNELS:
            world.channel_named(name).overwrites[world.guild.id] = denied
        it.age(LONG)
        async with it.bot(start=at(-14).isoformat(), speed=1) as process:
            await until(lambda: not it.unsaid(at(-14)))
            process.terminate()
            _, said = await process.communicate()
        assert {it.rows()[key] for key in wanted} == {"failed"}
        told = [message.data["content"] for message in world.channel_named("organizers").messages.values()]
        assert told[-1].startswith("⚠️ **3 messages** could not be delivered.")
        assert "give the bot Read Message History in the channel, then try again" in told[-1]
        assert sum(it.arrived().values()) == arrived + 1
        assert "In #schedule (schedule) the bot lacks Read Message History" in said.decode()
