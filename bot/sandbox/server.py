"""The server itself: a world behind HTTP and WebSocket on loopback, with everything a test or a page needs."""

import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.sandbox import errors
from bot.sandbox.core import Core, Timings
from bot.sandbox.dispatch import encode
from bot.sandbox.file_routes import FileRoutes
from bot.sandbox.gateway import Gateway
from bot.sandbox.interaction import Outcome
from bot.sandbox.interactions import Interactions
from bot.sandbox.local_only import local_only
from bot.sandbox.moderating import Moderator
from bot.sandbox.page_api import PageApi
from bot.sandbox.page_clock import ClockControl, PageClock
from bot.sandbox.page_faults import PageFaults
from bot.sandbox.person import Person
from bot.sandbox.ratelimits import RateLimiter
from bot.sandbox.rest.answers import AnswerRoutes
from bot.sandbox.rest.applications import ApplicationRoutes
from bot.sandbox.rest.body import MAX_BODY
from bot.sandbox.rest.channels import ChannelRoutes
from bot.sandbox.rest.endpoint import Endpoints, Observer
from bot.sandbox.rest.events import EventRoutes
from bot.sandbox.rest.guilds import GuildRoutes
from bot.sandbox.rest.marks import MarkRoutes
from bot.sandbox.rest.messages import MessageRoutes
from bot.sandbox.rest.threads import ThreadRoutes
from bot.sandbox.rest.users import UserRoutes
from bot.sandbox.state import Channel, InteractionType, Json, Message, User
from bot.sandbox.using import Using
from bot.sandbox.world import GLOBAL, World

_API = "/api"


@dataclass(frozen=True, slots=True)
class Timed:
    """A raw interaction's outcome, with time.perf_counter() when it was sent and when its answer arrived."""

    outcome: Outcome
    sent_at: float
    answered_at: float


class Sandbox:
    """A Discord-compatible server. ``port`` 0 takes a free one.

    ``now`` is the clock for message times and ids; rate limits, the 3 s and the 15 min run on real time. ``clock`` is
    given instead where people may move it from the page.
    """

    def __init__(
        self,
        world: World,
        *,
        port: int = 0,
        now: Callable[[], datetime] | None = None,
        clock: ClockControl | None = None,
        enforce_rate_limits: bool = True,
        timings: Timings | None = None,
    ) -> None:
        now = clock.now if clock else now or (lambda: datetime.now(UTC))
        world.use_clock(now)
        self.world = world
        self.application_id = world.application_id
        self.bot_user_id = world.bot.id
        self.token = f"sandbox.{world.bot.id}"
        self._port = port
        self._core = Core(world, now, timings or Timings())
        self.faults = self._core.faults
        self.moderator = Moderator(self._core)
        self.limiter = RateLimiter(enforce=enforce_rate_limits)
        self.gateway = Gateway(self._core, self.token)
        self._interactions = Interactions(self._core)
        self._using = Using(self._core, self._interactions)
        self._endpoints = Endpoints(self._core, self.token, self.limiter)
        self._clock = PageClock(self._core, clock)
        self._page = PageApi(self._core, self._using, self._clock)
        self._further_routes: list[web.RouteDef] = []
        self._runner: web.AppRunner | None = None

    @property
    def api_url(self) -> str:
        """What a bot is pointed at."""
        return f"{self._core.base_url}/api/v10"

    @property
    def gateway_url(self) -> str:
        return f"{self._core.base_url.replace('http', 'ws', 1)}/gateway"

    @property
    def page_url(self) -> str:
        return f"{self._core.base_url}/"

    @property
    def open_pages(self) -> int:
        """How many pages are listening for news."""
        return len(self._core.hub.pages)

    @property
    def observers(self) -> list[Observer]:
        """Called after every REST exchange of the bot."""
        return self._endpoints.observers

    def page_routes(self, routes: Iterable[web.RouteDef]) -> None:
        """Further routes for the page; to be called before the start."""
        self._further_routes.extend(routes)

    async def start(self) -> None:
        """Listens on loopback. Raises OSError when the port is taken."""
        app = web.Application(client_max_size=MAX_BODY, middlewares=[local_only])
        app.add_routes(self._routes())
        # A handler whose client has gone is cancelled: a request that hangs ends with it.
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=1.0)
        await self._runner.setup()
        listener = socket.create_server(("127.0.0.1", self._port), backlog=512)
        self._core.base_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        await web.SockSite(self._runner, listener).start()
        self._clock.follow()

    async def stop(self) -> None:
        self._clock.unfollow()
        await self.gateway.drop(1001)
        await self._page.close()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    # People

    def person(self, name: str) -> Person:
        """Someone of the world, by name. Raises LookupError."""
        return Person(self._core, self._using, self.world.person(name))

    async def commands_registered(self, *names: str, timeout: float = 10.0) -> None:
        """Waits until commands of these names (any at all when none is given) are registered. Raises TimeoutError."""

        def there() -> bool:
            known = {one["name"] for scope in self.world.commands.values() for one in scope.values()}
            return known.issuperset(names) if names else bool(known)

        await self._core.pulse.until(there, timeout)

    async def until(self, condition: Callable[[], bool], timeout: float = 5.0) -> None:
        """Waits until something the bot does over REST has made a condition true. Raises TimeoutError."""
        await self._core.pulse.until(condition, timeout)

    async def interact(
        self, user: User, channel: Channel, kind: InteractionType, data: Json, *, message: Message | None = None
    ) -> Timed:
        """The shortest way to an interaction, for measuring. ``data`` is sent as it is, but for a command's id."""
        if kind in (InteractionType.COMMAND, InteractionType.AUTOCOMPLETE) and "id" not in data:
            data = {"id": self._command_id(channel, data["name"]), "type": 1} | data
        interaction = self._interactions.create(kind, user, channel, data, message=message)
        outcome = await interaction.outcome
        return Timed(outcome, interaction.started, interaction.answered_at)

    def _command_id(self, channel: Channel, name: str) -> str:
        for scope in (channel.guild_id or GLOBAL, GLOBAL):
            for command in self.world.commands.get(scope, {}).values():
                if command["name"] == name:
                    return str(command["id"])
        raise LookupError(f"No command is called {name!r}.")

    # Routes

    def _routes(self) -> list[web.RouteDef]:
        core = self._core
        subjects = (
            AnswerRoutes(core, self._interactions),
            ApplicationRoutes(core),
            # Before the messages: ".../messages/pins" is no message.
            MarkRoutes(core),
            MessageRoutes(core),
            ThreadRoutes(core),
            ChannelRoutes(core, self.limiter),
            GuildRoutes(core),
            EventRoutes(core),
            UserRoutes(core, self.limiter),
        )
        return [
            web.get("/gateway", self.gateway.serve),
            web.get("/gateway/", self.gateway.serve),
            *(route for subject in subjects for route in subject.routes(self._endpoints)),
            *self._page.routes(),
            *self._clock.routes(),
            *PageFaults(core, self.gateway, self.moderator).routes(),
            *self._further_routes,
            *FileRoutes(core).routes(),
            web.route("*", f"{_API}/{{rest:.*}}", _no_such_route),
        ]


async def _no_such_route(request: web.Request) -> web.Response:
    resources = [one for one in request.app.router.resources() if one.canonical != f"{_API}/{{rest}}"]
    for_others = any([(await one.resolve(request))[1] for one in resources])
    error = errors.method_not_allowed() if for_others else errors.not_found()
    body = encode(error.body()).encode()
    return web.Response(status=error.status, body=body, headers={"Content-Type": "application/json"})
