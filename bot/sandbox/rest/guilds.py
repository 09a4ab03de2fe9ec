"""Guilds, their members and roles.

https://discord.com/developers/docs/resources/guild
"""

from aiohttp import web

from bot.sandbox import announce, errors, limits
from bot.sandbox.core import Core
from bot.sandbox.dispatch import Intent
from bot.sandbox.objects import guild_json, member_json, role_json
from bot.sandbox.permissions import (
    Permission,
    base_permissions,
    require_below,
    require_can_give,
    require_can_grant,
    require_in_guild,
)
from bot.sandbox.reading import snowflake
from bot.sandbox.rest.endpoint import Call, Endpoints, Result
from bot.sandbox.state import Guild, Json, Member, Role

_GUILD = "/guilds/{guild_id}"
_MEMBER = _GUILD + "/members/{user_id}"
_ROLE = _GUILD + "/roles/{role_id}"
MAX_ROLES = 250


class GuildRoutes:
    def __init__(self, core: Core) -> None:
        self._core = core

    def routes(self, endpoints: Endpoints) -> list[web.RouteDef]:
        return [
            *endpoints.route("GET", _GUILD, self.get),
            *endpoints.route("GET", _GUILD + "/members", self.list_members),
            *endpoints.route("GET", _GUILD + "/members/search", self.search_members),
            *endpoints.route("PATCH", _GUILD + "/members/@me", self.edit_own_member),
            *endpoints.route("GET", _MEMBER, self.member),
            *endpoints.route("PATCH", _MEMBER, self.edit_member),
            *endpoints.route("PUT", _MEMBER + "/roles/{role_id}", self.give_role),
            *endpoints.route("DELETE", _MEMBER + "/roles/{role_id}", self.take_role),
            *endpoints.route("GET", _GUILD + "/roles", self.list_roles),
            *endpoints.route("GET", _GUILD + "/roles/member-counts", self.role_counts),
            *endpoints.route("POST", _GUILD + "/roles", self.create_role),
            *endpoints.route("PATCH", _GUILD + "/roles", self.move_roles),
            *endpoints.route("GET", _ROLE, self.role),
            *endpoints.route("PATCH", _ROLE, self.edit_role),
            *endpoints.route("DELETE", _ROLE, self.delete_role),
        ]

    async def get(self, call: Call) -> Result:
        return guild_json(self._guild(call), with_counts=call.flag("with_counts"))

    # Members

    async def list_members(self, call: Call) -> Result:
        """Needs the privileged members intent."""
        guild = self._guild(call)
        if not self._core.world.privileged_intents & Intent.GUILD_MEMBERS:
            raise errors.missing_access()
        after, limit = call.bound("after") or 0, call.number("limit", 1, 1, 1000)
        chosen = sorted(one for one in guild.members if one > after)[:limit]
        return [member_json(guild.members[one]) for one in chosen]

    async def search_members(self, call: Call) -> Result:
        wanted, limit = call.query.get("query", "").casefold(), call.number("limit", 1, 1, 1000)
        found = [
            member
            for member in self._guild(call).members.values()
            if any((name or "").casefold().startswith(wanted) for name in (member.user.name, member.nick))
        ]
        return [member_json(member) for member in found[:limit]]

    async def member(self, call: Call) -> Result:
        return member_json(self._core.world.get_member(self._guild(call), call.id("user_id")))

    async def edit_own_member(self, call: Call) -> Result:
        guild = self._guild(call)
        own = self._own(guild)
        if "nick" in call.body:
            require_in_guild(base_permissions(guild, own), Permission.CHANGE_NICKNAME)
            own.nick = call.body["nick"] or None
        announce.member_changed(self._core, guild, own)
        return member_json(own)

    async def edit_member(self, call: Call) -> Result:
        guild = self._guild(call)
        member = self._core.world.get_member(guild, call.id("user_id"))
        if "nick" in call.body:
            require_in_guild(base_permissions(guild, self._own(guild)), Permission.MANAGE_NICKNAMES)
            member.nick = call.body["nick"] or None
        if isinstance(call.body.get("roles"), list):
            wanted = [snowflake(one, "roles") for one in call.body["roles"]]
            for role_id in set(wanted) ^ set(member.role_ids):
                require_can_give(guild, self._own(guild), _role(guild, role_id))
            member.role_ids = list(dict.fromkeys(wanted))
        announce.member_changed(self._core, guild, member)
        return member_json(member)

    async def give_role(self, call: Call) -> Result:
        guild, member, role = self._member_and_role(call)
        if role.id not in member.role_ids:
            member.role_ids.append(role.id)
            announce.member_changed(self._core, guild, member)

    async def take_role(self, call: Call) -> Result:
        guild, member, role = self._member_and_role(call)
        if role.id in member.role_ids:
            member.role_ids.remove(role.id)
            announce.member_changed(self._core, guild, member)

    def _member_and_role(self, call: Call) -> tuple[Guild, Member, Role]:
        guild = self._guild(call)
        member = self._core.world.get_member(guild, call.id("user_id"))
        role = _role(guild, call.id("role_id"))
        require_can_give(guild, self._own(guild), role)
        return guild, member, role

    # Roles

    async def list_roles(self, call: Call) -> Result:
        return [role_json(role) for role in self._guild(call).roles.values()]

    async def role(self, call: Call) -> Result:
        return role_json(_role(self._guild(call), call.id("role_id")))

    async def role_counts(self, call: Call) -> Result:
        """How many members have each role, without @everyone."""
        guild = self._guild(call)
        counts = dict.fromkeys((str(role_id) for role_id in guild.roles if role_id != guild.id), 0)
        for member in guild.members.values():
            for role_id in member.role_ids:
                counts[str(role_id)] += 1
        return counts

    async def create_role(self, call: Call) -> Result:
        """Comes to stand lowest, just above @everyone."""
        guild, payload = self._guild(call), call.body if call.json is not None else {}
        self._may_manage(guild)
        limits.check_role(payload)
        if len(guild.roles) >= MAX_ROLES:
            raise errors.max_roles()
        for other in guild.roles.values():
            other.position += other.id != guild.id
        role = Role(self._core.world.snowflakes.next(), "new role", guild.roles[guild.id].permissions)
        self._apply(guild, role, payload)
        guild.roles[role.id] = role
        announce.role_changed(self._core, guild, role, "create")
        return role_json(role)

    async def edit_role(self, call: Call) -> Result:
        guild = self._guild(call)
        role = _role(guild, call.id("role_id"))
        self._may_manage(guild)
        require_below(guild, self._own(guild), role)
        limits.check_role(call.body)
        self._apply(guild, role, call.body)
        announce.role_changed(self._core, guild, role, "update")
        return role_json(role)

    async def move_roles(self, call: Call) -> Result:
        guild = self._guild(call)
        self._may_manage(guild)
        for change in call.objects:
            role = _role(guild, snowflake(change.get("id"), "id"))
            require_below(guild, self._own(guild), role)
            if change.get("position") is not None:
                role.position = snowflake(change["position"], "position")
                announce.role_changed(self._core, guild, role, "update")
        return [role_json(role) for role in guild.roles.values()]

    async def delete_role(self, call: Call) -> Result:
        guild = self._guild(call)
        role = _role(guild, call.id("role_id"))
        require_can_give(guild, self._own(guild), role)
        del guild.roles[role.id]
        for member in guild.members.values():
            if role.id in member.role_ids:
                member.role_ids.remove(role.id)
        for channel in guild.channels.values():
            channel.overwrites.pop(role.id, None)
        announce.role_deleted(self._core, guild, role)

    def _apply(self, guild: Guild, role: Role, payload: Json) -> None:
        if payload.get("permissions") is not None:
            granted = int(payload["permissions"])
            # What the role has already may stay, also where the bot could not give it.
            require_can_grant(base_permissions(guild, self._own(guild)), granted & ~role.permissions)
            role.permissions = granted
        role.name = payload.get("name") or role.name
        colors = payload.get("colors")
        color = colors.get("primary_color") if isinstance(colors, dict) else payload.get("color")
        role.color = role.color if color is None else snowflake(color, "color")
        role.hoist = bool(payload.get("hoist", role.hoist))
        role.mentionable = bool(payload.get("mentionable", role.mentionable))

    def _may_manage(self, guild: Guild) -> None:
        require_in_guild(base_permissions(guild, self._own(guild)), Permission.MANAGE_ROLES)

    def _own(self, guild: Guild) -> Member:
        return guild.members[self._core.world.bot.id]

    def _guild(self, call: Call) -> Guild:
        return self._core.world.get_guild(call.id("guild_id"))


def _role(guild: Guild, role_id: int) -> Role:
    role = guild.roles.get(role_id)
    if role is None:
        raise errors.unknown_role()
    return role
