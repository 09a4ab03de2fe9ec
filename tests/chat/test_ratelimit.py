"""A long window of a rate limit is used up before anybody waits for its end."""

import asyncio

from bot.sandbox_app import Stage
from tests.chat.setup.test_setup import text_channel


async def test_many_threads_are_opened_within_the_window_of_one_limit(stage: Stage) -> None:
    channel = text_channel(stage, "general")
    made = await asyncio.gather(*(channel.create_thread(name=f"Thread {number}") for number in range(20)))
    assert len({thread.id for thread in made}) == 20
