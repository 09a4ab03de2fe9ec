"""Channels and their permission overwrites; editing and deleting covers threads too.

https://discord.com/developers/docs/resources/channel
"""

from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.sandbox import announce, archiving, errors, limits, removing
from bot.sandbox.channel_objects import channel_json, dm_json
from bot.sandbox.core import Core
from bot.sandbox.objects import user_json
from bot.sandbox.permissions import (
    Permission,
    base_permissions,
    require,
    require_can_grant,
    require_in_guild,
)
from bot.sandbox.ratelimits import RateLimiter
from bot.sandbox.reading import bits, snowflake
from bot.sandbox.rest.endpoint import Answer, Call, Endpoints, Result
from bot.sandbox.rest.messages import visible_channel
from bot.sandbox.state import Channel, ChannelType, Guild, Json, Overwrite, OverwriteType, ThreadData
from bot.sandbox.thread_room import require_active_room

_ONE = "/channels/{channel_id}"
_OF_GUILD = "/guilds/{guild_id}/channels"
MAX_CHANNELS = 500
#: A thread's own fields that its author may change without further permissions.
_AUTHORS = frozenset(("name", "archived", "auto_archive_duration", "applied_tags"))

_NEVER_NULL = frozenset(("type", "name"))

_Convert = Callable[[Any], Any]
#: JSON field -> attribute and how to read it.
_FIELDS: dict[str, tuple[str, _Convert]] = {
    "name": ("name", str),
    "topic": ("topic", lambda value: value),
    "position": ("position", lambda value: snowflake(value or 0, "position")),
    "nsfw": ("nsfw", bool),
    "rate_limit_per_user": ("slowmode", lambda value: int(value or 0)),
    "bitrate": ("bitrate", lambda value: snowflake(value or 64000, "bitrate")),
    "user_limit": ("user_limit", lambda value: snowflake(value or 0, "user_limit")),
    "parent_id": ("parent_id", lambda value: snowflake(value, "parent_id") if value else None),
    "flags": ("flags", lambda value: snowflake(value or 0, "flags")),
    "default_auto_archive_duration": ("default_auto_archive_duration", lambda value: value),
    "default_thread_rate_limit_per_user": ("default_thread_slowmode", lambda value: int(value or 0)),
    "default_reaction_emoji": ("default_reaction_emoji", lambda value: value),
    "default_sort_order": ("default_sort_order", lambda value: value),
    "default_forum_layout": ("default_forum_layout", lambda value: snowflake(value or 0, "default_forum_layout")),
    "type": ("type", ChannelType),
}


class ChannelRoutes:
    def __init__(self, core: Core, limiter: RateLimiter) -> None:
        self._core = core
        self._limiter = limiter

    def routes(self, endpoints: Endpoints) -> list[web.RouteDef]:
        overwrite = _ONE + "/permissions/{overwrite_id}"
        return [
            *endpoints.route("GET", _ONE, self.get),
            *endpoints.route("PATCH", _ONE, self.edit),
            *endpoints.route("DELETE", _ONE, self.delete),
            *endpoints.route("PUT", overwrite, self.put_overwrite),
            *endpoints.route("DELETE", overwrite, self.delete_overwrite),
            *endpoints.route("GET", _OF_GUILD, self.list_channels),
            *endpoints.route("POST", _OF_GUILD, self.create),
            *endpoints.route("PATCH", _OF_GUILD, self.move),
        ]

    async def get(self, call: Call) -> Result:
        return self._shown(visible_channel(self._core, call))

    async def list_channels(self, call: Call) -> Result:
        guild = self._core.world.get_guild(call.id("guild_id"))
        return [channel_json(one) for one in guild.channels.values() if one.thread is None]

    async def create(self, call: Call) -> Result:
        guild, payload = self._core.world.get_guild(call.id("guild_id")), call.body
        have = self._in_guild(guild, Permission.MANAGE_CHANNELS)
        limits.check_channel(payload)
        if len(guild.channels) - sum(1 for _ in guild.threads()) >= MAX_CHANNELS:
            raise errors.max_channels()
        kind = ChannelType(payload.get("type") or ChannelType.TEXT)
        last = max((one.position for one in guild.channels.values()), default=-1)
        channel = Channel(self._core.world.snowflakes.next(), kind, guild_id=guild.id, position=last + 1)
        self._apply(channel, payload | {"type": kind}, have)
        self._core.world.add_channel(channel)
        announce.channel_changed(self._core, channel, "create")
        return Answer(201, channel_json(channel))

    async def move(self, call: Call) -> Result:
        guild = self._core.world.get_guild(call.id("guild_id"))
        self._in_guild(guild, Permission.MANAGE_CHANNELS)
        for change in call.objects:
            channel = guild.channels.get(snowflake(change.get("id"), "id"))
            if channel is None:
                raise errors.unknown_channel()
            for name in ("position", "parent_id"):
                if name in change:
                    attribute, convert = _FIELDS[name]
                    setattr(channel, attribute, convert(change[name]))
            announce.channel_changed(self._core, channel, "update")

    async def edit(self, call: Call) -> Result:
        channel, payload = visible_channel(self._core, call), call.body
        if channel.is_dm:
            raise errors.not_on_a_dm()
        if any(payload.get(name, old) != old for name, old in (("name", channel.name), ("topic", channel.topic))):
            self._limiter.check_rename(channel.id)
        if channel.thread:
            return self._edit_thread(channel, channel.thread, payload)
        have = self._core.bot_permissions(channel)
        require(have, Permission.MANAGE_CHANNELS)
        limits.check_channel(payload, editing=True, kind=int(channel.type))
        self._apply(channel, payload, have)
        announce.channel_changed(self._core, channel, "update")
        return channel_json(channel)

    def _apply(self, channel: Channel, payload: Json, have: Permission) -> None:
        for name, (attribute, convert) in _FIELDS.items():
            if name in payload and (payload[name] is not None or name not in _NEVER_NULL):
                setattr(channel, attribute, convert(payload[name]))
        if payload.get("permission_overwrites") is not None:
            new = [_overwrite(int(one["id"]), one) for one in payload["permission_overwrites"]]
            for one in new:
                require_can_grant(have, one.allow | one.deny)
            channel.overwrites = {one.id: one for one in new}
        if payload.get("available_tags") is not None:
            channel.available_tags = [self._tag(tag) for tag in payload["available_tags"]]

    def _tag(self, given: Json) -> Json:
        return {
            "id": str(given.get("id") or self._core.world.snowflakes.next()),
            "name": given["name"],
            "moderated": bool(given.get("moderated")),
            "emoji_id": given.get("emoji_id"),
            "emoji_name": given.get("emoji_name"),
        }

    def _edit_thread(self, channel: Channel, thread: ThreadData, payload: Json) -> Json:
        """An archived thread takes no change but being opened, alone or together with others."""
        have = self._core.bot_permissions(channel)
        opens = payload.get("archived") is False
        if thread.archived and not opens:
            raise errors.archived_thread()
        if not have & Permission.MANAGE_THREADS:
            only_opens = opens and payload.keys() == {"archived"} and not thread.locked
            own = thread.owner_id == self._core.world.bot.id and payload.keys() <= _AUTHORS
            if not (only_opens and have & Permission.SEND_MESSAGES_IN_THREADS) and not (own and not thread.locked):
                raise errors.missing_permissions()
        limits.check_thread(payload, editing=True)
        guild = self._core.world.guild_of(channel)
        if thread.archived and guild:
            require_active_room(self._core, guild)
        if "applied_tags" in payload:
            limits.check_applied_tags(payload["applied_tags"], self._core.world.channels[channel.parent_id or 0])
            thread.applied_tags = [int(tag) for tag in payload["applied_tags"] or ()]
        channel.name = payload.get("name") or channel.name
        channel.slowmode = int(payload.get("rate_limit_per_user", channel.slowmode) or 0)
        channel.flags = bits({"flags": channel.flags} | payload)
        thread.locked = bool(payload.get("locked", thread.locked))
        thread.invitable = bool(payload.get("invitable", thread.invitable))
        thread.auto_archive_duration = payload.get("auto_archive_duration") or thread.auto_archive_duration
        archiving.set_archived(self._core, channel, bool(payload.get("archived", thread.archived)))
        announce.thread_updated(self._core, channel)
        return self._shown(channel)

    async def delete(self, call: Call) -> Result:
        """For a DM this only closes it."""
        channel = visible_channel(self._core, call)
        if channel.is_dm:
            return self._shown(channel)
        have = self._core.bot_permissions(channel)
        require(have, Permission.MANAGE_THREADS if channel.thread else Permission.MANAGE_CHANNELS)
        shown = self._shown(channel)
        removing.remove(self._core, channel)
        return shown

    async def put_overwrite(self, call: Call) -> Result:
        channel = self._with_overwrites(call)
        overwrite = _overwrite(call.id("overwrite_id"), call.body)
        require_can_grant(self._core.bot_permissions(channel), overwrite.allow | overwrite.deny)
        channel.overwrites[overwrite.id] = overwrite
        announce.channel_changed(self._core, channel, "update")

    async def delete_overwrite(self, call: Call) -> Result:
        channel = self._with_overwrites(call)
        if channel.overwrites.pop(call.id("overwrite_id"), None) is None:
            raise errors.unknown_overwrite()
        announce.channel_changed(self._core, channel, "update")

    def _with_overwrites(self, call: Call) -> Channel:
        channel = visible_channel(self._core, call)
        if channel.guild_id is None or channel.thread:
            raise errors.wrong_channel_type()
        require(self._core.bot_permissions(channel), Permission.MANAGE_ROLES)
        return channel

    def _in_guild(self, guild: Guild, needed: Permission) -> Permission:
        have = base_permissions(guild, guild.members[self._core.world.bot.id])
        require_in_guild(have, needed)
        return have

    def _shown(self, channel: Channel) -> Json:
        world = self._core.world
        if channel.is_dm:
            other = next(world.users[one] for one in channel.recipient_ids if one != world.bot.id)
            return dm_json(channel, user_json(other))
        return channel_json(channel, reader_id=world.bot.id)


def _overwrite(overwrite_id: int, given: Json) -> Overwrite:
    if bits(given, "type") not in (OverwriteType.ROLE, OverwriteType.MEMBER):
        raise errors.field_error(["type"], "BASE_TYPE_CHOICES", "Value must be one of {0, 1}.")
    kind = OverwriteType(bits(given, "type"))
    return Overwrite(overwrite_id, kind, bits(given, "allow"), bits(given, "deny"))
