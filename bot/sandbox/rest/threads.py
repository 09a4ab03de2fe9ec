"""Threads and forum posts over REST. Their edits and deletion are channels' business.

https://discord.com/developers/docs/resources/channel#start-thread-from-message
"""

from datetime import datetime

from aiohttp import web

from bot.sandbox import archiving, errors, limits, threads
from bot.sandbox.channel_objects import channel_json, thread_member_json
from bot.sandbox.core import Core
from bot.sandbox.files import check_written
from bot.sandbox.objects import member_json
from bot.sandbox.permissions import Permission, require
from bot.sandbox.reading import bits
from bot.sandbox.rest.endpoint import Answer, Call, Endpoints, Result
from bot.sandbox.rest.messages import lasting_message, shown_to_bot, visible_channel
from bot.sandbox.state import POST_TYPES, Channel, ChannelType, Json, ThreadData, User

_THREADS = "/channels/{channel_id}/threads"
_MEMBERS = "/channels/{channel_id}/thread-members"
_CAN_HOLD_THREADS = frozenset((ChannelType.TEXT, ChannelType.ANNOUNCEMENT))


class ThreadRoutes:
    def __init__(self, core: Core) -> None:
        self._core = core

    def routes(self, endpoints: Endpoints) -> list[web.RouteDef]:
        own_archived = "/channels/{channel_id}/users/@me/threads/archived/private"
        return [
            *endpoints.route("POST", "/channels/{channel_id}/messages/{message_id}/threads", self.start_from_message),
            *endpoints.route("POST", _THREADS, self.start),
            *endpoints.route("GET", _THREADS + "/archived/public", self.archived_public),
            *endpoints.route("GET", _THREADS + "/archived/private", self.archived_private),
            *endpoints.route("GET", own_archived, self.archived_private),
            *endpoints.route("GET", "/guilds/{guild_id}/threads/active", self.active),
            *endpoints.route("GET", _MEMBERS, self.members),
            *endpoints.route("PUT", _MEMBERS + "/@me", self.join),
            *endpoints.route("DELETE", _MEMBERS + "/@me", self.leave),
            *endpoints.route("GET", _MEMBERS + "/{user_id}", self.member),
            *endpoints.route("PUT", _MEMBERS + "/{user_id}", self.add),
            *endpoints.route("DELETE", _MEMBERS + "/{user_id}", self.remove),
        ]

    async def start_from_message(self, call: Call) -> Result:
        parent = visible_channel(self._core, call)
        if parent.type not in _CAN_HOLD_THREADS:
            raise errors.wrong_channel_type()
        message = lasting_message(self._core, call, parent)
        require(self._core.bot_permissions(parent), Permission.CREATE_PUBLIC_THREADS)
        limits.check_thread(call.body)
        kind = ChannelType.PUBLIC_THREAD
        if parent.type is ChannelType.ANNOUNCEMENT:
            kind = ChannelType.ANNOUNCEMENT_THREAD
        thread = threads.start(self._core, parent, self._core.world.bot, call.body, kind, from_message=message)
        return Answer(201, self._shown(thread))

    async def start(self, call: Call) -> Result:
        parent = visible_channel(self._core, call)
        if parent.type in POST_TYPES:
            return self._start_post(call, parent)
        if parent.type not in _CAN_HOLD_THREADS:
            raise errors.wrong_channel_type()
        limits.check_thread(call.body)
        # Without a type Discord makes a private thread.
        kind = ChannelType(call.body.get("type") or ChannelType.PRIVATE_THREAD)
        private = kind is ChannelType.PRIVATE_THREAD
        needed = Permission.CREATE_PRIVATE_THREADS if private else Permission.CREATE_PUBLIC_THREADS
        require(self._core.bot_permissions(parent), needed)
        return Answer(201, self._shown(threads.start(self._core, parent, self._core.world.bot, call.body, kind)))

    def _start_post(self, call: Call, forum: Channel) -> Answer:
        payload = call.body
        limits.check_forum_post(payload, forum)
        message = payload["message"]
        if not isinstance(message, dict):
            raise errors.field_error(["message"], "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
        with errors.inside("message"):
            check_written(message, call.uploads, flags=bits(message))
        needed = Permission.SEND_MESSAGES | (Permission.ATTACH_FILES if call.uploads else Permission(0))
        if message.get("embeds"):
            needed |= Permission.EMBED_LINKS
        require(self._core.bot_permissions(forum), needed)
        thread, made = threads.start_post(self._core, forum, self._core.world.bot, payload, call.uploads)
        return Answer(201, self._shown(thread) | {"message": shown_to_bot(self._core, made)})

    async def active(self, call: Call) -> Result:
        guild = self._core.world.get_guild(call.id("guild_id"))
        archiving.archive_stale(self._core, guild)
        found = [one for one in guild.threads() if one.thread and not one.thread.archived]
        visible = [one for one in found if self._core.may_view(one, self._core.world.bot)]
        data = self._listed(sorted(visible, key=lambda one: -one.id))
        del data["has_more"]
        return data | {"has_more": False}

    async def archived_public(self, call: Call) -> Result:
        return self._archived(call, private=False)

    async def archived_private(self, call: Call) -> Result:
        return self._archived(call, private=True)

    def _archived(self, call: Call, *, private: bool) -> Json:
        """Latest archived first."""
        parent = visible_channel(self._core, call)
        guild = self._core.world.guild_of(parent)
        if guild is None:
            raise errors.not_on_a_dm()
        needed = Permission.READ_MESSAGE_HISTORY
        if private and "@me" not in call.request.path:
            needed |= Permission.MANAGE_THREADS
        require(self._core.bot_permissions(parent), needed)
        archiving.archive_stale(self._core, guild)
        found: list[tuple[datetime, Channel]] = []
        for one in guild.threads():
            fits = one.parent_id == parent.id and (one.type is ChannelType.PRIVATE_THREAD) == private
            if fits and one.thread and one.thread.archived:
                found.append((one.thread.archive_changed_at, one))
        found.sort(key=lambda pair: (pair[0], pair[1].id), reverse=True)
        before = call.instant("before")
        if before:
            found = [pair for pair in found if pair[0] < before]
        limit = call.number("limit", 50, 1, 100)
        return self._listed([one for _, one in found[:limit]], more=len(found) > limit)

    def _listed(self, found: list[Channel], *, more: bool = False) -> Json:
        own = self._core.world.bot.id
        members = [
            thread_member_json(one, one.thread, own) for one in found if one.thread and own in one.thread.members
        ]
        return {"threads": [self._shown(one) for one in found], "members": members, "has_more": more}

    # Who is in it

    async def members(self, call: Call) -> Result:
        channel, thread = self._thread(call)
        after, limit = call.bound("after") or 0, call.number("limit", 100, 1, 100)
        chosen = sorted(one for one in thread.members if one > after)[:limit]
        return [self._member(call, channel, thread, user_id) for user_id in chosen]

    async def member(self, call: Call) -> Result:
        channel, thread = self._thread(call)
        if call.id("user_id") not in thread.members:
            raise errors.unknown_member()
        return self._member(call, channel, thread, call.id("user_id"))

    async def join(self, call: Call) -> Result:
        channel, _ = self._thread(call)
        threads.join(self._core, channel, self._core.world.bot)

    async def leave(self, call: Call) -> Result:
        channel, _ = self._thread(call)
        threads.leave(self._core, channel, self._core.world.bot.id)

    async def add(self, call: Call) -> Result:
        channel, _ = self._thread(call)
        require(self._core.bot_permissions(channel), Permission.SEND_MESSAGES_IN_THREADS)
        threads.join(self._core, channel, self._guild_member(call, channel))

    async def remove(self, call: Call) -> Result:
        channel, thread = self._thread(call)
        own = channel.type is ChannelType.PRIVATE_THREAD and thread.owner_id == self._core.world.bot.id
        if not own:
            require(self._core.bot_permissions(channel), Permission.MANAGE_THREADS)
        threads.leave(self._core, channel, call.id("user_id"))

    def _guild_member(self, call: Call, channel: Channel) -> User:
        guild = self._core.world.guild_of(channel)
        assert guild
        user = self._core.world.get_member(guild, call.id("user_id")).user
        # Nobody can be brought into a thread whose parent they may not see.
        parent = self._core.world.channels.get(channel.parent_id or 0, channel)
        if not self._core.may_view(parent, user):
            raise errors.missing_access()
        return user

    def _thread(self, call: Call) -> tuple[Channel, ThreadData]:
        channel = visible_channel(self._core, call)
        if channel.thread is None:
            raise errors.wrong_channel_type()
        return channel, channel.thread

    def _member(self, call: Call, channel: Channel, thread: ThreadData, user_id: int) -> Json:
        data = thread_member_json(channel, thread, user_id)
        guild = self._core.world.guild_of(channel)
        if call.flag("with_member") and guild and user_id in guild.members:
            data["member"] = member_json(guild.members[user_id])
        return data

    def _shown(self, channel: Channel) -> Json:
        return channel_json(channel, reader_id=self._core.world.bot.id)
