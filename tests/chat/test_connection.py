"""Coming, going and coming back: what ends a connection for good, what is tried again, what is registered."""

import asyncio
import logging
from pathlib import Path

import discord
import pytest

from bot.actions.programme.current import CurrentProgrammes
from bot.chat.connection import Connection, ConnectionRefusedForeverError, stay_connected
from bot.chat.desk import Desk
from bot.clock import SystemClock
from bot.domain.errors import UsherError
from bot.sandbox import Exchange, Sandbox
from bot.sandbox_app import world_for
from bot.storage.database import Database
from bot.storage.programme.programmes import Version
from tests.chat.samples import program
from tests.staging import on_stage

#: How many commands there are, those in a message's menu included.
COMMANDS = 38
#: A server that the bot was not invited to.
NOT_A_MEMBER = 123456789012345678


class Closed(discord.ConnectionClosed):
    """What the library raises when the gateway closes with a code."""

    def __init__(self, code: int) -> None:
        self.code, self.reason, self.shard_id = code, "", 0


async def lives(*ends: Exception | None) -> list[float]:
    """Live through connections that end like this, and give the waits between them in seconds."""
    waits: list[float] = []
    coming = iter(ends)

    async def connect() -> None:
        end = next(coming)
        if end is not None:
            raise end

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    await stay_connected(connect, sleep=sleep)
    return waits


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (discord.LoginFailure(""), "Discord refused the token."),
        (discord.PrivilegedIntentsRequired(0), "Discord refused an intent"),
        (Closed(4004), "Was it reset?"),
        (Closed(4014), "Developer Portal, Bot, Intents"),
        (Closed(4010), "one Usher process per token"),
    ],
)
async def test_what_somebody_must_change_ends_the_bot_and_says_what(end: Exception, said: str) -> None:
    with pytest.raises(ConnectionRefusedForeverError, match=said):
        await lives(end)


async def test_everything_else_is_tried_again_with_a_growing_wait() -> None:
    ends = [ConnectionRefusedError(), TimeoutError(), Closed(1006), RuntimeError("malformed dispatch")]
    assert await lives(*ends, *[OSError()] * 4, None) == [1, 2, 4, 8, 16, 32, 60, 60]


async def test_an_error_with_words_for_the_operator_is_passed_on() -> None:
    with pytest.raises(UsherError, match="the words"):
        await lives(UsherError("the words"))


async def registrations(sandbox: Sandbox, database: Path, guild: int | None) -> list[str]:
    """Run a bot until it is there, and give what it registered: "global", or "guild", with how many commands."""
    told: list[str] = []

    def note(exchange: Exchange) -> None:
        if exchange.method == "PUT":
            scope = "guild" if "/guilds/" in exchange.path else "global"
            told.append(f"{scope} {len(exchange.request_json)}")

    sandbox.observers.append(note)
    db = Database.open(database)
    desk = Desk(CurrentProgrammes(Version(1, program()), {}, {}), SystemClock())
    connection = Connection(desk, db, sandbox.token, api=sandbox.api_url, guild=guild, guild_ready_timeout=0.0)
    running = asyncio.create_task(connection.run())
    await sandbox.gateway.ready(20)
    assert connection.client is not None
    await connection.client.wait_until_ready()
    await connection.close()
    await running
    db.close()
    sandbox.observers.remove(note)
    return told


async def test_commands_are_registered_only_when_they_changed_or_were_forgotten(tmp_path: Path) -> None:
    async with Sandbox(world_for(program())) as sandbox:
        assert await registrations(sandbox, tmp_path / "kept.db", None) == [f"global {COMMANDS}"]
        assert await registrations(sandbox, tmp_path / "kept.db", None) == []
    async with Sandbox(world_for(program())) as new:
        assert await registrations(new, tmp_path / "kept.db", None) == [f"global {COMMANDS}"]


async def test_commands_move_between_one_guild_and_all_and_are_never_shown_twice(tmp_path: Path) -> None:
    async with Sandbox(world_for(program())) as sandbox:
        guild = sandbox.world.guild.id
        assert await registrations(sandbox, tmp_path / "kept.db", guild) == [f"guild {COMMANDS}"]
        assert await registrations(sandbox, tmp_path / "kept.db", None) == [f"global {COMMANDS}", "guild 0"]
        assert await registrations(sandbox, tmp_path / "kept.db", guild) == [f"guild {COMMANDS}", "global 0"]


async def test_a_refused_registration_leaves_the_old_commands_and_the_next_one_takes_them_away(tmp_path: Path) -> None:
    async with Sandbox(world_for(program())) as sandbox:
        guild = sandbox.world.guild.id
        assert await registrations(sandbox, tmp_path / "kept.db", None) == [f"global {COMMANDS}"]
        assert await registrations(sandbox, tmp_path / "kept.db", NOT_A_MEMBER) == [f"guild {COMMANDS}"]
        assert await registrations(sandbox, tmp_path / "kept.db", None) == []
        assert await registrations(sandbox, tmp_path / "kept.db", guild) == [f"guild {COMMANDS}", "global 0"]


async def test_a_fresh_database_takes_away_the_commands_that_discord_has_for_all(tmp_path: Path) -> None:
    async with Sandbox(world_for(program())) as sandbox:
        guild = sandbox.world.guild.id
        assert await registrations(sandbox, tmp_path / "old.db", None) == [f"global {COMMANDS}"]
        assert await registrations(sandbox, tmp_path / "fresh.db", guild) == [f"guild {COMMANDS}", "global 0"]
        assert await registrations(sandbox, tmp_path / "fresh.db", guild) == []


async def test_a_guild_the_bot_is_not_in_is_named_and_the_bot_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with Sandbox(world_for(program())) as sandbox:
        with caplog.at_level(logging.ERROR, "bot.chat.sync"):
            assert await registrations(sandbox, tmp_path / "kept.db", NOT_A_MEMBER) == [f"guild {COMMANDS}"]
    assert "server 123456789012345678 (USHER_GUILD). Is the id right" in caplog.text


async def test_a_kept_sandbox_has_its_commands_at_the_second_start(tmp_path: Path) -> None:
    for _ in range(2):
        async with on_stage(database=tmp_path / "kept.db") as stage:
            assert (await stage.sandbox.person("attendee").command("/now")).kind == "message"


async def test_a_bot_sent_away_for_good_ends_the_sandbox_with_the_reason() -> None:
    async with on_stage() as stage:
        await stage.sandbox.gateway.drop(4004)
        with pytest.raises(ConnectionRefusedForeverError, match="Was it reset"):
            await stage.running


async def test_while_discord_asks_everybody_to_wait_nobody_is_let_through() -> None:
    async with on_stage() as stage:
        channel = stage.sandbox.world.channel_named("general").id
        await stage.connection.let_through()
        stage.sandbox.faults.status(429, "/channels/", method="GET", retry_after=0.5, is_global=True)
        asking = asyncio.create_task(stage.client.fetch_channel(channel))
        while stage.client.http._global_over.is_set():  # noqa: ASYNC110  # the library sets no event that says so
            await asyncio.sleep(0.01)
        waiting = asyncio.create_task(stage.connection.let_through())
        await asyncio.wait({waiting}, timeout=0.1)
        assert not waiting.done()
        await asyncio.gather(asking, waiting)
