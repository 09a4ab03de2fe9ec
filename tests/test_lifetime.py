"""A running bot that fell silent says so by ending: whoever runs the process starts it again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot import app
from bot.config import Settings
from bot.sandbox import Sandbox
from bot.sandbox_app import world_for
from tests.event_folder import folder_of
from tests.faults.delivered import three_reminders


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator["asyncio.Task[None]"]:
    """``usher run`` in this process, connected."""
    for name, content in folder_of(three_reminders()).items():
        (folder / name).write_bytes(content)
    async with Sandbox(world_for(three_reminders())) as sandbox:
        settings = Settings(sandbox.token, folder / "usher.db", str(folder), discord_api=sandbox.api_url)
        task = asyncio.create_task(app.run(settings))
        await sandbox.gateway.ready(20)
        yield task
        assert not sandbox.gateway.connected


@pytest.mark.parametrize("voice", ["delivery", "publishing"])
async def test_a_bot_whose_voice_ended_does_not_go_on_in_silence(voice: str, tmp_path: Path) -> None:
    async with running(tmp_path) as bot:
        (task,) = [task for task in asyncio.all_tasks() if task.get_name() == voice]
        task.cancel()
        with pytest.raises(RuntimeError, match=f"the bot's {voice} ended by itself"):
            await bot


async def test_a_bot_that_is_cancelled_leaves_in_order(tmp_path: Path) -> None:
    async with running(tmp_path) as bot:
        bot.cancel()
        with pytest.raises(asyncio.CancelledError):
            await bot
        assert not [task for task in asyncio.all_tasks() if task.get_name() in ("delivery", "publishing")]
