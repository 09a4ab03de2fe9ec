"""A gateway session: what the bot is told, in order, and again after a lost connection; and the connection under it."""

import asyncio
import zlib
from collections import deque
from contextlib import suppress

from aiohttp import web

from bot.sandbox.dispatch import encode
from bot.sandbox.state import Json

#: How many events a session keeps for a resume. A client further behind has to identify anew.
REPLAY = 1000


class Connection:
    """One WebSocket. Sends in order without making anybody wait; as one zlib stream when the client asked for it."""

    def __init__(self, socket: web.WebSocketResponse, *, compressed: bool) -> None:
        self.socket = socket
        self.mute = False
        """Whether heartbeats stay unanswered."""
        self.closed_by_server = False
        self._compressor = zlib.compressobj(1) if compressed else None
        self._waiting: asyncio.Queue[str] = asyncio.Queue()
        self._writer = asyncio.create_task(self._write())

    def send(self, text: str) -> None:
        self._waiting.put_nowait(text)

    def send_op(self, op: int, data: object = None) -> None:
        self.send(encode({"op": op, "d": data, "s": None, "t": None}))

    async def flushed(self) -> None:
        """Waits until everything so far is on its way."""
        await self._waiting.join()

    async def close(self, code: int) -> None:
        self.closed_by_server = True
        with suppress(ConnectionError):
            await self.flushed()
            await self.socket.close(code=code)

    def end(self) -> None:
        self._writer.cancel()

    async def _write(self) -> None:
        # A send to a client that has gone is no error: the session keeps the event for a resume.
        while True:
            text = await self._waiting.get()
            with suppress(ConnectionError):
                if self._compressor is None:
                    await self.socket.send_str(text)
                else:
                    data = self._compressor.compress(text.encode()) + self._compressor.flush(zlib.Z_SYNC_FLUSH)
                    await self.socket.send_bytes(data)
            self._waiting.task_done()


class Session:
    """Outlives its connections until the client says goodbye or the server calls it invalid."""

    def __init__(self, session_id: str, intents: int, shard: tuple[int, int]) -> None:
        self.id = session_id
        self.intents = intents
        self.shard = shard
        self.seq = 0
        self.ready = False
        """Whether a connection is there and has been sent everything it starts with."""
        self.connection: Connection | None = None
        self.twice: str | None = None
        """The event that is sent twice the next time."""
        self._sent: deque[tuple[int, str]] = deque(maxlen=REPLAY)

    def serves(self, guild_id: int | None) -> bool:
        """https://discord.com/developers/docs/events/gateway#sharding"""
        number, count = self.shard
        return (guild_id >> 22) % count == number if guild_id else number == 0

    def dispatch(self, event: str, body: str) -> None:
        self.seq += 1
        text = f'{{"t":"{event}","s":{self.seq},"op":0,"d":{body}}}'
        self._sent.append((self.seq, text))
        if self.connection:
            self.connection.send(text)
        if event == self.twice:
            self.twice = None
            self.dispatch(event, body)

    def send(self, event: str, data: Json) -> None:
        self.dispatch(event, encode(data))

    def can_replay(self, seq: int) -> bool:
        """Whether everything after ``seq`` is still kept."""
        return seq <= self.seq and (seq == self.seq or self._sent[0][0] <= seq + 1)

    def replay(self, seq: int) -> None:
        """Sends again what came after ``seq``."""
        assert self.connection
        for number, text in self._sent:
            if number > seq:
                self.connection.send(text)
