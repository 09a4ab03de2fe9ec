"""A running bot that fell silent says so by ending: whoever runs the process starts it again."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from bot import app
from bot.config import Settings
from bot.sandbox import Sandbox
from bot.sandbox_app import world_for
from tests.event_folder import folder_of
from tests.faults.delivered import KEYS, three_reminders, until


@asynccontextmanager
async def running(folder: Path, *, clock: str | None = None) -> AsyncIterator[tuple["asyncio.Task[None]", Sandbox]]:
    """``usher run`` in this process, connected; with ``clock`` as ``--clock``."""
    for name, content in folder_of(three_reminders()).items():
        (folder / name).write_bytes(content)
    async with Sandbox(world_for(three_reminders())) as sandbox:
        settings = Settings(sandbox.token, folder / "usher.db", str(folder), discord_api=sandbox.api_url)
        task = asyncio.create_task(app.run(settings, rehearsal=clock))
        await sandbox.gateway.ready(20)
        yield task, sandbox
        assert not sandbox.gateway.connected


def named(name: str) -> list["asyncio.Task[object]"]:
    return [task for task in asyncio.all_tasks() if task.get_name() == name]


@pytest.mark.parametrize("voice", ["delivery", "publishing"])
async def test_a_bot_whose_voice_ended_does_not_go_on_in_silence(voice: str, tmp_path: Path) -> None:
    async with running(tmp_path) as (bot, _):
        (task,) = named(voice)
        task.cancel()
        with pytest.raises(RuntimeError, match=f"the bot's {voice} ended by itself"):
            await bot


async def test_a_bot_that_is_cancelled_leaves_in_order(tmp_path: Path) -> None:
    async with running(tmp_path) as (bot, _):
        bot.cancel()
        with pytest.raises(asyncio.CancelledError):
            await bot
        assert named("delivery") + named("publishing") == []


@pytest.mark.parametrize("what", ["the publishing ended", "the bot is cancelled"])
async def test_what_is_on_its_way_arrives_before_the_bot_leaves(what: str, tmp_path: Path) -> None:
    async with running(tmp_path, clock="2025-04-28T08:44x120") as (bot, sandbox):
        sandbox.faults.delay(0.5, "/messages", method="POST", times=len(KEYS))
        await until(lambda: not sandbox.faults.list())
        if what == "the bot is cancelled":
            bot.cancel()
        else:
            named("publishing")[0].cancel()
        with pytest.raises((RuntimeError, asyncio.CancelledError)):
            await bot
    with closing(sqlite3.connect(tmp_path / "usher.db.rehearsal")) as db:
        found = dict(db.execute("SELECT dedupe_key, state FROM outbox"))
    assert {key: found[key] for key in KEYS} == dict.fromkeys(KEYS, "sent")
