"""Threads and forum posts: started, joined and left.

https://discord.com/developers/docs/topics/threads
"""

from collections.abc import Sequence

from bot.sandbox import announce, errors, posting
from bot.sandbox.channel_objects import thread_member_json
from bot.sandbox.core import Core
from bot.sandbox.files import Upload
from bot.sandbox.posting import Origin
from bot.sandbox.state import (
    POST_TYPES,
    Channel,
    ChannelType,
    Json,
    Message,
    MessageFlag,
    MessageType,
    ThreadData,
    User,
)
from bot.sandbox.thread_room import require_active_room, require_seat

_DEFAULT_ARCHIVE = 4320


def start(
    core: Core,
    parent: Channel,
    owner: User,
    payload: Json,
    kind: ChannelType,
    *,
    from_message: Message | None = None,
) -> Channel:
    """A thread in ``parent``; started from a message it has that message's id. The caller has checked permissions and
    limits. Raises 160004 (the message has one) and 160006 (too many in the guild)."""
    guild = core.world.guild_of(parent)
    assert guild
    if from_message and from_message.id in core.world.channels:
        raise errors.thread_exists()
    require_active_room(core, guild)
    channel = _make(core, parent, owner, payload, kind, from_message.id if from_message else None)
    core.world.add_channel(channel)
    if from_message:
        flags = from_message.data["flags"] | MessageFlag.HAS_THREAD
        from_message.data = from_message.data | {"flags": int(flags)}
        announce.message_updated(core, parent, from_message)
    announce.thread_created(core, channel)
    if from_message:
        starter = Origin(MessageType.THREAD_STARTER, posting.refer_to(from_message, parent))
        posting.write(core, channel, owner, {}, (), starter)
    elif kind is ChannelType.PUBLIC_THREAD and parent.type is ChannelType.TEXT:
        where = {"type": 0, "channel_id": str(channel.id), "guild_id": str(guild.id)}
        posting.write(core, parent, owner, {"content": channel.name}, (), Origin(MessageType.THREAD_CREATED, where))
    return channel


def start_post(
    core: Core, forum: Channel, owner: User, payload: Json, uploads: Sequence[Upload] = ()
) -> tuple[Channel, Message]:
    """A forum post: a thread whose first message has the thread's own id."""
    channel = start(core, forum, owner, payload, ChannelType.PUBLIC_THREAD)
    message = posting.write(core, channel, owner, payload["message"], uploads, Origin(message_id=channel.id))
    return channel, message


def _make(core: Core, parent: Channel, owner: User, payload: Json, kind: ChannelType, thread_id: int | None) -> Channel:
    now = core.now()
    archive = payload.get("auto_archive_duration") or parent.default_auto_archive_duration or _DEFAULT_ARCHIVE
    thread = ThreadData(owner.id, now, now, archive, members={owner.id: now})
    thread.invitable = bool(payload.get("invitable", True))
    if parent.type in POST_TYPES:
        thread.applied_tags = [int(tag) for tag in payload.get("applied_tags") or ()]
    return Channel(
        thread_id or core.world.snowflakes.next(),
        kind,
        payload["name"],
        parent.guild_id,
        parent_id=parent.id,
        slowmode=payload.get("rate_limit_per_user") or parent.default_thread_slowmode,
        thread=thread,
    )


def join(core: Core, channel: Channel, user: User) -> None:
    """Nothing happens to who is in it already. Raises 50083 (archived) and 30033 (full)."""
    thread = channel.thread
    assert thread
    if user.id in thread.members:
        return
    if thread.archived:
        raise errors.archived_thread()
    require_seat(thread, user.id)
    thread.members[user.id] = core.now()
    announce.thread_member_added(core, channel, thread_member_json(channel, thread, user.id))


def leave(core: Core, channel: Channel, user_id: int) -> None:
    """Nothing happens to who is not in it. Raises 50083 (archived)."""
    assert channel.thread
    if channel.thread.archived:
        raise errors.archived_thread()
    if channel.thread.members.pop(user_id, None) is not None:
        announce.thread_member_removed(core, channel, user_id)
