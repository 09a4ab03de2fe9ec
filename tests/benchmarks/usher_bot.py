"""Usher as ``usher run`` starts it, but with a clock that starts where it is told, so that "now" is in the programme.

Run as ``python -m tests.benchmarks.usher_bot API_URL TOKEN DATABASE EVENT_FOLDER ISO_TIME``. ``--beats FILE`` tells of
the event loop, see ``beats``; ``--unpaced`` speaks unasked as fast as it can.
"""

import argparse
import asyncio
import gc
from datetime import datetime
from pathlib import Path

from bot import app, lifetime
from bot.chat.connection import Connection
from bot.clock import RehearsalClock
from bot.delivery.pacing import Pacing
from tests.benchmarks.beats import Beats


async def main(given: argparse.Namespace) -> None:
    clock = RehearsalClock(datetime.fromisoformat(given.now))
    async with app.assembled(Path(given.database), given.event, clock) as parts:
        gc.freeze()  # as ``app.run`` does
        connection = Connection(
            parts.desk, parts.database, given.token, api=given.api_url, wake=parts.alarm.ring, guild_ready_timeout=0.0
        )
        listening = asyncio.create_task(Beats(given.beats).listen()) if given.beats else None
        async with lifetime.speaking(parts, connection, Pacing(None) if given.unpaced else None):
            await connection.run()
        if listening:
            listening.cancel()


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    for name in ("api_url", "token", "database", "event", "now"):
        parser.add_argument(name)
    parser.add_argument("--beats", type=Path)
    parser.add_argument("--unpaced", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main(_given()))
