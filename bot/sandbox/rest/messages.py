"""Messages of a channel, as the bot writes, reads, changes and deletes them.

https://discord.com/developers/docs/resources/message
"""

from datetime import timedelta

from aiohttp import web

from bot.sandbox import announce, archiving, errors, posting
from bot.sandbox.core import Core
from bot.sandbox.dispatch import Intent, without_content
from bot.sandbox.files import check_written
from bot.sandbox.message_objects import message_json
from bot.sandbox.nonces import Nonces
from bot.sandbox.permissions import Permission, require
from bot.sandbox.reading import bits, snowflake
from bot.sandbox.rest.endpoint import Call, Endpoints, Result
from bot.sandbox.snowflake import snowflake_at
from bot.sandbox.state import Channel, ChannelType, Json, Message, MessageFlag

_MESSAGES = "/channels/{channel_id}/messages"
_ONE = _MESSAGES + "/{message_id}"
#: Messages older than this cannot be deleted in bulk.
_BULK_AGE = timedelta(days=14)
#: What may be changed on somebody else's message, with MANAGE_MESSAGES.
_MODERATED = frozenset(("flags",))


class MessageRoutes:
    def __init__(self, core: Core) -> None:
        self._core = core
        self._nonces = Nonces(core.timings.nonce_life)

    def routes(self, endpoints: Endpoints) -> list[web.RouteDef]:
        return [
            *endpoints.route("GET", _MESSAGES, self.list_messages),
            *endpoints.route("POST", _MESSAGES, self.create),
            *endpoints.route("POST", _MESSAGES + "/bulk-delete", self.bulk_delete),
            *endpoints.route("GET", _ONE, self.get),
            *endpoints.route("PATCH", _ONE, self.edit),
            *endpoints.route("DELETE", _ONE, self.delete),
            *endpoints.route("POST", _ONE + "/crosspost", self.crosspost),
            *endpoints.route("POST", "/channels/{channel_id}/typing", self.typing),
        ]

    async def create(self, call: Call) -> Result:
        core, payload, bot = self._core, call.body, self._core.world.bot
        channel = core.world.get_channel(call.id("channel_id"))
        check_written(payload, call.uploads, flags=bits(payload))
        posting.require_writing(core, channel, bot, payload, has_files=bool(call.uploads))
        nonce = payload.get("nonce")
        enforced = nonce is not None and bool(payload.get("enforce_nonce"))
        message = self._nonces.find(bot.id, nonce) if enforced and nonce is not None else None
        if message is None:
            origin = posting.reply_origin(core, channel, bot, payload)
            message = posting.write(core, channel, bot, payload, call.uploads, origin)
            if enforced and nonce is not None:
                self._nonces.keep(bot.id, nonce, message)
        answer = self._shown(message)
        return answer if nonce is None else answer | {"nonce": nonce}

    async def list_messages(self, call: Call) -> Result:
        """Newest first, without ephemeral ones. Empty without the right to read the history."""
        channel = self._visible(call)
        limit = call.number("limit", 50, 1, 100)
        if not self._core.bot_permissions(channel) & Permission.READ_MESSAGE_HISTORY:
            return []
        return [self._shown(message) for message in _page(call, channel, limit)]

    async def get(self, call: Call) -> Result:
        channel = self._visible(call)
        require(self._core.bot_permissions(channel), Permission.READ_MESSAGE_HISTORY)
        return self._shown(self._message(call, channel))

    async def edit(self, call: Call) -> Result:
        channel, payload = self._visible(call), call.body
        message = self._message(call, channel)
        if message.author_id != self._core.world.bot.id:
            require(self._core.bot_permissions(channel), Permission.MANAGE_MESSAGES)
            if payload.keys() - _MODERATED:
                raise errors.not_author()
        if channel.thread and channel.thread.archived:
            raise errors.archived_thread()
        flags = bits(payload) | message.data["flags"] & MessageFlag.COMPONENTS_V2
        check_written(payload, call.uploads, flags=flags, editing=True, before=message.data)
        return self._shown(posting.edit(self._core, channel, message, payload, call.uploads))

    async def delete(self, call: Call) -> Result:
        channel = self._visible(call)
        message = self._message(call, channel)
        if message.author_id != self._core.world.bot.id:
            if channel.is_dm:
                raise errors.not_on_a_dm()
            require(self._core.bot_permissions(channel), Permission.MANAGE_MESSAGES)
        if channel.thread and channel.thread.archived:
            raise errors.archived_thread()
        posting.delete(self._core, channel, [message])

    async def bulk_delete(self, call: Call) -> Result:
        channel = self._visible(call)
        if channel.is_dm:
            raise errors.not_on_a_dm()
        require(self._core.bot_permissions(channel), Permission.MANAGE_MESSAGES)
        listed = call.body.get("messages")
        wanted = [snowflake(one, "messages") for one in listed] if isinstance(listed, list) else []
        if not 2 <= len(wanted) <= 100:
            raise errors.field_error(["messages"], "BASE_TYPE_BAD_LENGTH", "Must be between 2 and 100 in length.")
        if min(wanted) < snowflake_at(self._core.now() - _BULK_AGE):
            raise errors.ApiError(400, 50034, "You can only bulk delete messages that are under 14 days old.")
        found = [channel.messages[one] for one in wanted if one in channel.messages]
        posting.delete(self._core, channel, [one for one in found if not one.ephemeral], in_bulk=True)

    async def crosspost(self, call: Call) -> Result:
        """Publishes a message of an announcement channel to the channels that follow it."""
        channel = self._visible(call)
        message = self._message(call, channel)
        if channel.type is not ChannelType.ANNOUNCEMENT:
            raise errors.wrong_channel_type()
        own = message.author_id == self._core.world.bot.id
        require(self._core.bot_permissions(channel), Permission.SEND_MESSAGES if own else Permission.MANAGE_MESSAGES)
        if message.data["flags"] & MessageFlag.CROSSPOSTED:
            raise errors.already_crossposted()
        message.data = message.data | {"flags": message.data["flags"] | MessageFlag.CROSSPOSTED}
        announce.message_updated(self._core, channel, message)
        return self._shown(message)

    async def typing(self, call: Call) -> Result:
        channel = self._visible(call)
        posting.require_writing(self._core, channel, self._core.world.bot, {}, has_files=False)
        announce.typing(self._core, channel, self._core.world.bot)

    def _shown(self, message: Message) -> Json:
        return shown_to_bot(self._core, message)

    def _visible(self, call: Call) -> Channel:
        return visible_channel(self._core, call)

    def _message(self, call: Call, channel: Channel) -> Message:
        return lasting_message(self._core, call, channel)


def shown_to_bot(core: Core, message: Message) -> Json:
    """Without the message-content intent, others' messages come without their content over REST too."""
    data = message_json(core.world, message, core.world.bot.id)
    channel = core.world.channels.get(message.channel_id)
    if core.world.privileged_intents & Intent.MESSAGE_CONTENT or (channel and channel.is_dm):
        return data
    return without_content(data, core.world.bot.id)


def visible_channel(core: Core, call: Call) -> Channel:
    """The channel of the path. Raises 10003 and 50001."""
    channel = core.world.get_channel(call.id("channel_id"))
    if not core.may_view(channel, core.world.bot):
        raise errors.missing_access()
    archiving.archive_if_stale(core, channel)
    return channel


def lasting_message(core: Core, call: Call, channel: Channel) -> Message:
    """The message of the path; an ephemeral one is not to be found this way."""
    message = core.world.get_message(channel, call.id("message_id"))
    if message.ephemeral:
        raise errors.unknown_message()
    return message


def _page(call: Call, channel: Channel, limit: int) -> list[Message]:
    ids = [message_id for message_id, message in channel.messages.items() if not message.ephemeral]
    around, after, before = (call.bound(name) for name in ("around", "after", "before"))
    if around is not None:
        later = [one for one in ids if one >= around][: limit // 2 + 1]
        chosen = [one for one in ids if one < around][-(limit - len(later)) :] + later
    elif after is not None:
        chosen = [one for one in ids if one > after][:limit]
    else:
        chosen = [one for one in ids if before is None or one < before][-limit:]
    return [channel.messages[one] for one in reversed(chosen)]
