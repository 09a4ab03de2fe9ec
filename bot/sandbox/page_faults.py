"""What goes wrong on demand, asked for from the page: faults of REST, and a gateway that misbehaves."""

from aiohttp import web

from bot.sandbox.core import Core
from bot.sandbox.faults import Fault
from bot.sandbox.gateway import Gateway
from bot.sandbox.page_routes import page_route
from bot.sandbox.state import Json


class PageFaults:
    def __init__(self, core: Core, gateway: Gateway) -> None:
        self._core = core
        self._gateway = gateway

    def routes(self) -> list[web.RouteDef]:
        return [
            *page_route("GET", "/sandbox/faults", self.faults),
            *page_route("POST", "/sandbox/faults", self.add_fault),
            *page_route("DELETE", "/sandbox/faults", self.clear_faults),
            *page_route("POST", "/sandbox/gateway", self.disturb_gateway),
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
