"""The README is true: its commands exist, its table is complete, its settings are read."""

import re
from pathlib import Path

import discord

from bot.chat.ask import CommandLine
from bot.config import VARIABLES
from bot.sandbox_app import Stage

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks() -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def test_the_first_two_commands_are_one_line_each_and_set_up_themselves() -> None:
    first, second = blocks()[:2]
    assert [len(block.splitlines()) for block in (first, second)] == [1, 1]
    assert first.rstrip().endswith("usher sandbox")
    assert second.rstrip().endswith("pytest")
    assert all("requirements.lock" in block and "venv" in block for block in (first, second))


async def test_every_slash_command_stands_in_the_table(stage: Stage) -> None:
    table = set(re.findall(r"`/(\w+)", README))
    commands: tuple[CommandLine, ...] = stage.client.desk.commands
    assert table == {command.name.split()[0] for command in commands}


def test_every_setting_stands_in_the_table() -> None:
    assert set(re.findall(r"^\| `((?:DISCORD|USHER)_\w+)`", README, re.MULTILINE)) == set(VARIABLES)


def test_linked_files_exist() -> None:
    links = re.findall(r"\]\((?!https?://)([^)#]+)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_lock_pins_every_version_and_names_no_host() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.match(r"[a-z0-9][a-z0-9.-]*==[\w.]+( ; .+)?$", line)] == []


def test_the_permission_number_is_that_of_the_permissions_named() -> None:
    named, number = re.findall(r"the permissions\s+(.*?)\s+\(permission number (\d+)\)", README, re.DOTALL)[0]
    words = [" ".join(one.split()).lower().replace(" ", "_") for one in re.split(r",| and ", named)]
    held = discord.Permissions(**{"read_messages" if one == "view_channels" else one: True for one in words})
    assert held.value == int(number)
