"""Direct messages at Discord's own pace: as fast as its limits allow, while people are answered as ever.

The server enforces its limits and is 100 ms away, except for answers to interactions, which a lookup is timed by.
"""

import asyncio
import gc
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from time import perf_counter
from typing import Any

from bot.sandbox import Reply
from bot.sandbox.ratelimits import GLOBAL
from bot.sandbox.state import Channel
from tests.benchmarks.announcing.people import draft, each_has, opted_in, send, wanting, watched
from tests.benchmarks.answering import WARM_UP, look_up
from tests.benchmarks.beats import Beats
from tests.benchmarks.events import Measured
from tests.benchmarks.figures import Pace, Row, ms, p50, p99
from tests.benchmarks.heartbeat import heartbeat
from tests.benchmarks.running import Driven, server, started, usher
from tests.benchmarks.typed import asked, lookups

TIME_MOST, P99_MOST, HELD_MOST = 1.15, 2.0, 0.02
#: How many people, whom an announcement is for, and how often it is made.
_SIZES = ((300, None, 5), (300, "Speakers", 2), (2_000, None, 2))
#: Seconds.
_ROUND_TRIP = 0.1
_NOT_ANSWERS = r"^/(?!interactions/|webhooks/)"

#: What people type, for ever.
Typed = Iterator[Mapping[str, Any]]


@dataclass
class _Found:
    """Of each announcement: how long it took, and of how many requests; the longest blocks of the loop in seconds,
    by the clock and without what others did with the machine, and of the server's by the clock. And each lookup.
    """

    seconds: list[float] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    held: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    server_held: list[float] = field(default_factory=list)
    idle_held: list[float] = field(default_factory=list)
    idle_own: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    idle: list[float] = field(default_factory=list)


async def measure(event: Measured, pace: Pace) -> Sequence[Row]:
    rows: list[Row] = []
    for size, to, often in _SIZES:
        number = size // 10 if pace.quick else size
        found = await _on(event, number, to, 1 if pace.quick else often)
        what = f"{number:,} direct messages" + (" to a role, each reader looked up" if to else "")
        rows += [_time(event, what, found), _lookups(event, what, found), _loop(event, what, found)]
    return rows


async def _on(event: Measured, number: int, to: str | None, often: int) -> _Found:
    found = _Found()
    with tempfile.TemporaryDirectory(prefix="usher-bench-") as folder:
        file, told = Path(folder) / "usher.db", Path(folder) / "beats"
        beats = Beats(told)
        async with server(event.program, limits=True) as sandbox:
            channels = wanting(sandbox.world, number)
            await opted_in(file, sandbox.world, channels)
            async with started(sandbox, usher(event, file, sandbox, "--beats", str(told))) as bot:
                columns = [asked(event, lookup, 100) for lookup in lookups(event)]
                typed = cycle([lookup.data for row in zip(*columns, strict=True) for lookup in row])
                await look_up(bot, [next(typed) for _ in range(WARM_UP)])
                sandbox.faults.delay(_ROUND_TRIP, _NOT_ANSWERS, times=None)
                for turn in range(often):
                    # The server is to stand still for no longer than a network would.
                    gc.collect()
                    gc.freeze()
                    preview = await draft(sandbox, to=to)
                    # Until the preview's own requests are out of the second that Discord's limit counts.
                    await asyncio.sleep(2.0)
                    await _during(bot, preview, channels, turn + 1, typed, beats, found)
                    await asyncio.sleep(1.0)
                    await _idle(bot, typed, beats, found)
                    gc.unfreeze()
    return found


async def _during(
    bot: Driven,
    preview: Reply,
    channels: Sequence[Channel],
    turn: int,
    typed: Typed,
    beats: Beats,
    found: _Found,
) -> None:
    """Send it, and look things up until everybody has it."""
    beats.forget()
    async with watched(bot.sandbox) as seen, heartbeat() as heart:
        began = perf_counter()
        sending = asyncio.create_task(send(bot.sandbox, preview))
        while sum(len(channel.messages) for channel in channels) < len(channels) * turn:
            found.busy += await look_up(bot, [next(typed) for _ in range(20)])
        await sending
    found.held.append(beats.longest)
    found.own.append(beats.own)
    found.server_held.append(heart.longest)
    found.seconds.append(seen.last - began)
    found.requests.append(seen.requests)
    found.refused.append(seen.refused)
    each_has(channels, turn)


async def _idle(bot: Driven, typed: Typed, beats: Beats, found: _Found) -> None:
    """As many lookups with nothing to say."""
    beats.forget()
    found.idle += await look_up(bot, [next(typed) for _ in range(len(found.busy) - len(found.idle))])
    found.idle_held.append(beats.longest)
    found.idle_own.append(beats.own)


def _time(event: Measured, what: str, found: _Found) -> Row:
    ratios = [took / (asked / GLOBAL.limit) for took, asked in zip(found.seconds, found.requests, strict=True)]
    return Row(
        f"{what}, {ms(_ROUND_TRIP)} away: time / (requests / {GLOBAL.limit} s)",
        event.name,
        f"<= {TIME_MOST}, no 429",
        f"{p50(ratios):.3f}, at most {max(ratios):.3f} ({p50(found.seconds):.1f} s, {max(found.requests):,} requests,"
        f" {sum(found.refused)} refused); {len(ratios)} times; the server itself stood still"
        f" {ms(max(found.server_held))} at most",
        max(ratios) <= TIME_MOST and not any(found.refused),
        {
            "ratio": ratios,
            "s": found.seconds,
            "requests": found.requests,
            "refused": found.refused,
            "server_held_s": found.server_held,
        },
    )


def _lookups(event: Measured, what: str, found: _Found) -> Row:
    busy, idle = p99(found.busy), p99(found.idle)
    return Row(
        f"{what}: lookups meanwhile, against idle",
        event.name,
        f"p99 <= {P99_MOST:g}",
        f"p99 {busy / idle:.2f} ({ms(busy)} against {ms(idle)}), p50 {p50(found.busy) / p50(found.idle):.2f};"
        f" {len(found.busy):,} lookups each",
        busy / idle <= P99_MOST,
        {"p99_ratio": busy / idle, "p99_s": busy, "idle_p99_s": idle, "p50_s": [p50(found.busy), p50(found.idle)]},
    )


def _loop(event: Measured, what: str, found: _Found) -> Row:
    return Row(
        f"{what}: the longest block of the bot's loop, while the bot itself was at work",
        event.name,
        f"<= {ms(HELD_MOST)}",
        f"{ms(max(found.own))}, idle {ms(max(found.idle_own))}; by the clock, with all that ran on the machine,"
        f" {ms(max(found.held))}, idle {ms(max(found.idle_held))}",
        max(found.own) <= HELD_MOST,
        {"own_s": found.own, "held_s": found.held, "idle_own_s": found.idle_own, "idle_held_s": found.idle_held},
    )
