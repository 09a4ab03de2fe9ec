"""An interaction as INTERACTION_CREATE carries it, and as messages and callbacks mention it.

https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object
"""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.channel_objects import channel_json, dm_json
from bot.sandbox.core import Core
from bot.sandbox.interaction import Interaction
from bot.sandbox.message_objects import message_json
from bot.sandbox.objects import member_json, role_json, user_json
from bot.sandbox.permissions import channel_permissions
from bot.sandbox.state import Channel, Guild, InteractionType, Json, Message, User

#: What a file in an answer may weigh in a guild without boosts, in bytes.
ATTACHMENT_LIMIT = 10 * 1024 * 1024
_USER, _CHANNEL, _ROLE, _MENTIONABLE, _ATTACHMENT = 6, 7, 8, 9, 11
_SELECT_KINDS = {5: _USER, 6: _ROLE, 7: _MENTIONABLE, 8: _CHANNEL}


def interaction_json(core: Core, interaction: Interaction) -> Json:
    world, channel, guild = core.world, interaction.channel, interaction.guild
    data: Json = {
        "id": str(interaction.id),
        "application_id": str(world.application_id),
        "type": int(interaction.type),
        "data": interaction.data,
        "token": interaction.token,
        "version": 1,
        "channel_id": str(channel.id),
        "app_permissions": str(int(core.bot_permissions(channel))),
        "locale": "en-US",
        "entitlements": [],
        "authorizing_integration_owners": owners(guild),
        "context": 0 if guild else 1,
        "attachment_size_limit": ATTACHMENT_LIMIT,
    }
    if guild:
        member = guild.members[interaction.user.id]
        permissions = str(int(channel_permissions(guild, channel, member)))
        data["member"] = member_json(member) | {"permissions": permissions}
        data["guild_id"] = str(guild.id)
        data["guild"] = {"id": str(guild.id), "locale": "en-US", "features": guild.features}
        data["guild_locale"] = "en-US"
        data["channel"] = channel_json(channel) | {"permissions": permissions}
    else:
        data["user"] = user_json(interaction.user)
        data["channel"] = dm_json(channel, user_json(interaction.user))
    if interaction.message:
        data["message"] = message_json(world, interaction.message, world.bot.id)
    return data


def owners(guild: Guild | None) -> Json:
    """On whose behalf the application is there: the guild's, as it was installed by it ("0")."""
    return {"0": str(guild.id) if guild else "0"}


def metadata_json(interaction: Interaction) -> Json:
    """``interaction_metadata`` of a message that an interaction made."""
    data: Json = {
        "id": str(interaction.id),
        "type": int(interaction.type),
        "user": user_json(interaction.user),
        "authorizing_integration_owners": owners(interaction.guild),
    }
    if interaction.type is InteractionType.COMMAND:
        data["name"] = interaction.data["name"]
        data["command_type"] = interaction.data["type"]
    elif interaction.type is InteractionType.COMPONENT and interaction.message:
        data["interacted_message_id"] = str(interaction.message.id)
    elif interaction.type is InteractionType.MODAL_SUBMIT and interaction.source:
        data["triggering_interaction_metadata"] = metadata_json(interaction.source)
    return data


def callback_json(interaction: Interaction) -> Json:
    """The ``interaction`` of an answer that was asked for with ``with_response``."""
    data: Json = {"id": str(interaction.id), "type": int(interaction.type)}
    made = interaction.shown
    if made:
        data["response_message_id"] = str(made.id)
        data["response_message_loading"] = bool(made.data["flags"] & 128)
        data["response_message_ephemeral"] = made.ephemeral
    data["channel_id"] = str(interaction.channel.id)
    if interaction.guild:
        data["guild_id"] = str(interaction.guild.id)
    return data


def resolve(core: Core, guild: Guild | None, data: Json, *, component_type: int | None = None) -> Json | None:
    """The objects that option values, chosen values or a context menu's target stand for."""
    resolved: Json = {}
    for kind, value in _references(data, component_type):
        if kind == _ATTACHMENT:
            continue
        _resolve_one(core, guild, kind, int(value), resolved)
    return resolved or None


def resolve_target(core: Core, guild: Guild | None, channel: Channel, data: Json) -> Json:
    """The target of a context menu: an account (command type 2) or a message (3)."""
    target = int(data["target_id"])
    resolved: Json = {}
    if data["type"] == 2:
        _resolve_one(core, guild, _USER, target, resolved)
    else:
        message = channel.messages[target]
        resolved["messages"] = {str(target): message_json(core.world, message, core.world.bot.id)}
    return resolved


def _references(data: Json, component_type: int | None) -> Iterator[tuple[int, Any]]:
    kind = _SELECT_KINDS.get(component_type or 0)
    if kind:
        for value in data.get("values") or ():
            yield kind, value
    for option in data.get("options") or ():
        if option.get("type") in (_USER, _CHANNEL, _ROLE, _MENTIONABLE) and option.get("value") is not None:
            yield option["type"], option["value"]
        yield from _references(option, None)


def _resolve_one(core: Core, guild: Guild | None, kind: int, wanted: int, resolved: Json) -> None:
    world, key = core.world, str(wanted)
    if kind == _CHANNEL and wanted in world.channels:
        resolved.setdefault("channels", {})[key] = channel_json(world.channels[wanted]) | {"permissions": "0"}
    elif guild and wanted in guild.roles and kind in (_ROLE, _MENTIONABLE):
        resolved.setdefault("roles", {})[key] = role_json(guild.roles[wanted])
    elif wanted in world.users:
        user: User = world.users[wanted]
        resolved.setdefault("users", {})[key] = user_json(user)
        if guild and wanted in guild.members:
            member = member_json(guild.members[wanted], with_user=False)
            resolved.setdefault("members", {})[key] = member | {"permissions": "0"}


def made_message(core: Core, message: Message) -> Json:
    """A message for the application that made it."""
    return message_json(core.world, message, core.world.bot.id)
