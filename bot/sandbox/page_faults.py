"""What goes wrong on demand, asked for from the page: faults of REST, a gateway that misbehaves, and what
moderators do to threads and channels."""

from collections.abc import Callable

from aiohttp import web

from bot.sandbox.core import Core
from bot.sandbox.faults import Fault
from bot.sandbox.gateway import Gateway
from bot.sandbox.moderating import Moderator
from bot.sandbox.page_routes import page_route
from bot.sandbox.state import Json


class PageFaults:
    def __init__(self, core: Core, gateway: Gateway, moderator: Moderator) -> None:
        self._core = core
        self._moderator = moderator
        self._gateway = gateway

    def routes(self) -> list[web.RouteDef]:
        return [
            *page_route("GET", "/sandbox/faults", self.faults),
            *page_route("POST", "/sandbox/faults", self.add_fault),
            *page_route("DELETE", "/sandbox/faults", self.clear_faults),
            *page_route("POST", "/sandbox/gateway", self.disturb_gateway),
            *page_route("POST", "/sandbox/moderation", self.moderate),
        ]

    async def faults(self, request: web.Request) -> list[Json]:
        return [fault.to_json() for fault in self._core.faults.list()]

    async def add_fault(self, request: web.Request) -> Json:
        return self._core.faults.add(Fault.from_json(await request.json())).to_json()

    async def clear_faults(self, request: web.Request) -> None:
        self._core.faults.clear()

    async def disturb_gateway(self, request: web.Request) -> None:
        """``{"action": "drop", "code"?}``, ``"reconnect"``, ``"invalid_session", "resumable"?`` or
        ``"mute_heartbeats", "mute"?``."""
        body = await request.json()
        action = body.get("action")
        if action == "drop":
            await self._gateway.drop(int(body.get("code", 4000)))
        elif action == "reconnect":
            self._gateway.reconnect()
        elif action == "invalid_session":
            self._gateway.invalid_session(bool(body.get("resumable")))
        elif action == "mute_heartbeats":
            self._gateway.mute_heartbeats(bool(body.get("mute", True)))
        else:
            raise ValueError("action must be drop, reconnect, invalid_session or mute_heartbeats")

    async def moderate(self, request: web.Request) -> None:
        """``{"channel_id", "action": "archive" | "unarchive" | "lock" | "unlock" | "fill" | "empty" | "delete"}``, or
        without a channel ``"fill_guild"`` and ``"empty_guild"``."""
        body, moderator = await request.json(), self._moderator
        action = str(body.get("action"))
        if action in ("fill_guild", "empty_guild"):
            moderator.fill_guild(action == "fill_guild")
            return
        channel_id = int(body["channel_id"])
        if channel_id not in self._core.world.channels:
            raise LookupError("That channel is not there any more.")
        acts: dict[str, Callable[[], None]] = {
            "archive": lambda: moderator.archive(channel_id),
            "unarchive": lambda: moderator.archive(channel_id, False),
            "lock": lambda: moderator.lock(channel_id),
            "unlock": lambda: moderator.lock(channel_id, False),
            "fill": lambda: moderator.fill(channel_id),
            "empty": lambda: moderator.fill(channel_id, False),
            "delete": lambda: moderator.delete(channel_id),
        }
        if action not in acts:
            raise ValueError(f"action must be one of {', '.join(acts)}, fill_guild or empty_guild")
        acts[action]()
