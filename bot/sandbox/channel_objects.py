"""Channels and threads as JSON, the way Discord sends them."""

from datetime import UTC, datetime

from bot.sandbox.state import POST_TYPES, Channel, ChannelType, Json, ThreadData

_VOICE = frozenset((ChannelType.VOICE, ChannelType.STAGE))


def _iso(instant: datetime | None) -> str | None:
    return instant.astimezone(UTC).isoformat(timespec="microseconds") if instant else None


def _id(value: int | None) -> str | None:
    return str(value) if value else None


def channel_json(channel: Channel, *, reader_id: int | None = None) -> Json:
    """A guild's channel or a thread; in a thread, ``reader_id`` adds that member's own membership.

    A DM is :func:`dm_json`, since it names the other side.
    """
    data: Json = {
        "id": str(channel.id),
        "type": int(channel.type),
        "flags": channel.flags,
        "guild_id": str(channel.guild_id),
        "name": channel.name,
        "parent_id": _id(channel.parent_id),
        "rate_limit_per_user": channel.slowmode,
        "last_message_id": _id(channel.last_message_id),
    }
    if channel.last_pin_at:
        data["last_pin_timestamp"] = _iso(channel.last_pin_at)
    if channel.thread:
        return data | _thread_part(channel, channel.thread, reader_id)
    data |= {
        "position": channel.position,
        "topic": channel.topic,
        "nsfw": channel.nsfw,
        "permission_overwrites": [
            {"id": str(one.id), "type": int(one.type), "allow": str(one.allow), "deny": str(one.deny)}
            for one in channel.overwrites.values()
        ],
    }
    if channel.default_auto_archive_duration:
        data["default_auto_archive_duration"] = channel.default_auto_archive_duration
    if channel.type in _VOICE:
        data |= {"bitrate": channel.bitrate, "user_limit": channel.user_limit, "rtc_region": None}
    if channel.type in POST_TYPES:
        data |= {
            "available_tags": list(channel.available_tags),
            "default_reaction_emoji": channel.default_reaction_emoji,
            "default_sort_order": channel.default_sort_order,
            "default_forum_layout": channel.default_forum_layout,
            "default_thread_rate_limit_per_user": channel.default_thread_slowmode,
        }
    return data


def _thread_part(channel: Channel, thread: ThreadData, reader_id: int | None) -> Json:
    metadata: Json = {
        "archived": thread.archived,
        "archive_timestamp": _iso(thread.archive_changed_at),
        "auto_archive_duration": thread.auto_archive_duration,
        "locked": thread.locked,
        "create_timestamp": _iso(thread.created_at),
    }
    if channel.type is ChannelType.PRIVATE_THREAD:
        metadata["invitable"] = thread.invitable
    data: Json = {
        "owner_id": str(thread.owner_id),
        "thread_metadata": metadata,
        "message_count": thread.message_count,
        # Discord stops counting at 50.
        "member_count": min(len(thread.members), 50),
        "total_message_sent": thread.total_message_sent,
        "applied_tags": [str(tag) for tag in thread.applied_tags],
    }
    if reader_id in thread.members and reader_id is not None:
        data["member"] = thread_member_json(channel, thread, reader_id)
    return data


def thread_member_json(channel: Channel, thread: ThreadData, user_id: int) -> Json:
    joined = _iso(thread.members[user_id])
    return {"id": str(channel.id), "user_id": str(user_id), "join_timestamp": joined, "flags": 0}


def dm_json(channel: Channel, other: Json) -> Json:
    """A DM as one side sees it; ``other`` is the account on the other side."""
    return {
        "id": str(channel.id),
        "type": int(channel.type),
        "flags": channel.flags,
        "last_message_id": _id(channel.last_message_id),
        "recipients": [other],
    }
