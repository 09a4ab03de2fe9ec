"""Scheduled events.

https://discord.com/developers/docs/resources/guild-scheduled-event
"""

from datetime import datetime

from aiohttp import web

from bot.sandbox import announce, errors, limits
from bot.sandbox.core import Core
from bot.sandbox.objects import iso, member_json, user_json
from bot.sandbox.permissions import Permission, base_permissions, require_in_guild
from bot.sandbox.rest.endpoint import Call, Endpoints, Result
from bot.sandbox.state import Guild, Json

_EVENTS = "/guilds/{guild_id}/scheduled-events"
_ONE = _EVENTS + "/{event_id}"
MAX_EVENTS = 100
SCHEDULED, ACTIVE, COMPLETED, CANCELED = 1, 2, 3, 4
EXTERNAL = 3
_OPEN = frozenset((SCHEDULED, ACTIVE))
_NEXT = {SCHEDULED: (ACTIVE, CANCELED), ACTIVE: (COMPLETED,)}
_TAKEN = ("name", "description", "channel_id", "entity_type", "entity_metadata", "privacy_level", "recurrence_rule")


class EventRoutes:
    def __init__(self, core: Core) -> None:
        self._core = core

    def routes(self, endpoints: Endpoints) -> list[web.RouteDef]:
        return [
            *endpoints.route("GET", _EVENTS, self.list_events),
            *endpoints.route("POST", _EVENTS, self.create),
            *endpoints.route("GET", _ONE, self.get),
            *endpoints.route("PATCH", _ONE, self.edit),
            *endpoints.route("DELETE", _ONE, self.delete),
            *endpoints.route("GET", _ONE + "/users", self.users),
        ]

    async def list_events(self, call: Call) -> Result:
        """Those to come and those going on."""
        guild = self._guild(call)
        counted = call.flag("with_user_count")
        return [self._shown(guild, one, counted) for one in guild.events.values() if one["status"] in _OPEN]

    async def create(self, call: Call) -> Result:
        guild, payload = self._guild(call), call.body
        self._may(guild, Permission.CREATE_EVENTS)
        limits.check_scheduled_event(payload, now=self._core.now())
        if sum(one["status"] in _OPEN for one in guild.events.values()) >= MAX_EVENTS:
            raise errors.max_scheduled_events()
        event_id = self._core.world.snowflakes.next()
        bot = self._core.world.bot
        event: Json = {
            "id": str(event_id),
            "guild_id": str(guild.id),
            "creator_id": str(bot.id),
            "creator": user_json(bot),
            "image": None,
            "status": SCHEDULED,
            "entity_id": None,
            "guild_scheduled_event_exceptions": [],
        }
        event |= dict.fromkeys(_TAKEN) | _read(payload)
        event.setdefault("scheduled_end_time", None)
        guild.events[event_id] = event
        announce.event_changed(self._core, guild, event, "create")
        return event

    async def get(self, call: Call) -> Result:
        guild = self._guild(call)
        return self._shown(guild, self._event(call, guild), call.flag("with_user_count"))

    async def edit(self, call: Call) -> Result:
        guild = self._guild(call)
        event = self._event(call, guild)
        self._may_change(guild, event)
        if event["status"] not in _OPEN:
            raise errors.finished_event()
        limits.check_scheduled_event(call.body, before=event)
        status = call.body.get("status")
        if status is not None and status not in _NEXT[event["status"]]:
            raise errors.field_error(["status"], "BASE_TYPE_CHOICES", "Invalid Guild Scheduled Event Status Update")
        event |= _read(call.body)
        event["status"] = status or event["status"]
        announce.event_changed(self._core, guild, event, "update")
        return event

    async def delete(self, call: Call) -> Result:
        guild = self._guild(call)
        event = self._event(call, guild)
        self._may_change(guild, event)
        del guild.events[int(event["id"])]
        announce.event_changed(self._core, guild, event, "delete")

    async def users(self, call: Call) -> Result:
        guild = self._guild(call)
        event = self._event(call, guild)
        interested = guild.event_interest.get(int(event["id"]), [])[: call.number("limit", 100, 1, 100)]
        return [self._interested(guild, event, user_id, call.flag("with_member")) for user_id in interested]

    def _interested(self, guild: Guild, event: Json, user_id: int, with_member: bool) -> Json:
        user = self._core.world.users[user_id]
        data: Json = {"guild_scheduled_event_id": event["id"], "user_id": str(user_id)}
        data |= {"user": user_json(user), "response": 1}
        if with_member and user_id in guild.members:
            data["member"] = member_json(guild.members[user_id])
        return data

    def _shown(self, guild: Guild, event: Json, counted: bool) -> Json:
        if not counted:
            return event
        return event | {"user_count": len(guild.event_interest.get(int(event["id"]), []))}

    def _guild(self, call: Call) -> Guild:
        """The guild, its external events started and ended as Discord does by itself when their time comes."""
        guild = self._core.world.get_guild(call.id("guild_id"))
        for event in guild.events.values():
            if event["entity_type"] == EXTERNAL and event["status"] in _OPEN:
                self._follow_clock(guild, event)
        return guild

    def _follow_clock(self, guild: Guild, event: Json) -> None:
        now, status = self._core.now(), event["status"]
        if now >= datetime.fromisoformat(event["scheduled_end_time"]):
            event["status"] = COMPLETED
        elif now >= datetime.fromisoformat(event["scheduled_start_time"]):
            event["status"] = ACTIVE
        if event["status"] != status:
            announce.event_changed(self._core, guild, event, "update")

    def _event(self, call: Call, guild: Guild) -> Json:
        event = guild.events.get(call.id("event_id"))
        if event is None:
            raise errors.unknown_scheduled_event()
        return event

    def _may_change(self, guild: Guild, event: Json) -> None:
        own = event["creator_id"] == str(self._core.world.bot.id)
        self._may(guild, Permission.CREATE_EVENTS if own else Permission.MANAGE_EVENTS)

    def _may(self, guild: Guild, needed: Permission) -> None:
        require_in_guild(base_permissions(guild, guild.members[self._core.world.bot.id]), needed)


def _read(payload: Json) -> Json:
    """What a request says about an event, in the form it is kept."""
    read = {name: payload[name] for name in _TAKEN if name in payload}
    for name in ("scheduled_start_time", "scheduled_end_time"):
        if payload.get(name):
            read[name] = iso(datetime.fromisoformat(payload[name]))
    if read.get("channel_id"):
        read["channel_id"] = str(read["channel_id"])
    return read
