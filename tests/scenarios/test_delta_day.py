"""The DeLTa workshop's day, lived through on the fast clock: what is posted is what was rehearsed."""

import asyncio
from datetime import datetime, timedelta

from bot.chat.organizing.rehearsal import rehearse
from bot.sandbox_app import Stage
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import State

EVENING_BEFORE = datetime.fromisoformat("2025-04-27T17:00-07:00")
AFTER = datetime.fromisoformat("2025-04-29T00:00-07:00")


async def live_through(stage: Stage, end: datetime) -> None:
    """Let the clock go to ``end``, through everything that is due before."""
    stage.sandbox.limiter.scale = 1000
    stage.clock.move_to(end)
    stage.worker.wake()
    async with asyncio.timeout(60):
        while stage.clock.now() < end:  # noqa: ASYNC110  # the clock is moved on by the worker, step by step
            await asyncio.sleep(0.02)


async def test_what_is_posted_is_what_was_rehearsed(evening_before: Stage) -> None:
    stage = evening_before
    planned = rehearse(stage.program, start=EVENING_BEFORE, end=AFTER)
    await live_through(stage, AFTER)
    (guild,) = stage.client.guilds
    rows = [row for row in outbox.of_guild(stage.database.reader, guild.id) if row.state is State.SENT]
    seen = []
    for row in rows:
        channel = next(one for one in guild.text_channels if one.id == row.channel_id)
        message = stage.sandbox.world.channel_named(channel.name).messages[row.message_id or 0]
        text, _, mention = message.data["content"].partition("\n<@&")
        at = datetime.fromisoformat(message.data["timestamp"])
        assert timedelta(0) <= at - row.due_at < timedelta(seconds=1)
        seen.append((row.key, row.op, row.due_at, channel.name, row.audience, text, bool(mention)))
    assert seen == [(o.key, o.op, o.at, o.place, o.audience, o.text, o.pings) for o in planned]
    assert [len(seen), sum(said[-1] for said in seen)] == [21, 13]
