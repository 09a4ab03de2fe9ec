"""Reactions and pins.

https://discord.com/developers/docs/resources/message#create-reaction and #pin-message
"""

from datetime import datetime

from aiohttp import web

from bot.sandbox import announce, errors, people_talk, posting
from bot.sandbox.core import Core
from bot.sandbox.objects import iso, user_json
from bot.sandbox.permissions import Permission, require
from bot.sandbox.posting import Origin
from bot.sandbox.rest.endpoint import Call, Endpoints, Result
from bot.sandbox.rest.messages import lasting_message, shown_to_bot, visible_channel
from bot.sandbox.state import Channel, Json, Message, MessageType

_MESSAGE = "/channels/{channel_id}/messages/{message_id}"
_ALL = _MESSAGE + "/reactions"
_EMOJI = _ALL + "/{emoji}"
_OLD_PINS = "/channels/{channel_id}/pins"
_PINS = "/channels/{channel_id}/messages/pins"
#: The route that lists pins in one piece shows at most 50, the newer one all 250.
MAX_PINS = 250


class MarkRoutes:
    def __init__(self, core: Core) -> None:
        self._core = core

    def routes(self, endpoints: Endpoints) -> list[web.RouteDef]:
        return [
            *endpoints.route("PUT", _EMOJI + "/@me", self.react),
            *endpoints.route("DELETE", _EMOJI + "/@me", self.unreact_own),
            *endpoints.route("DELETE", _EMOJI + "/{user_id}", self.unreact),
            *endpoints.route("GET", _EMOJI, self.reacted),
            *endpoints.route("DELETE", _EMOJI, self.clear),
            *endpoints.route("DELETE", _ALL, self.clear),
            *endpoints.route("GET", _PINS, self.list_pins),
            *endpoints.route("GET", _OLD_PINS, self.list_old_pins),
            *endpoints.route("PUT", _PINS + "/{message_id}", self.pin),
            *endpoints.route("PUT", _OLD_PINS + "/{message_id}", self.pin),
            *endpoints.route("DELETE", _PINS + "/{message_id}", self.unpin),
            *endpoints.route("DELETE", _OLD_PINS + "/{message_id}", self.unpin),
        ]

    async def react(self, call: Call) -> Result:
        channel, message = self._both(call)
        people_talk.react(self._core, self._core.world.bot, channel, message.id, call.path("emoji"))

    async def unreact_own(self, call: Call) -> Result:
        channel, message = self._both(call)
        people_talk.unreact(self._core, self._core.world.bot, channel, message, call.path("emoji"))

    async def unreact(self, call: Call) -> Result:
        channel, message = self._both(call)
        user = self._core.world.users.get(call.id("user_id"))
        if user is None:
            raise errors.unknown_user()
        if user.id != self._core.world.bot.id:
            require(self._core.bot_permissions(channel), Permission.MANAGE_MESSAGES)
        people_talk.unreact(self._core, user, channel, message, call.path("emoji"))

    async def reacted(self, call: Call) -> Result:
        _, message = self._both(call)
        users = message.reactions.get(call.path("emoji"))
        if users is None:
            raise errors.unknown_emoji()
        after = call.bound("after") or 0
        chosen = sorted(user_id for user_id in users if user_id > after)[: call.number("limit", 25, 1, 100)]
        return [user_json(self._core.world.users[user_id]) for user_id in chosen]

    async def clear(self, call: Call) -> Result:
        """All reactions, or all with one emoji."""
        channel, message = self._both(call)
        require(self._core.bot_permissions(channel), Permission.MANAGE_MESSAGES)
        emoji = call.request.match_info.get("emoji")
        if emoji is None:
            message.reactions.clear()
        elif message.reactions.pop(emoji, None) is None:
            raise errors.unknown_emoji()
        announce.reactions_cleared(self._core, channel, message, emoji)

    async def pin(self, call: Call) -> Result:
        channel, message = self._to_pin(call)
        if message.id in channel.pins:
            return
        if len(channel.pins) >= MAX_PINS:
            raise errors.max_pins(MAX_PINS)
        channel.pins[message.id] = channel.last_pin_at = self._core.now()
        message.data = message.data | {"pinned": True}
        self._changed(channel, message)
        notice = Origin(MessageType.PIN, posting.refer_to(message, channel))
        posting.write(self._core, channel, self._core.world.bot, {}, (), notice)

    async def unpin(self, call: Call) -> Result:
        channel, message = self._to_pin(call)
        if channel.pins.pop(message.id, None) is not None:
            message.data = message.data | {"pinned": False}
            self._changed(channel, message)

    async def list_pins(self, call: Call) -> Result:
        """Latest first, a page at a time."""
        channel = self._readable(call)
        limit = call.number("limit", 50, 1, 50)
        pinned = list(reversed(channel.pins.items()))
        before = call.instant("before")
        if before:
            pinned = [one for one in pinned if one[1] < before]
        items = [self._pinned(channel, message_id, at) for message_id, at in pinned[:limit]]
        return {"items": items, "has_more": len(pinned) > limit}

    async def list_old_pins(self, call: Call) -> Result:
        channel = self._readable(call)
        latest = list(reversed(channel.pins))[:50]
        return [shown_to_bot(self._core, channel.messages[message_id]) for message_id in latest]

    def _pinned(self, channel: Channel, message_id: int, at: datetime) -> Json:
        return {"pinned_at": iso(at), "message": shown_to_bot(self._core, channel.messages[message_id])}

    def _changed(self, channel: Channel, message: Message) -> None:
        announce.message_updated(self._core, channel, message)
        announce.channel_pins_changed(self._core, channel)

    def _to_pin(self, call: Call) -> tuple[Channel, Message]:
        channel, message = self._both(call)
        require(self._core.bot_permissions(channel), Permission.PIN_MESSAGES)
        if channel.thread and channel.thread.archived:
            raise errors.archived_thread()
        return channel, message

    def _both(self, call: Call) -> tuple[Channel, Message]:
        channel = visible_channel(self._core, call)
        return channel, lasting_message(self._core, call, channel)

    def _readable(self, call: Call) -> Channel:
        channel = visible_channel(self._core, call)
        require(self._core.bot_permissions(channel), Permission.READ_MESSAGE_HISTORY)
        return channel
