"""Lookups while 1,000 reminders go out, paced as they are in use, against the same lookups when nothing does.

The server stands in this process and takes the reminders as well as the lookups: its share of the work is in the
figure, too.
"""

import asyncio
import gc
import tempfile
from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from bot.domain.reminders.notice import Facts, NoticeKind
from bot.sandbox import World
from bot.sandbox.snowflake import WORLD_BEGAN
from bot.sandbox.state import Channel, Member
from bot.storage.database import Database, Tables
from bot.storage.delivery import told
from bot.storage.delivery.outbox import Op, Priority
from tests.benchmarks.events import Measured, delta, large
from tests.benchmarks.figures import Pace, Row, ms, p50, p99
from tests.benchmarks.running import Driven, server, started, usher
from tests.benchmarks.typed import asked, lookups

P99_MOST = 2.0
ROUNDS, REMINDERS, WARM_UP = 3, 1000, 100
#: Seconds between two lookups: somebody asks all the time, and nobody waits for anybody.
_EVERY = 0.02
#: What anybody chooses wakes the delivery.
_WAKE = "/remind where:In the channel"


async def measure(pace: Pace) -> Sequence[Row]:
    with large() as event:
        return [await _on(event, pace), await _on(delta(), pace)]


async def _on(event: Measured, pace: Pace) -> Row:
    number = pace.times(REMINDERS)
    with tempfile.TemporaryDirectory(prefix="usher-bench-") as folder:
        file = Path(folder) / "usher.db"
        async with server(event.program) as sandbox, started(sandbox, usher(event, file, sandbox)) as bot:
            channels = [one_more(sandbox.world, each) for each in range(number)]
            columns = [asked(event, lookup, 100) for lookup in lookups(event)]
            typed = cycle([lookup.data for row in zip(*columns, strict=True) for lookup in row])
            await look_up(bot, [next(typed) for _ in range(WARM_UP)])
            idle: list[float] = []
            busy: list[float] = []
            for turn in range(pace.times(ROUNDS)):
                gc.collect()
                await _queued(file, sandbox.world.guild.id, channels, event, turn)
                await (await sandbox.person("attendee").command(_WAKE, channel="general")).settled()
                during: list[float] = []
                while sum(len(channel.messages) for channel in channels) < number * (turn + 1):
                    during += await look_up(bot, [next(typed) for _ in range(20)])
                busy += during
                idle += await look_up(bot, [next(typed) for _ in during])
    ratio = p99(busy) / p99(idle)
    return Row(
        f"lookups while {number:,} reminders go out, against idle",
        event.name,
        f"p99 <= {P99_MOST:g}",
        f"p99 {ratio:.2f} ({ms(p99(busy))} against {ms(p99(idle))}), p50 {p50(busy) / p50(idle):.2f}"
        f" ({ms(p50(busy))} against {ms(p50(idle))}); {len(busy):,} lookups each",
        ratio <= P99_MOST,
        {"p99_ratio": ratio, "p50_ratio": p50(busy) / p50(idle), "p99_s": p99(busy), "idle_p99_s": p99(idle)},
    )


async def look_up(bot: Driven, typed: Sequence[Mapping[str, Any]]) -> list[float]:
    """Type these one after another as people would; seconds until each was answered."""
    took = []
    for data in typed:
        took.append(await bot.use(data))
        await asyncio.sleep(_EVERY)
    return took


def one_more(world: World, number: int) -> Channel:
    """Another member of the server, with the bot's direct channel to them."""
    user = world.add_user(f"person {number}")
    world.guild.members[user.id] = Member(user, [], WORLD_BEGAN)
    return world.dm_with(user)


async def _queued(file: Path, guild: int, channels: Sequence[Channel], event: Measured, turn: int) -> None:
    """A reminder of some session for each of these people, all due now, written beside the running bot."""

    def write(tables: Tables) -> None:
        for channel, session in zip(channels, cycle(event.program.held), strict=False):
            told.add(
                tables,
                guild,
                f"act:bench:{turn}:{channel.id}",
                Op.DM,
                Facts(NoticeKind.PERSONAL, (session.id,), session.start),
                place=str(channel.recipient_ids[1]),
                priority=Priority.REMINDER,
                due_at=event.now,
                expires_at=event.now + timedelta(days=1),
                message=(channel.id, None),
            )

    db = Database.open(file)
    await db.write(write)
    db.close()
