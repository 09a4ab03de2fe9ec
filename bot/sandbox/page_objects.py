"""What the page is shown of people, roles and channels: only what one person may view."""

from bot.sandbox.core import Core
from bot.sandbox.permissions import Permission, writing_permission
from bot.sandbox.state import POST_TYPES, Channel, Guild, Json, Role, User


def person_json(core: Core, user: User) -> Json:
    guild = core.world.guild
    member = guild.members.get(user.id)
    roles = [guild.roles[role_id] for role_id in member.role_ids] if member else []
    return {
        "id": str(user.id),
        "name": user.name,
        "display_name": (member and member.nick) or user.display_name,
        "roles": [{"name": role.name, "color": role.color} for role in sorted(roles, key=_from_the_top)],
        "bot": user.bot,
        "dms_open": user.accepts_dms,
    }


def _from_the_top(role: Role) -> int:
    return -role.position


def role_json(role: Role) -> Json:
    return {"id": str(role.id), "name": role.name, "color": role.color}


def channel_json(core: Core, channel: Channel, reader: User) -> Json:
    have = core.permissions(channel, reader)
    writing = writing_permission(channel)
    locked = bool(channel.thread and channel.thread.locked and not have & Permission.MANAGE_THREADS)
    data: Json = {
        "id": str(channel.id),
        "name": channel.name,
        "type": int(channel.type),
        "parent_id": str(channel.parent_id) if channel.parent_id else None,
        "topic": channel.topic,
        "position": channel.position,
        "last_message_id": str(channel.last_message_id) if channel.last_message_id else None,
        "can_send": bool(have & writing) and not locked,
        "can_moderate": bool(have & Permission.MANAGE_MESSAGES) and not channel.is_dm,
        "dm_with": None,
        "thread": None,
    }
    if channel.is_dm:
        other = next(core.world.users[one] for one in channel.recipient_ids if one != reader.id)
        data |= {"dm_with": person_json(core, other), "name": other.display_name}
    if channel.thread:
        data["thread"] = {
            "archived": channel.thread.archived,
            "locked": channel.thread.locked,
            "message_count": channel.thread.message_count,
            "applied_tags": [str(tag) for tag in channel.thread.applied_tags],
        }
    if channel.type in POST_TYPES:
        data["available_tags"] = list(channel.available_tags)
    return data


def channels_for(core: Core, guild: Guild, reader: User) -> list[Json]:
    """Every channel of the guild that the reader may view, in order, then their DM with the bot if there is one."""
    seen = [channel for channel in guild.channels.values() if core.may_view(channel, reader)]
    seen.sort(key=lambda channel: (channel.position, channel.id))
    dm = core.world.dms.get(reader.id)
    return [channel_json(core, channel, reader) for channel in ([*seen, dm] if dm else seen)]
