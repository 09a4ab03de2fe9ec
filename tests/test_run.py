"""``usher run`` as a process, against the sandbox as its Discord."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from bot.sandbox import Exchange, Sandbox
from bot.sandbox_app import world_for
from tests.chat.samples import program
from tests.chat.test_bot import EPHEMERAL
from tests.event_folder import folder_of
from tests.faults.delivered import three_reminders, until
from tests.test_cli import left_in

ROOT = Path(__file__).parent.parent


@asynccontextmanager
async def running(folder: Path, *options: str, **env: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot's process, told to end afterwards."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run", *options),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        async with asyncio.timeout(10):
            await process.wait()


async def ended(process: asyncio.subprocess.Process) -> tuple[int | None, str]:
    async with asyncio.timeout(20):
        _, err = await process.communicate()
    return process.returncode, err.decode()


async def line_with(process: asyncio.subprocess.Process, words: str) -> str:
    """The next line on standard error that holds ``words``."""
    assert process.stderr is not None
    async with asyncio.timeout(20):
        while line := (await process.stderr.readline()).decode():
            if words in line:
                return line
    raise AssertionError(f"the process ended without saying: {words}")


async def test_run_answers_at_the_server_it_was_pointed_at(tmp_path: Path) -> None:
    async with Sandbox(world_for(program())) as sandbox:
        (tmp_path / ".env").write_text(f"DISCORD_TOKEN={sandbox.token}\nUSHER_DISCORD_API={sandbox.api_url}\n")
        async with running(tmp_path) as process:
            await sandbox.gateway.ready(20)
            reply = await sandbox.person("attendee").command("/about")
            assert reply.kind == "message"
            process.terminate()
            code, err = await ended(process)
        assert sandbox.token not in err
        assert code == 0
        assert "INFO bot.chat.client: connected to 1 server\n" in err
        assert "apscheduler" not in err
    assert (tmp_path / "usher.db").exists()


async def test_run_registers_for_one_guild_where_told(tmp_path: Path) -> None:
    puts: list[str] = []

    def note(exchange: Exchange) -> None:
        if exchange.method == "PUT":
            puts.append(exchange.path)

    async with Sandbox(world_for(program())) as sandbox:
        sandbox.observers.append(note)
        guild = sandbox.world.guild.id
        env = {"DISCORD_TOKEN": sandbox.token, "USHER_DISCORD_API": sandbox.api_url, "USHER_GUILD": str(guild)}
        async with running(tmp_path, **env):
            await sandbox.gateway.ready(20)
    assert [path.partition("/applications/")[2] for path in puts] == [
        f"{sandbox.application_id}/guilds/{guild}/commands"
    ]


async def test_run_without_a_token_says_where_to_put_it(tmp_path: Path) -> None:
    async with running(tmp_path, DISCORD_TOKEN="") as process:
        code, err = await ended(process)
    assert code == 1
    assert re.fullmatch(r"usher: There is no token\. Put DISCORD_TOKEN=.* usher sandbox\.\n", err)


async def test_run_loads_only_what_the_first_answers_need(tmp_path: Path) -> None:
    async with running(tmp_path, DISCORD_TOKEN="", PYTHONPROFILEIMPORTTIME="1") as process:
        _, err = await ended(process)
    loaded = {line.rpartition("|")[2].strip() for line in err.splitlines() if line.startswith("import time:")}
    assert "discord" in loaded
    assert loaded & {"apscheduler", "icalendar", "pydantic", "ruamel.yaml"} == set()


async def test_run_with_a_refused_token_ends_and_never_shows_it(tmp_path: Path) -> None:
    async with Sandbox(world_for(program())) as sandbox:
        env = {"DISCORD_TOKEN": "not-the-token", "USHER_DISCORD_API": sandbox.api_url}
        async with running(tmp_path, **env) as process:
            code, err = await ended(process)
    assert code == 1
    assert "usher: Discord refused the token." in err
    assert "not-the-token" not in err


async def test_run_tries_again_until_the_server_is_there(tmp_path: Path, unused_tcp_port: int) -> None:
    world = world_for(program())
    sandbox = Sandbox(world, port=unused_tcp_port)
    api = f"http://127.0.0.1:{unused_tcp_port}/api/v10"
    async with running(tmp_path, DISCORD_TOKEN=sandbox.token, USHER_DISCORD_API=api) as process:
        assert "Trying again in 1 s." in await line_with(process, "Discord: cannot reach it")
        async with sandbox:
            await sandbox.gateway.ready(20)
            assert (await sandbox.person("attendee").command("/now")).kind == "message"


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("USHER_EVENT", "no-such-event", "There is no event folder no-such-event."),
        ("USHER_GUILD", "my server", "USHER_GUILD"),
        ("USHER_DISCORD_API", "localhost:80", "must start with http://"),
        ("USHER_DATABASE", "/dev/null/usher.db", "cannot be opened"),
    ],
)
async def test_run_names_a_wrong_setting(tmp_path: Path, setting: str, value: str, said: str) -> None:
    async with running(tmp_path, **{"DISCORD_TOKEN": "x", setting: value}) as process:
        code, err = await ended(process)
    assert (code, "Traceback" in err) == (1, False)
    assert said in err


async def test_run_with_a_broken_event_lists_its_errors(tmp_path: Path) -> None:
    (tmp_path / "event").mkdir()
    (tmp_path / "event" / "event.yaml").write_text("id: broken\n")
    async with running(tmp_path, DISCORD_TOKEN="x", USHER_EVENT="event") as process:
        code, err = await ended(process)
    assert code == 1
    assert "event was not loaded.\n" in err
    assert f"usher check {tmp_path / 'event'}" in err


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl+C"])
async def test_run_ends_when_told_even_while_it_reconnects(tmp_path: Path, told: signal.Signals) -> None:
    async with Sandbox(world_for(program())) as sandbox:
        env = {"DISCORD_TOKEN": sandbox.token, "USHER_DISCORD_API": sandbox.api_url}
        async with running(tmp_path, **env) as process:
            await sandbox.gateway.ready(20)
            await sandbox.stop()
            process.send_signal(told)
            code, err = await ended(process)
    assert (code, "Traceback" in err) == (0, False)


async def test_run_lives_through_another_day(tmp_path: Path) -> None:
    (tmp_path / "event").mkdir()
    for name, content in folder_of(three_reminders()).items():
        (tmp_path / "event" / name).write_bytes(content)
    async with Sandbox(world_for(three_reminders())) as sandbox:
        env = {"DISCORD_TOKEN": sandbox.token, "USHER_DISCORD_API": sandbox.api_url, "USHER_EVENT": "event"}
        schedule = sandbox.world.channel_named("schedule").messages
        for rehearsal in (1, 2):  # each begins anew
            async with running(tmp_path, "--clock", "2025-04-28T08:44x600", **env):
                await until(partial(lambda times: len(schedule) == times, rehearsal))
    for message in schedule.values():
        assert message.data["content"].startswith("• **Session 1** · ")
    made = {name.removesuffix(".lock") for name in left_in(tmp_path)} - {"event", "usher.db.rehearsal.backup"}
    assert made == {"usher.db.rehearsal"}


LAST = b"what was said in the last rehearsal"


def last_rehearsal(folder: Path) -> Path:
    path = folder / "usher.db.rehearsal"
    path.write_bytes(LAST)
    return path


@pytest.mark.parametrize(
    ("clock", "api", "says"),
    [
        ("2025-04-28", {}, "It needs a server on this machine"),
        ("2025-04-28", {"USHER_DISCORD_API": "https://discord.example/api/v10"}, "It needs a server on this machine"),
        (
            "soon",
            {"USHER_DISCORD_API": "http://127.0.0.1:9/api/v10"},
            "--clock soon is not a time. Write 2025-04-28T09:20",
        ),
        (
            "2025-04-28xfast",
            {"USHER_DISCORD_API": "http://127.0.0.1:9/api/v10"},
            "--clock 2025-04-28xfast is not a time.",
        ),
        (
            "2025-04-28x0",
            {"USHER_DISCORD_API": "http://127.0.0.1:9/api/v10"},
            "the speed must be above 0 and at most 3600.",
        ),
    ],
)
async def test_run_refuses_a_clock_that_cannot_be(clock: str, api: dict[str, str], says: str, tmp_path: Path) -> None:
    last = last_rehearsal(tmp_path)
    async with running(tmp_path, "--clock", clock, DISCORD_TOKEN="x", **api) as process:
        code, err = await ended(process)
    assert code == 1
    assert says in err
    assert last.read_bytes() == LAST


@pytest.mark.parametrize(("event", "says"), [("nowhere", "There is no event folder nowhere"), ("event", "1 error:")])
async def test_an_event_that_cannot_be_rehearsed_leaves_the_last_rehearsal(
    event: str, says: str, tmp_path: Path
) -> None:
    last = last_rehearsal(tmp_path)
    (tmp_path / "event").mkdir()
    for name, content in folder_of(three_reminders()).items():
        (tmp_path / "event" / name).write_bytes(content.replace(b"room: main", b"room: nowhere"))
    env = {"DISCORD_TOKEN": "x", "USHER_DISCORD_API": "http://127.0.0.1:9/api/v10", "USHER_EVENT": event}
    async with running(tmp_path, "--clock", "2025-04-28T08:44", **env) as process:
        code, err = await ended(process)
    assert code == 1
    assert says in err
    assert last.read_bytes() == LAST


NOT_NAMED = (
    "this one is not among them. Nothing was changed. They can publish (usher publish), or add this server to the list "
    "in USHER_PUBLISHERS: {}"
)
OF_MANY = "This bot serves 2 servers with this event"


@pytest.mark.parametrize(
    ("servers", "publishers", "says"),
    [(1, "12345678901234567", NOT_NAMED), (2, "12345678901234567", NOT_NAMED), (2, "", OF_MANY)],
)
async def test_organizers_who_may_not_publish_are_told_whom_to_ask(
    servers: int, publishers: str, says: str, tmp_path: Path
) -> None:
    async with Sandbox(world_for(program())) as sandbox:
        own = sandbox.world.guild.id
        if servers == 2:
            sandbox.world.add_guild("Elsewhere")
        env = {"DISCORD_TOKEN": sandbox.token, "USHER_DISCORD_API": sandbox.api_url, "USHER_PUBLISHERS": publishers}
        async with running(tmp_path, **env):
            await sandbox.gateway.ready(20)
            reply = await sandbox.person("organizer").command("/program reload")
            assert reply.message is not None
            assert reply.message["flags"] & EPHEMERAL
            assert says.format(own) in str(reply.message)
            assert (f"USHER_PUBLISHERS={own}" in str(reply.message)) == (not publishers)
