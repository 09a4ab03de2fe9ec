"""The composition root of the sandbox: the Discord-compatible server on loopback and the real bot on it."""

import asyncio
import signal
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from bot import app, lifetime
from bot.chat.client import UsherClient
from bot.chat.connection import Connection
from bot.delivery.worker import Worker
from bot.domain.errors import UsherError
from bot.domain.program import Program
from bot.sandbox import FASTEST, ChannelSpec, Exchange, Intent, PersonSpec, RoleSpec, Sandbox, World
from bot.sandbox_clock import StageClock
from bot.storage.database import Database
from bot.typed_time import TIME_EXAMPLES, instant_of

#: How long the bot may take to connect before something is wrong with it.
_READY_WITHIN = 30.0
_USUAL_PORT = 8787
_LAST_PORT = 65535
_KINDS = {"announcements": "announcement", "posters": "forum"}
#: Channels that organizers see, with those after whom the channel is named.
_PRIVATE = {"organizers", "conduct", "reviewers", "chairs", "authors", "speakers"}
#: Who sees what is private where the event names no role for organizers: without any, everybody would.
_STAFF = "Organizer"


def world_for(program: Program) -> World:
    """A server as the event expects it: its channels and roles by name, and people to be."""
    roles = program.server.roles
    specs = [RoleSpec(name) for name in dict.fromkeys([*roles.values(), roles.get("organizers", _STAFF)])]
    channels = {"general": ChannelSpec("general")}
    for purpose, name in program.server.channels.items():
        # A channel that serves two purposes is made once, for the first of them.
        kind, read_only = _KINDS.get(purpose, "text"), purpose == "announcements"
        channels.setdefault(name, ChannelSpec(name, kind, private_to=_circle(roles, purpose), read_only=read_only))
    people = [
        PersonSpec("attendee", _held(roles, "attendees"), display_name="Attendee"),
        PersonSpec("author", _held(roles, "attendees", "authors"), display_name="Author"),
        PersonSpec("speaker", _held(roles, "attendees", "speakers"), display_name="Speaker"),
        PersonSpec("organizer", _held(roles, "attendees", "organizers"), True, display_name="Organizer"),
    ]
    return World.build(program.event.short_name, roles=specs, channels=channels.values(), people=people)


def _circle(roles: Mapping[str, str], purpose: str) -> list[str]:
    """The roles that see a channel of this purpose; none means everyone.

    Where the event names no role for attendees, everyone in the server is one.
    """
    if purpose not in _PRIVATE and not (purpose == "attendees" and purpose in roles):
        return []
    staff = roles.get("organizers", _STAFF)
    return list(dict.fromkeys([roles.get(purpose, staff), staff]))


def _held(roles: Mapping[str, str], *purposes: str) -> list[str]:
    return [roles[purpose] for purpose in purposes if purpose in roles]


def start_of(program: Program, at: str | None) -> datetime:
    """Where the clock starts: ``at`` (ISO, venue time without a zone), else 20 minutes into the first session."""
    if at is None:
        if program.sessions:
            return program.sessions[0].start + timedelta(minutes=20)
        return datetime.combine(program.event.first_day, datetime.min.time(), program.event.tz).astimezone(UTC)
    return instant_of(at, program.event.tz, f"--at {at} is not a time. Write {TIME_EXAMPLES}.")


class Stage(Struct, frozen=True):
    """The sandbox with the bot connected. ``running`` ends only with the bot, and then raises why."""

    sandbox: Sandbox
    connection: Connection
    running: "asyncio.Task[None]"
    database: Database
    program: Program
    clock: StageClock
    worker: Worker
    began: datetime
    """Where the clock started."""

    @property
    def client(self) -> UsherClient:
        """The client of the present connection."""
        assert self.connection.client is not None
        return self.connection.client


@asynccontextmanager
async def staged(
    event: str,
    *,
    at: str | None,
    port: int | None = 0,
    database: Path | None = None,
    speed: float = 1.0,
    message_content: bool = False,
    observers: Sequence[Callable[[Exchange], None]] = (),
) -> AsyncIterator[Stage]:
    """Start server and bot, wait until the bot is there, and take both down in the end.

    ``port`` None means the usual one, or a free one where that is taken. ``message_content``: whether that privileged
    intent is switched on for the bot, which may then ask for it. ``observers`` are told every
    request of the bot and its answer. Raises UsherError where the bot cannot start.
    """
    async with AsyncExitStack() as stack:
        if database is None:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="usher-"))
            database = Path(folder) / "sandbox.db"
        clock = StageClock()
        parts = await stack.enter_async_context(app.assembled(database, event, clock))
        program = parts.desk.programmes.for_guild(None).program
        began = start_of(program, at)
        clock.start(began, speed, program.event.tz, parts.alarm.ring)
        sandbox = await _listening(program, clock, port, message_content)
        stack.push_async_callback(sandbox.stop)
        sandbox.observers.extend(observers)
        connection = Connection(
            parts.desk,
            parts.database,
            sandbox.token,
            api=sandbox.api_url,
            source=parts.source,
            wake=parts.alarm.ring,
            guild_ready_timeout=0.0,
        )
        running = asyncio.create_task(connection.run(), name="usher")
        stack.push_async_callback(_ended, connection, running)
        voices = await stack.enter_async_context(lifetime.speaking(parts, connection))
        await _there(sandbox, running)
        yield Stage(sandbox, connection, running, parts.database, program, clock, voices.worker, began)


async def _there(sandbox: Sandbox, running: "asyncio.Task[None]") -> None:
    """Wait for the bot. Raises why it ended, or UsherError if it does not come."""
    ready = asyncio.create_task(sandbox.gateway.ready(_READY_WITHIN))
    await asyncio.wait({running, ready}, return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        ready.cancel()
        running.result()
    try:
        await ready
    except TimeoutError:
        raise UsherError(f"The bot did not connect to the sandbox within {_READY_WITHIN:.0f} s.") from None


async def _listening(program: Program, clock: StageClock, port: int | None, message_content: bool) -> Sandbox:
    """The server, started. Raises UsherError where the port that was asked for is taken."""
    world = world_for(program)
    world.privileged_intents = int(Intent.MESSAGE_CONTENT) if message_content else 0
    for candidate in (_USUAL_PORT, 0) if port is None else (port,):
        sandbox = Sandbox(world, port=candidate, clock=clock)
        try:
            await sandbox.start()
        except (OSError, OverflowError):
            continue
        return sandbox
    raise UsherError(f"Port {port} cannot be used: something else has it. Choose another with --port.")


async def _ended(connection: Connection, running: "asyncio.Task[None]") -> None:
    await connection.close()
    with suppress(asyncio.CancelledError, UsherError):
        await running


async def serve(
    event: str,
    *,
    at: str | None,
    port: int | None,
    database: Path | None,
    speed: float,
    message_content: bool = False,
    opened: Callable[[str], None],
) -> None:
    """``usher sandbox``: until it is interrupted, by Ctrl+C or SIGTERM. ``opened`` is told the page's address.

    Raises UsherError for a port or a speed that cannot be, and why the bot ended, if it does: a fault ordered on
    the page may be one that Discord's own servers use to send a bot away for good.
    """
    if port is not None and not 0 <= port <= _LAST_PORT:
        raise UsherError(f"Port {port} cannot be used: ports are 1 to {_LAST_PORT}. Choose another with --port.")
    if not 0 < speed <= FASTEST:
        raise UsherError(f"--speed {speed:g} cannot be: write a number above 0 and up to {FASTEST:.0f}, such as 60.")
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        # Also where a script started it in the background, for which shells have Ctrl+C ignored.
        with suppress(NotImplementedError):  # Windows has no signal handlers in its event loop
            asyncio.get_running_loop().add_signal_handler(number, told.set)
    staging = staged(event, at=at, port=port, database=database, speed=speed, message_content=message_content)
    async with staging as stage:
        opened(stage.sandbox.page_url)
        waiting = asyncio.create_task(told.wait())
        await asyncio.wait({stage.running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if not told.is_set():
            stage.running.result()
