"""Usher as ``usher run`` starts it, but with a clock that starts where it is told, so that "now" is in the programme.

Run as ``python -m tests.benchmarks.usher_bot API_URL TOKEN DATABASE EVENT_FOLDER ISO_TIME``.
"""

import asyncio
import sys
from datetime import datetime
from pathlib import Path

from bot import app


async def main(api_url: str, token: str, database: str, event: str, now: str) -> None:
    async with app.assembled(Path(database), event, app.clock_from(datetime.fromisoformat(now))) as parts:
        await app.connect(parts, token, api=api_url, guild=None, guild_ready_timeout=0.0)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
