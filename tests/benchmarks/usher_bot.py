"""Usher as ``usher run`` starts it, but with a clock that starts where it is told, so that "now" is in the programme.

Run as ``python -m tests.benchmarks.usher_bot API_URL TOKEN DATABASE EVENT_FOLDER ISO_TIME``.
"""

import asyncio
import gc
import sys
from datetime import datetime
from pathlib import Path

from bot import app, lifetime
from bot.chat.connection import Connection
from bot.clock import RehearsalClock


async def main(api_url: str, token: str, database: str, event: str, now: str) -> None:
    async with app.assembled(Path(database), event, RehearsalClock(datetime.fromisoformat(now))) as parts:
        gc.freeze()  # as ``app.run`` does
        connection = Connection(
            parts.desk, parts.database, token, api=api_url, wake=parts.alarm.ring, guild_ready_timeout=0.0
        )
        async with lifetime.speaking(parts, connection):
            await connection.run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
