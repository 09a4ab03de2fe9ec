"""The command line, as processes: what is printed where, and the exit codes."""

import asyncio
import json
import os
import shutil
import signal
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from bot.folders import shipped_events

DELTA = shipped_events() / "delta-2025"


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


async def usher(*args: str, stdin: str = "", cwd: Path | None = None, **env: str) -> Ended:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *args,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), **env},
    )
    out, err = await process.communicate(stdin.encode())
    assert process.returncode is not None
    return Ended(process.returncode, out.decode(), err.decode())


async def test_check_prints_json_and_nothing_else_on_stdout(tmp_path: Path) -> None:
    ended = await usher("check", str(DELTA), "--json", cwd=tmp_path)
    told = json.loads(ended.out)
    assert (ended.code, sorted(told)) == (0, ["counts", "problems"])
    wanted = {"sessions": 14, "speakers": 6, "organizers": 10, "topics": 13, "posters": 122}
    assert {kind: told["counts"][kind] for kind in wanted} == wanted
    assert {problem["severity"] for problem in told["problems"]} == {"warning"}


async def test_check_prints_json_where_there_is_no_folder(tmp_path: Path) -> None:
    ended = await usher("check", "--json", "nothing", cwd=tmp_path)
    told = json.loads(ended.out)
    (problem,) = told["problems"]
    assert (ended.code, ended.err, told["counts"]) == (2, "", {})
    assert (problem["rule"], problem["file"]) == ("unreadable-folder", "nothing")
    assert problem["message"].startswith("There is no event folder nothing.")


async def test_check_names_file_line_and_fix_and_exits_1(tmp_path: Path) -> None:
    broken = tmp_path / "event"
    shutil.copytree(DELTA, broken)
    event = broken / "event.yaml"
    event.write_text(event.read_text().replace("zone: America/Vancouver", "zone: GMT-7"))
    ended = await usher("check", str(broken))
    assert ended.code == 1
    assert "event.yaml:" in ended.out
    assert "America/Vancouver" in ended.out


@pytest.mark.parametrize("make", [lambda folder: None, lambda folder: folder.mkdir()], ids=["missing", "empty"])
async def test_check_exits_2_where_there_is_no_event(tmp_path: Path, make: object) -> None:
    assert callable(make)
    make(tmp_path / "nothing")
    assert (await usher("check", str(tmp_path / "nothing"))).code == 2


async def test_new_writes_a_starter_that_passes_and_refuses_a_full_folder(tmp_path: Path) -> None:
    assert (await usher("new", str(tmp_path / "mine"))).code == 0
    checked = await usher("check", str(tmp_path / "mine"))
    assert (checked.code, "0 errors" in checked.out) == (0, True)
    again = await usher("new", str(tmp_path / "mine"))
    assert (again.code, again.out) == (1, "")
    assert "is not empty, and nothing in it was changed" in again.err


async def test_try_answers_from_any_folder(tmp_path: Path) -> None:
    ended = await usher("try", "/now", "/speaker name:dawn", "--at", "2025-04-28T09:20", cwd=tmp_path)
    assert (ended.code, ended.err) == (0, "")
    assert "Now: Invited Talk 1" in ended.out
    assert "UC Berkeley" in ended.out


async def test_try_lets_time_pass_between_commands() -> None:
    ended = await usher("try", "9:35", "/now", "--at", "2025-04-28T09:20")
    assert (ended.code, ended.err) == (0, "")
    passed, now = ended.out.split("\n\n", 1)
    assert passed.splitlines()[2:4] == [
        "[Mon 09:35] #schedule",
        "🎤 Invited Talk 2 · in 15 minutes · Workshop room (to be announced) · 09:50 (venue 09:50)",
    ]
    assert "Now: Invited Talk 1" in now


async def test_try_reads_a_script_and_prints_messages_as_stored() -> None:
    script = "# the morning\n/now\n\n/poster title:reversible solver\n"
    ended = await usher("try", "-", "--json", "--at", "2025-04-28T09:20", stdin=script)
    told = json.loads(ended.out)
    assert [one["command"] for one in told] == ["/now", "/poster title:reversible solver"]
    assert [len(one["messages"]) for one in told] == [1, 1]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["/nwo"], "now"),
        (["/speaker nme:dawn"], "name"),
        (["/now", "--as", "nobody"], "attendee, author, speaker, organizer"),
        (["/now", "--at", "tomorrow"], "2025-04-28T09:20"),
        (["/now", "--at", "2099-01-01T00:00"], "2016 to 2080"),
        (["/now", "--event", "delta-2052"], "delta-2025"),
        ([""], "There is nothing to type."),
        (["-"], "There is nothing to type."),
    ],
)
async def test_try_exits_1_and_names_what_there_is(args: list[str], said: str) -> None:
    ended = await usher("try", *args)
    assert ended.code == 1
    assert said in ended.out + ended.err
    assert "Traceback" not in ended.err


async def test_changing_the_zone_line_moves_everything(tmp_path: Path) -> None:
    moved = tmp_path / "event"
    shutil.copytree(DELTA, moved)
    event = moved / "event.yaml"
    event.write_text(event.read_text().replace("zone: America/Vancouver", "zone: Asia/Singapore"))
    ended = await usher("try", "/now", "--event", str(moved), "--at", "2025-04-28T01:20Z")
    assert ended.code == 0
    assert "Now: Invited Talk 1" in ended.out


async def test_version_and_help() -> None:
    assert (await usher("--version")).out.startswith("usher ")
    shown = (await usher("--help")).out
    assert all(name in shown for name in ("run", "sandbox", "try", "check", "new"))


def left_in(folder: Path) -> list[str]:
    return [entry.name for entry in folder.iterdir()]


#: As a shell starts what a script puts into the background.
IN_BACKGROUND = "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); from bot.cli import main; main()"


@pytest.mark.parametrize(
    ("told", "start"),
    [(signal.SIGINT, ["-m", "bot"]), (signal.SIGTERM, ["-m", "bot"]), (signal.SIGTERM, ["-c", IN_BACKGROUND])],
    ids=["Ctrl+C", "SIGTERM", "in the background"],
)
async def test_sandbox_prints_an_address_that_shows_the_page_and_leaves_nothing(
    tmp_path: Path, told: signal.Signals, start: list[str]
) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *start, "sandbox", "--headless", "--port", "0"),
        stdout=asyncio.subprocess.PIPE,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "TMPDIR": str(tmp_path)},
    )
    assert process.stdout is not None
    async with asyncio.timeout(20):
        line = (await process.stdout.readline()).decode()
    address = line.removeprefix("Usher's sandbox: ").strip()
    try:
        async with aiohttp.ClientSession() as session, session.get(address) as page:
            assert (page.status, page.content_type) == (200, "text/html")
    finally:
        process.send_signal(told)
        assert await process.wait() == 0
    assert left_in(tmp_path) == []


async def test_sandbox_says_that_a_port_is_taken(unused_tcp_port: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", unused_tcp_port))
        taken.listen()
        ended = await usher("sandbox", "--headless", "--port", str(unused_tcp_port))
    assert ended.code == 1
    assert ended.err.startswith(f"usher: Port {unused_tcp_port} cannot be used")


@pytest.mark.parametrize("port", ["99999", pytest.param("-1", marks=pytest.mark.matrix)])
async def test_sandbox_refuses_a_port_that_cannot_be(port: str) -> None:
    ended = await usher("sandbox", "--headless", "--port", port)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == f"usher: Port {port} cannot be used: ports are 1 to 65535. Choose another with --port.\n"


@pytest.mark.parametrize(
    "speed", ["0", *(pytest.param(one, marks=pytest.mark.matrix) for one in ("-1", "3601", "nan"))]
)
async def test_sandbox_refuses_a_speed_that_cannot_be(speed: str) -> None:
    ended = await usher("sandbox", "--headless", "--port", "0", "--speed", speed)
    said = f"usher: --speed {speed} cannot be: write a number above 0 and up to 3600, such as 60.\n"
    assert (ended.code, ended.out, ended.err) == (1, "", said)


async def test_sandbox_clock_starts_where_and_runs_as_fast_as_it_is_told(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "sandbox", "--headless", "--port", "0"),
        *("--at", "2025-04-28T09:20", "--speed", "60"),
        stdout=asyncio.subprocess.PIPE,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    assert process.stdout is not None
    async with asyncio.timeout(20):
        address = (await process.stdout.readline()).decode().removeprefix("Usher's sandbox: ").strip()
    try:
        async with aiohttp.ClientSession(address) as session, session.get("/sandbox/clock") as answer:
            told = await answer.json()
    finally:
        process.send_signal(signal.SIGINT)
        await process.wait()
    assert (told["speed"], told["zone"], told["now"][:13]) == (60.0, "America/Vancouver", "2025-04-28T16")


async def test_sandbox_help_says_what_a_database_keeps() -> None:
    shown = " ".join((await usher("sandbox", "--help", COLUMNS="200")).out.split())
    assert "Keep the bot's own tables in this file. Channels and messages are forgotten at the end" in shown
