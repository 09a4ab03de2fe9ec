"""What the page asks of the server, always in somebody's name: /sandbox/... and one WebSocket for news."""

import asyncio
from contextlib import suppress
from pathlib import Path

from aiohttp import web

from bot.sandbox import announce, page_objects, people_talk
from bot.sandbox.client_rules import CannotUseError
from bot.sandbox.core import Core
from bot.sandbox.dispatch import encode
from bot.sandbox.interaction import Interaction
from bot.sandbox.message_objects import message_json
from bot.sandbox.page_clock import PageClock
from bot.sandbox.page_routes import page_route
from bot.sandbox.state import Channel, InteractionType, Json, User
from bot.sandbox.using import Using

PAGE = Path(__file__).with_name("page")
_TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


class PageSocket:
    """An open page: one person's view of the news."""

    def __init__(self, user: User, socket: web.WebSocketResponse) -> None:
        self.user = user
        self.socket = socket
        self.waiting: asyncio.Queue[str] = asyncio.Queue()

    def push(self, event: str, data: Json) -> None:
        self.waiting.put_nowait(encode({"t": event, "d": data}))


class PageApi:
    def __init__(self, core: Core, using: Using, clock: PageClock) -> None:
        self._core = core
        self._clock = clock
        self._using = using
        self._pages: set[PageSocket] = set()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self.index),
            web.get("/page/{name}", self.file),
            web.get("/sandbox/ws", self.socket),
            *page_route("GET", "/sandbox/people", self.people),
            *page_route("POST", "/sandbox/people/{id}", self.change_person),
            *page_route("GET", "/sandbox/state", self.state),
            *page_route("GET", "/sandbox/channels/{id}/messages", self.messages),
            *page_route("GET", "/sandbox/commands", self.commands),
            *page_route("POST", "/sandbox/interactions", self.interact),
            *page_route("POST", "/sandbox/messages", self.say),
            *page_route("PATCH", "/sandbox/messages", self.edit),
            *page_route("DELETE", "/sandbox/messages", self.delete),
            *page_route("POST", "/sandbox/typing", self.typing),
            *page_route("PUT", "/sandbox/reactions", self.react),
            *page_route("DELETE", "/sandbox/reactions", self.react),
        ]

    # What there is

    async def people(self, request: web.Request) -> list[Json]:
        return [page_objects.person_json(self._core, user) for user in self._core.world.people()]

    async def state(self, request: web.Request) -> Json:
        me = self._user(request.query["as"])
        world = self._core.world
        guild = world.guild
        bot = {"id": str(world.bot.id), "name": world.bot.display_name, "connected": self._core.hub.bot_connected}
        return {
            "me": page_objects.person_json(self._core, me),
            "guild": {"id": str(guild.id), "name": guild.name},
            "bot": bot,
            "clock": self._clock.as_json(),
            "channels": page_objects.channels_for(self._core, guild, me),
            "roles": [page_objects.role_json(role) for role in guild.roles.values()],
            "people": await self.people(request),
        }

    async def messages(self, request: web.Request) -> list[Json]:
        channel = self._core.world.get_channel(int(request.match_info["id"]))
        return people_talk.messages(self._core, self._user(request.query["as"]), channel)

    async def commands(self, request: web.Request) -> list[Json]:
        user, channel = self._user(request.query["as"]), self._channel(request.query["channel_id"])
        return list(self._using.commands(user, channel))

    # What people do

    async def interact(self, request: web.Request) -> Json:
        """Waits for the bot's first answer."""
        body = await request.json()
        interaction = self._start(body, self._user(body["as"]), self._channel(body["channel_id"]))
        outcome = await interaction.outcome
        self._using.answered(interaction, outcome)
        result: Json = {"kind": outcome.kind}
        if outcome.message:
            result["message"] = message_json(self._core.world, outcome.message, interaction.user.id)
        if outcome.modal:
            result["modal"] = outcome.modal
        if outcome.kind == "autocomplete":
            result["choices"] = outcome.choices
        if outcome.error:
            result["error"] = outcome.error
        return {"id": str(interaction.id), "result": result}

    def _start(self, body: Json, user: User, channel: Channel) -> Interaction:
        kind, data = InteractionType(body["type"]), body["data"]
        if not self._core.may_view(channel, user):
            raise CannotUseError("That channel is not there for this person.")
        if kind is InteractionType.COMPONENT:
            message = self._core.world.get_message(channel, int(body["message_id"]))
            return self._using.component(user, channel, message, data)
        if kind is InteractionType.MODAL_SUBMIT:
            return self._using.modal(user, channel, data)
        if body.get("message_id") and data.get("type") == 3:
            data.setdefault("target_id", body["message_id"])
        return self._using.command(user, channel, data, completing=kind is InteractionType.AUTOCOMPLETE)

    async def say(self, request: web.Request) -> Json:
        body = await request.json()
        user, channel = self._user(body["as"]), self._channel(body["channel_id"])
        reply_to = int(body["reply_to"]) if body.get("reply_to") else None
        text, ping = str(body.get("content", "")), bool(body.get("ping", True))
        message = people_talk.say(self._core, user, channel, text, reply_to, ping=ping)
        return message_json(self._core.world, message, user.id)

    async def edit(self, request: web.Request) -> Json:
        body = await request.json()
        user, channel = self._user(body["as"]), self._channel(body["channel_id"])
        message = people_talk.edit(self._core, user, channel, int(body["message_id"]), str(body.get("content", "")))
        return message_json(self._core.world, message, user.id)

    async def delete(self, request: web.Request) -> None:
        body = await request.json()
        user, channel = self._user(body["as"]), self._channel(body["channel_id"])
        people_talk.delete(self._core, user, channel, int(body["message_id"]))

    async def typing(self, request: web.Request) -> None:
        body = await request.json()
        user, channel = self._user(body["as"]), self._channel(body["channel_id"])
        if self._core.may_view(channel, user):
            announce.typing(self._core, channel, user)

    async def react(self, request: web.Request) -> None:
        body = await request.json()
        user, channel = self._user(body["as"]), self._channel(body["channel_id"])
        removing = request.method == "DELETE"
        people_talk.react(self._core, user, channel, int(body["message_id"]), str(body["emoji"]), remove=removing)

    async def change_person(self, request: web.Request) -> Json:
        user = self._user(request.match_info["id"])
        body = await request.json()
        if "dms_open" in body:
            user.accepts_dms = bool(body["dms_open"])
        return page_objects.person_json(self._core, user)

    # The news, and the page itself

    async def socket(self, request: web.Request) -> web.WebSocketResponse:
        try:
            user = self._user(request.query["as"])
        except (LookupError, ValueError):
            raise web.HTTPNotFound from None
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        page = PageSocket(user, socket)
        self._pages.add(page)
        self._core.hub.pages.add(page)
        self._core.pulse.beat()
        writer = asyncio.create_task(_write(page))
        try:
            async for _ in socket:
                # A page only listens; what it sends is for the connection's own upkeep.
                continue
        finally:
            self._core.hub.pages.discard(page)
            self._pages.discard(page)
            writer.cancel()
        return socket

    async def close(self) -> None:
        """Lets go of every open page, so that the server can stop at once."""
        for page in list(self._pages):
            await page.socket.close(code=1001)

    async def index(self, request: web.Request) -> web.Response:
        return _page_file("index.html")

    async def file(self, request: web.Request) -> web.Response:
        return _page_file(request.match_info["name"])

    def _user(self, user_id: str) -> User:
        user = self._core.world.users.get(int(user_id))
        if user is None:
            raise LookupError("There is no such person.")
        return user

    def _channel(self, channel_id: str) -> Channel:
        return self._core.world.get_channel(int(channel_id))


async def _write(page: PageSocket) -> None:
    with suppress(ConnectionError):
        while True:
            await page.socket.send_str(await page.waiting.get())


def _page_file(name: str) -> web.Response:
    """Nothing but what lies in the page's own folder."""
    path = PAGE / name
    if path.parent != PAGE or path.suffix not in _TYPES or not path.is_file():
        raise web.HTTPNotFound
    # A page that is being worked on must not come from a cache.
    headers = {"Cache-Control": "no-cache"}
    return web.Response(body=path.read_bytes(), content_type=_TYPES[path.suffix], charset="utf-8", headers=headers)
