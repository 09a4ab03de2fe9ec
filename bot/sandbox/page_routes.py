"""How the page's requests are answered: JSON either way, a refusal with a text fit to be shown."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.sandbox.dispatch import encode
from bot.sandbox.errors import ApiError

_Handler = Callable[[web.Request], Awaitable[Any]]


def page_route(method: str, path: str, handler: _Handler) -> list[web.RouteDef]:
    """A route of the page's API. Its handler gives back what is to be sent as JSON, or raises ApiError, LookupError or
    ValueError."""

    async def serve(request: web.Request) -> web.Response:
        status, data = 200, None
        try:
            data = await handler(request)
        except ApiError as error:
            status, data = error.status, error.body()
        except (LookupError, ValueError, TypeError) as error:
            status, data = 400, {"message": str(error.args[0]) if error.args else "400: Bad Request", "code": 0}
        return web.Response(status=status, text=encode(data), content_type="application/json")

    return [web.route(method, path, serve)]
