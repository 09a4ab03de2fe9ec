"""The bot's account and application, the gateway's address, and application commands.

https://discord.com/developers/docs/interactions/application-commands
"""

from aiohttp import web

from bot.sandbox import errors, limits
from bot.sandbox.core import Core
from bot.sandbox.objects import application_json, own_user_json
from bot.sandbox.rest.endpoint import Answer, Call, Endpoints, Result
from bot.sandbox.state import Json
from bot.sandbox.world import GLOBAL

_GLOBAL_COMMANDS = "/applications/{application_id}/commands"
_GUILD_COMMANDS = "/applications/{application_id}/guilds/{guild_id}/commands"
_ONE = "/{command_id}"
#: What a command has when it is not said otherwise.
_DEFAULTS: Json = {
    "type": 1,
    "description": "",
    "default_member_permissions": None,
    "nsfw": False,
    "name_localizations": None,
    "description_localizations": None,
}
_OWN = frozenset(("id", "application_id", "guild_id", "version"))


class ApplicationRoutes:
    def __init__(self, core: Core) -> None:
        self._core = core

    def routes(self, endpoints: Endpoints) -> list[web.RouteDef]:
        commands = [
            route
            for base in (_GLOBAL_COMMANDS, _GUILD_COMMANDS)
            for route in (
                *endpoints.route("GET", base, self.list_commands),
                *endpoints.route("POST", base, self.create_command),
                *endpoints.route("PUT", base, self.overwrite_commands),
                *endpoints.route("GET", base + _ONE, self.get_command),
                *endpoints.route("PATCH", base + _ONE, self.edit_command),
                *endpoints.route("DELETE", base + _ONE, self.delete_command),
            )
        ]
        return [
            *endpoints.route("GET", "/users/@me", self.own_user),
            *endpoints.route("PATCH", "/users/@me", self.edit_own_user),
            *endpoints.route("GET", "/oauth2/applications/@me", self.application),
            *endpoints.route("GET", "/applications/@me", self.application),
            *endpoints.route("GET", "/applications/{application_id}", self.application),
            *endpoints.route("PATCH", "/applications/@me", self.application),
            *endpoints.route("GET", "/gateway", self.gateway, authorized=False),
            *endpoints.route("GET", "/gateway/bot", self.gateway_bot),
            *commands,
        ]

    async def own_user(self, call: Call) -> Result:
        return own_user_json(self._core.world.bot)

    async def edit_own_user(self, call: Call) -> Result:
        bot = self._core.world.bot
        bot.display_name = call.body.get("username") or bot.display_name
        return own_user_json(bot)

    async def application(self, call: Call) -> Result:
        if "application_id" in call.request.match_info:
            self._own(call)
        return application_json(self._core.world)

    async def gateway(self, call: Call) -> Result:
        return {"url": self._gateway_url()}

    async def gateway_bot(self, call: Call) -> Result:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        return {"url": self._gateway_url(), "shards": 1, "session_start_limit": limit}

    def _gateway_url(self) -> str:
        return f"{self._core.base_url.replace('http', 'ws', 1)}/gateway"

    async def list_commands(self, call: Call) -> Result:
        return list(self._commands(call).values())

    async def get_command(self, call: Call) -> Result:
        return self._command(call)

    async def create_command(self, call: Call) -> Result:
        """A command of the same name and type is replaced, as Discord does."""
        commands = self._commands(call)
        limits.check_command(call.body)
        old = _same(commands, call.body)
        command = self._complete(call, call.body, old)
        limits.check_commands([one for one in commands.values() if one is not old] + [command])
        commands[int(command["id"])] = command
        self._changed()
        return Answer(200 if old else 201, command)

    async def overwrite_commands(self, call: Call) -> Result:
        """What is not listed goes; what is listed again keeps its id."""
        commands = self._commands(call)
        if not isinstance(call.json, list):
            raise errors.field_error([], "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        limits.check_commands(call.json)
        new = [self._complete(call, command, _same(commands, command)) for command in call.json]
        commands.clear()
        commands.update((int(command["id"]), command) for command in new)
        self._changed()
        return new

    async def edit_command(self, call: Call) -> Result:
        old = self._command(call)
        merged = {key: value for key, value in old.items() if key not in _OWN} | call.body
        limits.check_command(merged)
        command = self._complete(call, merged, old)
        self._commands(call)[int(command["id"])] = command
        self._changed()
        return command

    async def delete_command(self, call: Call) -> Result:
        command = self._command(call)
        del self._commands(call)[int(command["id"])]
        self._changed()

    def _own(self, call: Call) -> None:
        if call.id("application_id") != self._core.world.application_id:
            raise errors.unknown_application()

    def _commands(self, call: Call) -> dict[int, Json]:
        self._own(call)
        scope = GLOBAL
        if "guild_id" in call.request.match_info:
            scope = call.id("guild_id")
            if scope not in self._core.world.guilds:
                raise errors.missing_access()
        return self._core.world.commands.setdefault(scope, {})

    def _command(self, call: Call) -> Json:
        command = self._commands(call).get(call.id("command_id"))
        if command is None:
            raise errors.unknown_command()
        return command

    def _complete(self, call: Call, given: Json, old: Json | None) -> Json:
        world = self._core.world
        command = _DEFAULTS | {key: value for key, value in given.items() if key not in _OWN and value is not None}
        if "guild_id" in call.request.match_info:
            command["guild_id"] = call.path("guild_id")
        else:
            command.setdefault("dm_permission", True)
            command.setdefault("contexts", None)
            command.setdefault("integration_types", [0])
        command["application_id"] = str(world.application_id)
        if command.get("default_member_permissions") is not None:
            command["default_member_permissions"] = str(command["default_member_permissions"])
        if old and command == {key: value for key, value in old.items() if key not in ("id", "version")}:
            return old
        version = str(world.snowflakes.next())
        return {"id": old["id"] if old else version, "version": version} | command

    def _changed(self) -> None:
        self._core.hub.to_people("commands_changed", lambda _: {})


def _same(commands: dict[int, Json], given: Json) -> Json | None:
    kind = given.get("type") or 1
    return next((one for one in commands.values() if one["name"] == given["name"] and one["type"] == kind), None)
