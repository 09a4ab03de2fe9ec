"""The real bot as a process that ends itself, as ``kill -9`` would, at a named step of a delivery.

Run as ``python -m tests.faults.killed_bot API_URL TOKEN DATABASE EVENT_FOLDER ISO_TIME SPEED STEP``; the step "-" never
comes.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import discord

from bot import app
from bot.chat.connection import Connection
from bot.chat.sender import DiscordSender
from bot.clock import RehearsalClock
from bot.domain.errors import UsherError
from bot.storage import outbox
from bot.storage.database import Database

#: Step -> the function that is wrapped, and whether the process ends before it runs or after it returned.
STEPS: dict[str, tuple[Any, str, str]] = {
    "before the claim": (outbox, "claim", "before"),
    "in the claim's transaction": (outbox, "claim", "after"),
    "after the claim": (DiscordSender, "deliver", "before"),
    "before the request": (discord.http.HTTPClient, "send_message", "before"),
    "after acceptance": (discord.http.HTTPClient, "send_message", "after"),
    "after the answer was read": (DiscordSender, "deliver", "after"),
    "in the record's transaction": (outbox, "finish", "after"),
    "after the record": (Database, "write", "after a record"),
}


def _end() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def arm(step: str) -> None:
    """Let the process end at ``step``."""
    owner, name, when = STEPS[step]
    inner = getattr(owner, name)
    if when == "after a record":
        setattr(owner, name, _ending_after_a_record(inner))
    elif asyncio.iscoroutinefunction(inner) or name == "send_message":
        setattr(owner, name, _ending_async(inner, when))
    else:
        setattr(owner, name, _ending(inner, when))


def _ending(inner: Callable[..., Any], when: str) -> Callable[..., Any]:
    @wraps(inner)
    def stepped(*args: Any, **kwargs: Any) -> Any:
        if when == "before" and _something_is_due(*args, **kwargs):
            _end()
        result = inner(*args, **kwargs)
        # A claim that finds nothing is no claim.
        if when == "after" and result != []:
            _end()
        return result

    return stepped


def _something_is_due(db: Any, *, now: datetime, **_: Any) -> bool:
    query = "SELECT count(*) FROM outbox WHERE state = 'queued' AND due_at <= ?"
    (number,) = db.execute(query, [outbox.millis(now)]).fetchone()
    return bool(number)


def _ending_async(inner: Callable[..., Any], when: str) -> Callable[..., Any]:
    @wraps(inner)
    async def stepped(*args: Any, **kwargs: Any) -> Any:
        if when == "before":
            _end()
        await inner(*args, **kwargs)
        _end()

    return stepped


def _ending_after_a_record(inner: Callable[..., Any]) -> Callable[..., Any]:
    finished = []

    def noting(*args: Any, **kwargs: Any) -> None:
        finished.append(args)
        record(*args, **kwargs)

    record, outbox.finish = outbox.finish, noting

    @wraps(inner)
    async def stepped(*args: Any, **kwargs: Any) -> Any:
        result = await inner(*args, **kwargs)
        if finished:
            _end()
        return result

    return stepped


async def main(api: str, token: str, database: str, event: str, start: str, speed: str, step: str) -> None:
    if step != "-":
        arm(step)
    clock = RehearsalClock(datetime.fromisoformat(start), float(speed))
    async with app.assembled(Path(database), event, clock) as parts:
        connection = Connection(
            parts.desk, parts.database, token, api=api, wake=parts.alarm.ring, guild_ready_timeout=0.0
        )
        async with app.speaking(parts, connection) as worker:
            await app.until_told(connection, worker)


if __name__ == "__main__":
    try:
        asyncio.run(main(*sys.argv[1:]))
    except UsherError as error:
        sys.exit(str(error))
