"""The bot is killed, its database is damaged, and the backup put in its place: nothing is lost or said twice."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from bot.storage.backup import backup_of
from bot.storage.database import Database
from tests.chat.samples import at
from tests.faults.delivered import KEYS, ROOT, Trial, trial, until
from tests.faults.operations import move_to_the_hall
from tests.storage.test_backup import damage


async def restore(it: Trial) -> tuple[int | None, str]:
    """``usher restore`` as a person types it: exit code, and all that it says."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "restore", str(it.database)),
        cwd=it.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode()


async def backed_up(it: Trial) -> None:
    """Until the bot, with everything planned and nothing said, has made its backup."""
    async with it.bot(speed=1):
        await until(lambda: len(it.rows()) >= len(KEYS) and backup_of(it.database).exists())
        code, said = await restore(it)
        assert (code, "Another Usher process works with the database" in said) == (1, True)
    # What a long life would have moved from the log into the file by now.
    Database.open(it.database).close()


async def damaged(it: Trial) -> None:
    """The file is damaged, the bot refuses to start on it, and leaves it as it is."""
    content = damage(it.database)
    async with it.bot() as refused, asyncio.timeout(10):
        _, said = await refused.communicate()
    assert refused.returncode == 1
    assert said.decode().rstrip().endswith(f"losing what came later: usher restore {it.database}")
    assert it.database.read_bytes() == content


@pytest.mark.parametrize("step", ["after acceptance", "-"], ids=["killed while sending", "killed afterwards"])
async def test_after_a_restore_nothing_is_lost_and_nothing_said_twice(step: str, tmp_path: Path) -> None:
    # The server has forgotten every nonce: only its channels can tell what was said.
    async with trial(tmp_path, nonce_life=0.0) as it:
        await backed_up(it)
        async with it.bot(step=step, op="message", request="send_message") as killed:
            if step == "-":
                await until(lambda: all(it.rows()[key] == "sent" for key in KEYS))
                killed.kill()
            async with asyncio.timeout(20):
                assert await killed.wait() == -9
        await damaged(it)
        code, said = await restore(it)
        assert (code, said.splitlines()[0].startswith("The backup of ")) == (0, True)
        async with it.bot(start=at(-14).isoformat(), speed=1):
            await until(lambda: not it.unsaid(at(-14)))
        assert it.arrived() == it.said() == dict.fromkeys(KEYS, 1)


async def test_after_a_restore_news_is_not_taken_for_what_a_lost_row_said(tmp_path: Path) -> None:
    async with trial(tmp_path) as it:
        await backed_up(it)
        guild = it.sandbox.world.guild.id
        for act in (1, 2):
            database = Database.open(it.database)
            await move_to_the_hall(database, guild, at(-13), act=act)
            database.close()
            async with it.bot(start=at(-12).isoformat(), speed=1):
                await until(lambda: not it.unsaid(at(-13)))
            if act == 1:
                await damaged(it)
                assert (await restore(it))[0] == 0
        news = [key for key in it.arrived().elements() if not key.startswith(("deadline", "start", "act:audit:"))]
        # Two are no more: the first news, and its line in the trail of acts.
        assert sorted(news) == ["a row that is no more", "a row that is no more", "act:changed:2"]
        assert {key: it.arrived()[key] for key in KEYS} == dict.fromkeys(KEYS, 1)
