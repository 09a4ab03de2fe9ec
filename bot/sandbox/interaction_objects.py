"""An interaction as INTERACTION_CREATE carries it, and as messages and callbacks mention it.

https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object
"""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.channel_objects import channel_json, dm_json
from bot.sandbox.client_rules import MAX_FILE
from bot.sandbox.components import FILE_UPLOAD, walk
from bot.sandbox.core import Core
from bot.sandbox.files import attachment_json
from bot.sandbox.interaction import Interaction
from bot.sandbox.message_objects import message_json
from bot.sandbox.naming import CHANNEL, MENTIONABLE, ROLE, SELECT_KINDS, USER
from bot.sandbox.objects import member_json, role_json, user_json
from bot.sandbox.permissions import channel_permissions
from bot.sandbox.state import Channel, Guild, InteractionType, Json, Message, User

ATTACHMENT = 11
#: Which kind of option, select or upload refers to which kind of thing.
_REFERRING = frozenset((USER, CHANNEL, ROLE, MENTIONABLE, ATTACHMENT))
_COMPONENT_KINDS = SELECT_KINDS | {FILE_UPLOAD: ATTACHMENT}


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
        # That of a guild without boosts.
        "attachment_size_limit": MAX_FILE,
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


def resolve(core: Core, guild: Guild | None, data: Json) -> Json | None:
    """The objects that the values in an interaction's data stand for: of options, of a select, of a modal's fields."""
    resolved: Json = {}
    for kind, value in references(data):
        _resolve_one(core, guild, kind, int(value), resolved)
    return resolved or None


def resolve_target(core: Core, guild: Guild | None, channel: Channel, data: Json) -> Json:
    """The target of a context menu: an account (command type 2) or a message (3)."""
    target = int(data["target_id"])
    resolved: Json = {}
    if data["type"] == 2:
        _resolve_one(core, guild, USER, target, resolved)
    else:
        message = channel.messages[target]
        resolved["messages"] = {str(target): message_json(core.world, message, core.world.bot.id)}
    return resolved


def references(data: Json) -> Iterator[tuple[int, Any]]:
    """Every value that is an id, with the type of option that takes such ids."""
    yield from _chosen(data.get("component_type"), data)
    for component in walk(data.get("components") or []):
        yield from _chosen(component.get("type"), component)
    for option in data.get("options") or ():
        if option.get("type") in _REFERRING and option.get("value") is not None:
            yield option["type"], option["value"]
        yield from references(option)


def _chosen(component_type: int | None, component: Json) -> Iterator[tuple[int, Any]]:
    kind = _COMPONENT_KINDS.get(component_type or 0)
    if kind:
        for value in component.get("values") or ():
            yield kind, value


def _resolve_one(core: Core, guild: Guild | None, kind: int, wanted: int, resolved: Json) -> None:
    world, key = core.world, str(wanted)
    if kind == ATTACHMENT:
        resolved.setdefault("attachments", {})[key] = attachment_json(world.attachments[wanted])
    elif kind == CHANNEL and wanted in world.channels:
        resolved.setdefault("channels", {})[key] = channel_json(world.channels[wanted]) | {"permissions": "0"}
    elif guild and wanted in guild.roles and kind in (ROLE, MENTIONABLE):
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
