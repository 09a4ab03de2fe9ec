"""Files over HTTP: the page hands in what a person chose, and everybody fetches what was uploaded, as from a CDN."""

from contextlib import suppress

from aiohttp import web

from bot.sandbox.client_rules import CannotUseError, check_file_size
from bot.sandbox.core import Core
from bot.sandbox.files import SentFile, attachment_json, receive
from bot.sandbox.page_routes import page_route
from bot.sandbox.state import Json

#: A file may hold anything, a page with a script too, which must not act for the person who looks at it.
_HARMLESS = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


class FileRoutes:
    def __init__(self, core: Core) -> None:
        self._core = core

    def routes(self) -> list[web.RouteDef]:
        place = "{channel_id}/{attachment_id}/{filename}"
        return [
            *page_route("POST", "/sandbox/files", self.receive),
            web.get(f"/cdn/attachments/{place}", self.serve),
            # Those sent to the bot alone, with a modal or a command.
            web.get(f"/cdn/ephemeral-attachments/{place}", self.serve),
        ]

    async def receive(self, request: web.Request) -> Json:
        """The body is the file; its name, its sender and their channel stand in the address. Answers with the
        attachment, whose id then goes into a modal's field or a command's option."""
        world, asked = self._core.world, request.query
        sender, channel = world.users.get(int(asked["as"])), world.get_channel(int(asked["channel_id"]))
        if sender is None or not self._core.may_view(channel, sender):
            raise CannotUseError("That channel is not there for this person.")
        # Before it is read: the server takes no body that is much bigger.
        check_file_size(asked["filename"], request.content_length or 0, nitro=False)
        file = SentFile(asked["filename"], await request.read(), request.content_type)
        return attachment_json(receive(self._core, channel, sender, file))

    async def serve(self, request: web.Request) -> web.Response:
        with suppress(ValueError, KeyError):
            file = self._core.world.attachments[int(request.match_info["attachment_id"])]
            return web.Response(body=file.content, headers={"Content-Type": file.content_type} | _HARMLESS)
        raise web.HTTPNotFound
