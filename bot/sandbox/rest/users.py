"""Other accounts, the bot's guilds, and opening a DM.

https://discord.com/developers/docs/resources/user
"""

from aiohttp import web

from bot.sandbox import announce, errors
from bot.sandbox.channel_objects import dm_json
from bot.sandbox.core import Core
from bot.sandbox.objects import member_json, own_user_json, user_json
from bot.sandbox.permissions import base_permissions
from bot.sandbox.ratelimits import RateLimiter
from bot.sandbox.reading import snowflake
from bot.sandbox.rest.endpoint import Call, Endpoints, Result
from bot.sandbox.state import Guild, Json, User


class UserRoutes:
    def __init__(self, core: Core, limiter: RateLimiter) -> None:
        self._core = core
        self._limiter = limiter

    def routes(self, endpoints: Endpoints) -> list[web.RouteDef]:
        return [
            *endpoints.route("GET", "/users/@me/guilds", self.guilds),
            *endpoints.route("GET", "/users/@me/guilds/{guild_id}/member", self.own_member),
            *endpoints.route("POST", "/users/@me/channels", self.open_dm),
            *endpoints.route("GET", "/users/{user_id}", self.user),
        ]

    async def user(self, call: Call) -> Result:
        user = self._user(call.id("user_id"))
        return own_user_json(user) if user is self._core.world.bot else user_json(user)

    async def guilds(self, call: Call) -> Result:
        after, limit = call.bound("after") or 0, call.number("limit", 200, 1, 200)
        joined = [guild for guild in self._core.world.guilds.values() if guild.id > after]
        return [self._partial(guild, with_counts=call.flag("with_counts")) for guild in joined[:limit]]

    async def own_member(self, call: Call) -> Result:
        guild = self._core.world.get_guild(call.id("guild_id"))
        return member_json(guild.members[self._core.world.bot.id])

    async def open_dm(self, call: Call) -> Result:
        """Opening always succeeds for a person; it is sending that a closed DM refuses."""
        wanted = call.body.get("recipient_id")
        if not wanted:
            raise errors.field_error(["recipient_id"], "BASE_TYPE_REQUIRED", "This field is required")
        user = self._core.world.users.get(snowflake(wanted, "recipient_id"))
        if user is None:
            raise errors.ApiError(400, 50033, "Invalid Recipient(s)")
        if user.bot:
            raise errors.cannot_dm()
        new = user.id not in self._core.world.dms
        if new:
            self._limiter.check_new_dm()
        channel = self._core.world.dm_with(user)
        if new:
            announce.dm_opened(self._core, channel, user)
        return dm_json(channel, user_json(user))

    def _partial(self, guild: Guild, *, with_counts: bool) -> Json:
        own = guild.members[self._core.world.bot.id]
        data: Json = {
            "id": str(guild.id),
            "name": guild.name,
            "icon": None,
            "banner": None,
            "owner": guild.owner_id == own.id,
            "permissions": str(int(base_permissions(guild, own))),
            "features": list(guild.features),
        }
        if with_counts:
            data |= {"approximate_member_count": len(guild.members), "approximate_presence_count": len(guild.members)}
        return data

    def _user(self, user_id: int) -> User:
        user = self._core.world.users.get(user_id)
        if user is None:
            raise errors.unknown_user()
        return user
