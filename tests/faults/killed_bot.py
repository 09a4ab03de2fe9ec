"""The real bot as a process that ends itself, as ``kill -9`` would, at a named step of a delivery.

Run as ``python -m tests.faults.killed_bot API_URL TOKEN DATABASE EVENT_FOLDER ISO_TIME SPEED PACE STEP OP REQUEST``.
PACE is how many requests it makes in a second, OP the kind of row whose delivery is meant, REQUEST the library's
function that asks Discord for it; the step "-" never comes.
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

from bot import app, lifetime
from bot.chat.connection import Connection
from bot.chat.unasked.sender import DiscordSender
from bot.clock import RehearsalClock
from bot.delivery.outcome import Later
from bot.delivery.pacing import Pacing
from bot.domain.errors import UsherError
from bot.storage.database import Database
from bot.storage.delivery import claims, outbox
from bot.storage.delivery.outbox import Row

#: In place of a function's name: the one that asks Discord for the operation.
REQUEST = "request"

#: Step -> the function that is wrapped, and whether the process ends before it runs or after it returned.
STEPS: dict[str, tuple[Any, str, str]] = {
    "before the claim": (claims, "claim", "before"),
    "in the claim's transaction": (claims, "claim", "after"),
    "after the claim": (DiscordSender, "deliver", "before"),
    "before the request": (discord.http.HTTPClient, REQUEST, "before"),
    "after acceptance": (discord.http.HTTPClient, REQUEST, "after"),
    "after the answer was read": (DiscordSender, "deliver", "after"),
    "in the record's transaction": (claims, "finish", "after"),
    "after the record": (Database, "write", "after a record"),
}


def _end() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def arm(step: str, op: str, request: str) -> None:
    """Let the process end at ``step`` of the first delivery of kind ``op``."""
    owner, name, when = STEPS[step]
    name = request if name == REQUEST else name
    inner = getattr(owner, name)
    if when == "after a record":
        wrapped = _ending_after_a_record(inner, op)
    elif name == "claim":
        wrapped = _ending_at_a_claim(inner, when, op)
    elif name == "finish":
        wrapped = _ending_at_a_record(inner, op)
    else:
        wrapped = _ending_async(inner, when, op)
    setattr(owner, name, wrapped)


def _ending_at_a_claim(inner: Callable[..., list[Row]], when: str, op: str) -> Callable[..., list[Row]]:
    @wraps(inner)
    def stepped(db: Any, *, now: datetime, **options: Any) -> list[Row]:
        if when == "before" and _is_due(db, op, now):
            _end()
        rows = inner(db, now=now, **options)
        if when == "after" and any(row.op == op for row in rows):
            _end()
        return rows

    return stepped


def _is_due(db: Any, op: str, now: datetime) -> bool:
    query = "SELECT count(*) FROM outbox WHERE state = 'queued' AND op = ? AND due_at <= ?"
    (number,) = db.execute(query, [op, outbox.millis(now)]).fetchone()
    return bool(number)


def _ending_at_a_record(inner: Callable[..., None], op: str) -> Callable[..., None]:
    @wraps(inner)
    def stepped(db: Any, row: Row, *args: Any, **options: Any) -> None:
        inner(db, row, *args, **options)
        if row.op == op:
            _end()

    return stepped


def _ending_async(inner: Callable[..., Any], when: str, op: str) -> Callable[..., Any]:
    """Around what is awaited. A sender is handed a row of its own kind; a request names no row, but serves one kind."""

    @wraps(inner)
    async def stepped(*args: Any, **kwargs: Any) -> Any:
        others = any(isinstance(value, Row) and value.op != op for value in args)
        if when == "before" and not others:
            _end()
        result = await inner(*args, **kwargs)
        # What is told to come again later was not asked of Discord yet.
        if not others and not isinstance(result, Later):
            _end()
        return result

    return stepped


def _ending_after_a_record(inner: Callable[..., Any], op: str) -> Callable[..., Any]:
    finished = []

    def noting(db: Any, row: Row, *args: Any, **options: Any) -> None:
        if row.op == op:
            finished.append(row)
        record(db, row, *args, **options)

    record, claims.finish = claims.finish, noting

    @wraps(inner)
    async def stepped(*args: Any, **kwargs: Any) -> Any:
        result = await inner(*args, **kwargs)
        if finished:
            _end()
        return result

    return stepped


async def main(api: str, token: str, database: str, event: str, start: str, speed: str, *further: str) -> None:
    pace, step, op, request = further
    if step != "-":
        arm(step, op, request)
    clock = RehearsalClock(datetime.fromisoformat(start), float(speed))
    async with app.assembled(Path(database), event, clock) as parts:
        connection = Connection(
            parts.desk, parts.database, token, api=api, wake=parts.alarm.ring, guild_ready_timeout=0.0
        )
        keeping = asyncio.create_task(lifetime.keep_house_when_settled(parts))
        async with lifetime.speaking(parts, connection, Pacing(float(pace))) as voices:
            await lifetime.until_told(connection, voices)
        keeping.cancel()


if __name__ == "__main__":
    try:
        asyncio.run(main(*sys.argv[1:]))
    except UsherError as error:
        sys.exit(str(error))
