"""Connecting, resuming and being cut off, as a real client lives through it, and frame by frame."""

import asyncio
import json
import zlib
from typing import Any

import aiohttp
import discord
import pytest

from bot.sandbox import Sandbox, Timings

from .live import Bot, connected, live, make_world, pointed_at, shown


def hello_bot() -> Bot:
    bot = Bot()

    @bot.tree.command(description="Says hello")
    async def hello(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Hello")

    return bot


async def test_guild_is_complete_once_ready() -> None:
    async with live() as it:
        guild = it.guild
        assert [channel.name for channel in guild.channels] == ["general", "announcements", "organizers", "posters"]
        assert [role.name for role in guild.roles] == ["@everyone", "speaker", "organizer", "Usher", "Administrator"]
        assert (guild.me.name, guild.member_count, list(guild.members)) == ("Usher", 5, [guild.me])


async def test_sharded_client_finds_its_gateway_and_guilds() -> None:
    async with Sandbox(make_world()) as sandbox, pointed_at(sandbox):
        bot = discord.AutoShardedClient(intents=discord.Intents.default())
        bot._connection.guild_ready_timeout = 0
        async with bot:
            running = asyncio.create_task(bot.start(sandbox.token))
            await sandbox.gateway.ready()
            async with asyncio.timeout(10):
                await bot.wait_until_ready()
            assert ([guild.name for guild in bot.guilds], list(bot.shards)) == (["Workshop"], [0])
        await running


async def test_an_event_that_is_said_twice_comes_twice() -> None:
    async with live(hello_bot()) as it:
        came: list[int] = []

        async def on_interaction(interaction: discord.Interaction) -> None:
            came.append(interaction.id)

        it.bot.event(on_interaction)
        it.sandbox.gateway.say_twice("INTERACTION_CREATE")
        first = await it.person().command("/hello")
        second = await it.person().command("/hello")
        assert came == [first.interaction.id, first.interaction.id, second.interaction.id]
        assert [str(error).rpartition(": ")[2] for error in it.bot.errors] == [
            "Interaction has already been acknowledged."
        ]
        it.bot.errors.clear()


@pytest.mark.parametrize("code", [1000, 1001, 4000, 4007, 4009])
async def test_client_resumes_after_a_close(code: int) -> None:
    async with live(hello_bot()) as it:
        await it.sandbox.gateway.drop(code)
        await it.sandbox.gateway.resumed()
        assert it.sandbox.gateway.identifies == 1
        assert shown(await it.person().command("/hello"))["content"] == "Hello"


async def test_client_loses_its_guilds_and_gets_them_back() -> None:
    async with live() as it:
        gone, back = (asyncio.create_task(it.bot.wait_for(f"guild_{event}")) for event in ("unavailable", "available"))
        await asyncio.sleep(0)
        it.sandbox.gateway.lose_guilds()
        assert (await gone).unavailable
        it.sandbox.gateway.send_guilds()
        assert not (await back).unavailable


async def test_client_resumes_when_told_to_reconnect() -> None:
    async with live(hello_bot()) as it:
        it.sandbox.gateway.reconnect()
        await it.sandbox.gateway.resumed()
        assert shown(await it.person().command("/hello"))["content"] == "Hello"


async def test_events_missed_while_away_are_replayed() -> None:
    intents = discord.Intents.default()
    async with live(Bot(intents)) as it:
        await it.sandbox.gateway.drop(4000)
        await it.sandbox.until(lambda: not it.sandbox.gateway.connected)
        said = await it.person().say("general", "Did you miss me?")
        await it.sandbox.gateway.resumed()
        heard = await asyncio.wait_for(it.bot.heard.get(), 5)
        assert str(heard.id) == said["id"]


@pytest.mark.parametrize(
    ("code", "error"), [(4004, discord.ConnectionClosed), (4014, discord.PrivilegedIntentsRequired)]
)
async def test_client_gives_up_when_refused_for_good(code: int, error: type[Exception]) -> None:
    async with Sandbox(make_world()) as sandbox, pointed_at(sandbox), Bot() as bot:
        running = asyncio.create_task(bot.start(sandbox.token))
        await sandbox.gateway.ready()
        await sandbox.gateway.drop(code)
        with pytest.raises(error):
            await asyncio.wait_for(running, 5)


async def test_missing_intent_is_refused_at_the_door() -> None:
    intents = discord.Intents.default()
    intents.message_content = True
    async with Sandbox(make_world()) as sandbox:
        with pytest.raises(discord.PrivilegedIntentsRequired):
            async with connected(sandbox, Bot(intents)):
                pass


async def test_wrong_token_is_refused_at_login() -> None:
    async with Sandbox(make_world()) as sandbox:
        sandbox.token = "wrong"
        with pytest.raises(discord.LoginFailure):
            async with connected(sandbox, Bot()):
                pass


# Frame by frame


class Socket:
    """A gateway client that says only what the test says."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def send(self, op: int, data: Any) -> None:
        await self._socket.send_json({"op": op, "d": data})

    async def send_text(self, text: str) -> None:
        await self._socket.send_str(text)

    async def receive(self) -> dict[str, Any]:
        frame = await self._socket.receive(timeout=5)
        assert frame.type is aiohttp.WSMsgType.TEXT, frame
        received: dict[str, Any] = json.loads(frame.data)
        return received

    async def closed(self) -> int | None:
        while not self._socket.closed:
            await self._socket.receive(timeout=5)
        return self._socket.close_code

    async def until(self, event: str) -> dict[str, Any]:
        while True:
            frame = await self.receive()
            if frame["t"] == event:
                return frame


async def opened(sandbox: Sandbox, session: aiohttp.ClientSession) -> Socket:
    socket = Socket(await session.ws_connect(sandbox.gateway_url))
    hello = await socket.receive()
    assert (hello["op"], hello["d"]["heartbeat_interval"]) == (10, 41250)
    return socket


async def identified(
    sandbox: Sandbox, session: aiohttp.ClientSession, intents: int = 1
) -> tuple[Socket, dict[str, Any]]:
    socket = await opened(sandbox, session)
    await socket.send(2, {"token": sandbox.token, "intents": intents, "properties": {}})
    ready = await socket.until("READY")
    await socket.until("GUILD_CREATE")
    return socket, ready["d"]


@pytest.mark.parametrize(
    ("op", "data", "code"),
    [
        (2, {"token": "wrong", "intents": 0}, 4004),
        (2, {"intents": 1 << 1}, 4014),
        (2, {"intents": 1 << 40}, 4013),
        (2, {"intents": None}, 4013),
        (2, {"intents": 1, "shard": [5, 2]}, 4010),
        (2, {"intents": 1, "shard": [0, 0]}, 4010),
        (2, {"intents": 1, "shard": "x"}, 4010),
        (2, {"intents": 1, "properties": "x" * 4096}, 4002),
        (2, {"intents": 1, "properties": "x" * 100_000}, 4002),
        (6, {"token": "wrong", "session_id": "x", "seq": 1}, 4004),
        (8, {}, 4003),
    ],
)
async def test_first_frame_that_is_refused(op: int, data: dict[str, Any], code: int) -> None:
    async with Sandbox(make_world()) as sandbox, aiohttp.ClientSession() as session:
        socket = await opened(sandbox, session)
        await socket.send(op, {"token": sandbox.token} | data)
        assert await socket.closed() == code


@pytest.mark.parametrize(("op", "code"), [(2, 4005), (99, 4001)])
async def test_later_frame_that_is_refused(op: int, code: int) -> None:
    async with Sandbox(make_world()) as sandbox, aiohttp.ClientSession() as session:
        socket, _ = await identified(sandbox, session)
        await socket.send(op, {"token": sandbox.token, "intents": 0})
        assert await socket.closed() == code


async def test_a_frame_may_have_4096_bytes() -> None:
    async with Sandbox(make_world()) as sandbox, aiohttp.ClientSession() as session:
        for letter, more, code in (("x", 0, None), ("x", 1, 4002), ("é", 0, 4002)):
            socket, _ = await identified(sandbox, session)
            frame = json.dumps({"op": 1, "d": letter}, ensure_ascii=False)
            await socket.send_text(frame + " " * (4096 + more - len(frame)))
            if code is None:
                assert (await socket.receive())["op"] == 11
            else:
                assert await socket.closed() == code


async def test_heartbeats_are_answered_until_muted() -> None:
    async with Sandbox(make_world()) as sandbox, aiohttp.ClientSession() as session:
        socket, _ = await identified(sandbox, session)
        await socket.send(1, 2)
        assert (await socket.receive())["op"] == 11
        sandbox.gateway.mute_heartbeats()
        await socket.send(1, 2)
        sandbox.gateway.mute_heartbeats(False)
        sandbox.gateway.reconnect()
        assert (await socket.receive())["op"] == 7


async def test_too_many_frames_in_a_minute_are_cut_off() -> None:
    async with Sandbox(make_world()) as sandbox, aiohttp.ClientSession() as session:
        socket, _ = await identified(sandbox, session)
        for _ in range(120):
            await socket.send(1, 0)
        assert await socket.closed() == 4008


async def test_resume_replays_by_sequence_and_knows_its_sessions() -> None:
    async with Sandbox(make_world()) as sandbox, aiohttp.ClientSession() as session:
        first, ready = await identified(sandbox, session)
        resume = {"token": sandbox.token, "session_id": ready["session_id"]}
        second = await opened(sandbox, session)
        await second.send(6, resume | {"seq": 1})
        assert [(await second.receive())["t"] for _ in range(2)] == ["GUILD_CREATE", "RESUMED"]
        third = await opened(sandbox, session)
        await third.send(6, resume | {"session_id": "unknown", "seq": 1})
        assert await third.receive() == {"op": 9, "d": False, "s": None, "t": None}
        fourth = await opened(sandbox, session)
        await fourth.send(6, resume | {"seq": 99})
        assert await fourth.closed() == 4007
        del first


async def test_invalid_session_has_to_identify_anew() -> None:
    async with Sandbox(make_world()) as sandbox, aiohttp.ClientSession() as session:
        socket, ready = await identified(sandbox, session)
        sandbox.gateway.invalid_session()
        assert await socket.receive() == {"op": 9, "d": False, "s": None, "t": None}
        again = await opened(sandbox, session)
        await again.send(6, {"token": sandbox.token, "session_id": ready["session_id"], "seq": 2})
        assert (await again.receive())["op"] == 9
        await again.send(2, {"token": sandbox.token, "intents": 1})
        await again.until("GUILD_CREATE")
        assert sandbox.gateway.identifies == 2


async def test_zlib_stream_is_one_stream() -> None:
    async with Sandbox(make_world()) as sandbox, aiohttp.ClientSession() as session:
        socket = await session.ws_connect(sandbox.gateway_url + "/?v=10&encoding=json&compress=zlib-stream")
        inflate = zlib.decompressobj()
        frames = []
        await socket.send_json({"op": 2, "d": {"token": sandbox.token, "intents": 1}})
        for _ in range(3):
            frame = await socket.receive(timeout=5)
            assert frame.data.endswith(b"\x00\x00\xff\xff")
            frames.append(json.loads(inflate.decompress(frame.data)))
        assert [(frame["op"], frame["t"]) for frame in frames] == [(10, None), (0, "READY"), (0, "GUILD_CREATE")]


async def test_members_are_sent_on_request() -> None:
    world = make_world()
    world.privileged_intents = 1 << 1
    async with Sandbox(world) as sandbox, aiohttp.ClientSession() as session:
        socket, _ = await identified(sandbox, session, 1 | 1 << 1)
        await socket.send(8, {"guild_id": str(world.guild.id), "query": "", "limit": 0, "nonce": "n"})
        chunk = (await socket.until("GUILD_MEMBERS_CHUNK"))["d"]
        names = [member["user"]["username"] for member in chunk["members"]]
        assert (names, chunk["nonce"]) == (["Usher", "attendee", "author", "olga", "shy"], "n")


async def test_lost_heartbeats_make_the_client_come_back() -> None:
    async with live(hello_bot(), timings=Timings(heartbeat=0.1)) as it:
        it.bot.ws._max_heartbeat_timeout = 0.2
        it.bot.ws._keep_alive.heartbeat_timeout = 0.2  # type: ignore[union-attr]  # connected
        it.sandbox.gateway.mute_heartbeats()
        await it.sandbox.gateway.resumed()
        assert shown(await it.person().command("/hello"))["content"] == "Hello"
