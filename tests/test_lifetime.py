"""A running bot that fell silent says so by ending: whoever runs the process starts it again."""

import asyncio
from pathlib import Path

import pytest

from bot import app
from bot.config import Settings
from bot.sandbox import Sandbox
from bot.sandbox_app import world_for
from tests.event_folder import folder_of
from tests.faults.delivered import three_reminders


@pytest.mark.parametrize("voice", ["delivery", "publishing"])
async def test_a_bot_whose_voice_ended_does_not_go_on_in_silence(voice: str, tmp_path: Path) -> None:
    for name, content in folder_of(three_reminders()).items():
        (tmp_path / name).write_bytes(content)
    async with Sandbox(world_for(three_reminders())) as sandbox:
        settings = Settings(sandbox.token, tmp_path / "usher.db", str(tmp_path), discord_api=sandbox.api_url)
        running = asyncio.create_task(app.run(settings))
        await sandbox.gateway.ready(20)
        (task,) = [task for task in asyncio.all_tasks() if task.get_name() == voice]
        task.cancel()
        with pytest.raises(RuntimeError, match=f"the bot's {voice} ended by itself"):
            await running
        assert not sandbox.gateway.connected
