"""The gateway: lets the bot in, keeps its session, and can be made to misbehave as the real one does.

https://discord.com/developers/docs/events/gateway
"""

import secrets
import time
from collections import deque
from typing import Any

from aiohttp import WSMsgType, web

from bot.sandbox.core import Core
from bot.sandbox.dispatch import PRIVILEGED, Intent
from bot.sandbox.frames import read_frame, read_shard
from bot.sandbox.objects import application_json, guild_create_json, members_chunk, own_user_json
from bot.sandbox.sessions import Connection, Session
from bot.sandbox.state import Guild, Json

#: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME = 1, 2, 3, 4, 6
RECONNECT, MEMBERS, INVALID, HELLO, ACK = 7, 8, 9, 10, 11
#: What a client may send in a minute before it is cut off with 4008.
SENDS_PER_MINUTE = 120
UNKNOWN_OPCODE, DECODE_ERROR, NOT_AUTHENTICATED, BAD_TOKEN, ALREADY_AUTHENTICATED = 4001, 4002, 4003, 4004, 4005
INVALID_SEQ, RATE_LIMITED, INVALID_SHARD, INVALID_INTENTS, DISALLOWED_INTENTS = 4007, 4008, 4010, 4013, 4014
_ALL_INTENTS = (1 << 26) - 1


class Gateway:
    """Serves ``/gateway``; the methods before ``serve`` are for tests and the curious. Timeouts are in seconds."""

    def __init__(self, core: Core, token: str) -> None:
        self._core = core
        self._token = token
        self._sessions: dict[str, Session] = {}
        #: Sessions that wait for their guilds; None where nothing is withheld.
        self._withheld: list[Session] | None = None
        self.identifies = 0
        """How often a client has started a session."""
        self.resumes = 0
        """How often one has been taken up again."""

    @property
    def connected(self) -> bool:
        """Whether a bot is there that has been sent its guilds."""
        return self._core.hub.bot_connected

    async def ready(self, timeout: float = 10.0) -> None:
        """Waits until the bot is connected and has been sent its guilds. Raises TimeoutError."""
        await self._core.pulse.until(lambda: self._core.hub.bot_connected, timeout)

    async def resumed(self, times: int = 1, timeout: float = 10.0) -> None:
        """Waits until sessions have been taken up again that many times in all. Raises TimeoutError."""
        await self._core.pulse.until(lambda: self.resumes >= times and self._core.hub.bot_connected, timeout)

    async def identified(self, times: int = 1, timeout: float = 10.0) -> None:
        """Waits until sessions have been started that many times in all. Raises TimeoutError."""
        await self._core.pulse.until(lambda: self.identifies >= times and self._core.hub.bot_connected, timeout)

    async def drop(self, code: int = 4000) -> None:
        """Closes every connection with this code. The sessions can be resumed."""
        for connection in self._connections():
            await connection.close(code)

    def reconnect(self) -> None:
        """Tells the client to connect anew and resume (op 7)."""
        for connection in self._connections():
            connection.send_op(RECONNECT)

    def invalid_session(self, resumable: bool = False) -> None:
        """Tells the client that its session has ended (op 9); unless resumable it has to identify anew."""
        for session in list(self._sessions.values()):
            if not resumable:
                self._forget(session)
            if session.connection:
                session.connection.send_op(INVALID, resumable)

    def withhold_guilds(self) -> None:
        """From the next READY on no guild is sent, only its id: as while Discord's servers have an outage."""
        self._withheld = []

    def lose_guilds(self) -> None:
        """Tells the client that its guilds are not available, as in an outage of Discord's. ``send_guilds`` ends it."""
        self._withheld = list(self._sessions.values())
        for session in self._withheld:
            for guild in self._guilds_of(session) if session.intents & Intent.GUILDS else ():
                session.send("GUILD_DELETE", {"id": str(guild.id), "unavailable": True})

    def send_guilds(self) -> None:
        """Sends what was kept back, and withholds no more."""
        sessions, self._withheld = self._withheld or [], None
        for session in sessions:
            self._send_guilds(session)

    def mute_heartbeats(self, mute: bool = True) -> None:
        """Leaves the heartbeats of the present connections unanswered, as a dead connection would."""
        for connection in self._connections():
            connection.mute = mute

    def say_twice(self, event: str) -> None:
        """The next event of this name is sent twice, as by a server that does not know what has arrived."""
        for session in self._sessions.values():
            session.twice = event

    # The life of a connection

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(compress=False, max_msg_size=1 << 20)
        await socket.prepare(request)
        connection = Connection(socket, compressed=request.query.get("compress") == "zlib-stream")
        connection.send_op(HELLO, {"heartbeat_interval": int(self._core.timings.heartbeat * 1000), "_trace": ["[]"]})
        try:
            await self._listen(connection)
        finally:
            self._left(connection)
        return socket

    async def _listen(self, connection: Connection) -> None:
        """Until either side closes."""
        session: Session | None = None
        received: deque[float] = deque(maxlen=SENDS_PER_MINUTE)
        async for message in connection.socket:
            if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                continue
            too_fast = len(received) == SENDS_PER_MINUTE and time.monotonic() - received[0] < 60
            received.append(time.monotonic())
            frame = read_frame(message.data)
            if too_fast or frame is None:
                await connection.close(RATE_LIMITED if too_fast else DECODE_ERROR)
                return
            try:
                session = await self._act(connection, session, *frame)
            except _RefusedError as refused:
                await connection.close(refused.code)
                return

    async def _act(self, connection: Connection, session: Session | None, op: int, data: Any) -> Session | None:
        """What one frame does; gives back the session that the connection then serves. Raises _RefusedError."""
        if op == HEARTBEAT:
            if not connection.mute:
                connection.send_op(ACK)
        elif op in (IDENTIFY, RESUME):
            if session:
                raise _RefusedError(ALREADY_AUTHENTICATED)
            if not isinstance(data, dict) or str(data.get("token")).removeprefix("Bot ").strip() != self._token:
                raise _RefusedError(BAD_TOKEN)
            return await (self._identify if op == IDENTIFY else self._resume)(connection, data)
        elif session is None:
            raise _RefusedError(NOT_AUTHENTICATED)
        elif op == MEMBERS:
            chunk = members_chunk(self._core.world, data or {}, session.intents)
            if chunk:
                session.send("GUILD_MEMBERS_CHUNK", chunk)
        elif op not in (PRESENCE, VOICE):
            raise _RefusedError(UNKNOWN_OPCODE)
        return session

    def _left(self, connection: Connection) -> None:
        connection.end()
        for session in list(self._sessions.values()):
            if session.connection is connection:
                session.connection = None
                session.ready = False
                # A client that closes with one of these ends its session; with anything else it may come back.
                if connection.socket.close_code in (1000, 1001) and not connection.closed_by_server:
                    self._forget(session)
        self._tell_people()

    async def _identify(self, connection: Connection, data: Json) -> Session:
        intents = data.get("intents")
        if not isinstance(intents, int) or intents & ~_ALL_INTENTS:
            raise _RefusedError(INVALID_INTENTS)
        if intents & PRIVILEGED & ~self._core.world.privileged_intents:
            raise _RefusedError(DISALLOWED_INTENTS)
        shard = read_shard(data.get("shard"))
        if shard is None:
            raise _RefusedError(INVALID_SHARD)
        session = Session(secrets.token_hex(16), intents, shard)
        session.connection = connection
        self._sessions[session.id] = session
        self._start(session)
        self._core.hub.sessions[session.id] = session
        self.identifies += 1
        await self._announce(session)
        return session

    def _start(self, session: Session) -> None:
        world = self._core.world
        guilds = self._guilds_of(session)
        session.send(
            "READY",
            {
                "v": 10,
                "user": own_user_json(world.bot),
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
                "session_id": session.id,
                "resume_gateway_url": f"{self._core.base_url.replace('http', 'ws', 1)}/gateway",
                "shard": list(session.shard),
                "application": {"id": str(world.application_id), "flags": application_json(world)["flags"]},
                "private_channels": [],
                "relationships": [],
            },
        )
        if self._withheld is None:
            self._send_guilds(session)
        else:
            self._withheld.append(session)

    def _guilds_of(self, session: Session) -> list[Guild]:
        world = self._core.world
        return [guild for guild in world.guilds.values() if world.bot.id in guild.members and session.serves(guild.id)]

    def _send_guilds(self, session: Session) -> None:
        with_members = bool(session.intents & Intent.GUILD_MEMBERS)
        for guild in self._guilds_of(session) if session.intents & Intent.GUILDS else ():
            session.send("GUILD_CREATE", guild_create_json(self._core.world, guild, with_members=with_members))

    async def _resume(self, connection: Connection, data: Json) -> Session | None:
        session = self._sessions.get(str(data.get("session_id")))
        seq = data.get("seq")
        if session and isinstance(seq, int) and seq > session.seq:
            self._forget(session)
            raise _RefusedError(INVALID_SEQ)
        if session is None or not isinstance(seq, int) or not session.can_replay(seq):
            if session:
                self._forget(session)
            connection.send_op(INVALID, False)
            return None
        if session.connection:
            session.connection.end()
        session.connection = connection
        session.replay(seq)
        session.send("RESUMED", {})
        self.resumes += 1
        await self._announce(session)
        return session

    async def _announce(self, session: Session) -> None:
        assert session.connection
        await session.connection.flushed()
        session.ready = True
        self._tell_people()

    def _connections(self) -> list[Connection]:
        return [session.connection for session in self._sessions.values() if session.connection]

    def _forget(self, session: Session) -> None:
        self._sessions.pop(session.id, None)
        self._core.hub.sessions.pop(session.id, None)

    def _tell_people(self) -> None:
        connected = self._core.hub.bot_connected
        self._core.hub.to_people("bot_status", lambda _: {"connected": connected})
        self._core.pulse.beat()


class _RefusedError(Exception):
    """The client did what the gateway answers by closing with this code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code
