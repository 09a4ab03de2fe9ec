"""Only this machine's own page may use the sandbox's page: no other site that is open in the same browser.

A page of any origin can send requests to a loopback address, and a name of its own can be made to lead
there (DNS rebinding). So the Host must be this machine, and an Origin, where a browser sends one, the same.
"""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from bot.sandbox.dispatch import encode

_HERE = frozenset({"127.0.0.1", "localhost", "::1"})


@web.middleware
async def local_only(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuses strangers on everything but the bot's own interfaces, which ask for its token."""
    if request.path.startswith(("/api/", "/gateway")) or _at_home(request):
        return await handler(request)
    body = encode({"message": "Open this page at http://127.0.0.1, on the machine that runs it.", "code": 0})
    return web.Response(status=403, text=body, content_type="application/json")


def _at_home(request: web.Request) -> bool:
    host = request.headers.get("Host", "")
    origin = request.headers.get("Origin")
    try:
        return urlsplit(f"//{host}").hostname in _HERE and (origin is None or urlsplit(origin).netloc == host)
    except ValueError:
        # No address at all, such as a bracket that is not closed.
        return False
