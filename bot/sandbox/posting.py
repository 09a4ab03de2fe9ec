"""Messages come, change and go, whoever writes them: the bot through REST, a person through the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.sandbox import announce, components, errors
from bot.sandbox.channel_objects import thread_member_json
from bot.sandbox.core import Core
from bot.sandbox.files import Upload, attach
from bot.sandbox.mentions import find_mentions
from bot.sandbox.objects import iso, user_json
from bot.sandbox.permissions import Permission, require, writing_permission
from bot.sandbox.reading import bits, snowflake
from bot.sandbox.state import Channel, ChannelType, Json, Message, MessageFlag, MessageType, ThreadData, User
from bot.sandbox.thread_room import is_full, require_active_room, require_seat

#: The flags that whoever writes a message may set.
_SETTABLE = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.SUPPRESS_NOTIFICATIONS | MessageFlag.COMPONENTS_V2
_NOT_FOR_TEXT = frozenset((ChannelType.CATEGORY, ChannelType.FORUM, ChannelType.MEDIA))


@dataclass(frozen=True, slots=True)
class Origin:
    """How a message came about: what kind it is, what it refers to, and which interaction made it."""

    type: MessageType = MessageType.DEFAULT
    reference: Json | None = None
    reply_to: User | None = None
    """Whom the message answers, and so mentions unless told otherwise."""
    interaction: Json | None = None
    reader_id: int | None = None
    """Set for an ephemeral message."""
    flags: int = 0
    extra: Json | None = None
    """Further keys, as messages made by an application have them."""
    message_id: int | None = None
    """Set for the message that starts a forum post: it has the post's id."""


def write(
    core: Core, channel: Channel, author: User, payload: Json, uploads: Sequence[Upload] = (), origin: Origin = Origin()
) -> Message:
    """Stores a message and tells everybody. The caller has checked permissions and limits."""
    message = _make(core, channel, author, payload, uploads, origin)
    channel.messages[message.id] = message
    if not message.ephemeral:
        channel.last_message_id = message.id
        if channel.thread:
            _count_in_thread(core, channel, message)
    announce.message_created(core, channel, message, nonce=payload.get("nonce"))
    return message


def _make(
    core: Core, channel: Channel, author: User, payload: Json, uploads: Sequence[Upload], origin: Origin
) -> Message:
    message_id = origin.message_id or core.world.snowflakes.next()
    attachments = attach(core, channel, payload, uploads, ())
    data: Json = {
        "type": int(origin.type),
        "content": payload.get("content") or "",
        "attachments": attachments,
        "embeds": components.embeds(payload.get("embeds") or [], attachments),
        "timestamp": iso(core.now()),
        "edited_timestamp": None,
        "flags": bits(payload) & _SETTABLE | origin.flags,
        "components": components.complete(payload.get("components") or [], attachments),
        "id": str(message_id),
        "channel_id": str(channel.id),
        "author": user_json(author),
        "pinned": False,
        "tts": bool(payload.get("tts")),
    }
    data |= _mentions(core, channel, author, payload, origin.reply_to)
    if origin.reference:
        data["message_reference"] = origin.reference
    if origin.interaction:
        data["interaction_metadata"] = origin.interaction
    if origin.extra:
        data |= origin.extra
    return Message(message_id, channel.id, author.id, data, origin.reader_id)


def _mentions(core: Core, channel: Channel, author: User, payload: Json, replied_to: User | None) -> Json:
    guild = core.world.guild_of(channel)
    found = find_mentions(core.world, guild, channel, lambda: core.permissions(channel, author), payload, replied_to)
    return {
        "mentions": [user_json(user) for user in found.users],
        "mention_roles": [str(role_id) for role_id in found.role_ids],
        "mention_everyone": found.everyone,
    }


def _count_in_thread(core: Core, channel: Channel, message: Message) -> None:
    thread = channel.thread
    assert thread
    # The message that starts a forum post has the thread's id and is not counted.
    if message.id != channel.id:
        thread.message_count += 1
        thread.total_message_sent += 1
    for user_id in (message.author_id, *(int(user["id"]) for user in message.data["mentions"])):
        # Whoever writes in a thread, or is mentioned there, is in it from then on.
        if user_id not in thread.members and not is_full(thread):
            thread.members[user_id] = core.now()
            announce.thread_member_added(core, channel, thread_member_json(channel, thread, user_id))
    if thread.archived:
        thread.archived = False
        thread.archive_changed_at = core.now()
        announce.thread_updated(core, channel)


def edit(core: Core, channel: Channel, message: Message, payload: Json, uploads: Sequence[Upload] = ()) -> Message:
    """Changes what ``payload`` names. The caller has checked permissions and limits."""
    message.data = _changed(core, channel, message, payload, uploads) | {"edited_timestamp": iso(core.now())}
    announce.message_updated(core, channel, message)
    return message


def _changed(core: Core, channel: Channel, message: Message, payload: Json, uploads: Sequence[Upload]) -> Json:
    old = message.data
    new: Json = dict(old)
    if "attachments" in payload or uploads:
        new["attachments"] = attach(core, channel, payload, uploads, old["attachments"])
    if "content" in payload:
        new["content"] = payload["content"] or ""
    if "embeds" in payload:
        new["embeds"] = components.embeds(payload["embeds"] or [], new["attachments"])
    if "components" in payload:
        new["components"] = components.complete(payload["components"] or [], new["attachments"])
    if payload.get("flags") is not None:
        kept = new["flags"] & ~MessageFlag.SUPPRESS_EMBEDS
        new["flags"] = int(kept | bits(payload) & (MessageFlag.SUPPRESS_EMBEDS | MessageFlag.COMPONENTS_V2))
    if {"content", "components", "allowed_mentions"} & payload.keys():
        said = {"content": new["content"], "components": new["components"]}
        said["allowed_mentions"] = payload.get("allowed_mentions")
        new |= _mentions(core, channel, core.world.users[message.author_id], said, None)
    return new


def fill(core: Core, channel: Channel, message: Message, payload: Json, uploads: Sequence[Upload] = ()) -> Message:
    """Turns the placeholder of a deferred answer into the answer itself, which does not count as an edit."""
    message.data = message.data | {"flags": message.data["flags"] & ~MessageFlag.LOADING}
    payload = payload | {"flags": bits(payload) & _SETTABLE}
    message.data = _changed(core, channel, message, payload, uploads)
    announce.message_updated(core, channel, message)
    return message


def delete(core: Core, channel: Channel, messages: Sequence[Message], *, in_bulk: bool = False) -> None:
    for message in messages:
        channel.messages.pop(message.id, None)
        channel.pins.pop(message.id, None)
        if channel.thread and message.id != channel.id and not message.ephemeral:
            channel.thread.message_count -= 1
    announce.messages_deleted(core, channel, messages, in_bulk=in_bulk)


def require_writing(core: Core, channel: Channel, author: User, payload: Json, *, has_files: bool) -> None:
    """Refuses what Discord refuses: the wrong kind of channel, missing permissions, a thread locked or full, a closed
    DM."""
    if channel.is_dm:
        other = next(core.world.users[one] for one in channel.recipient_ids if one != author.id)
        if author.bot and not (other.accepts_dms and core.world.shares_guild(other)):
            raise errors.cannot_dm()
        return
    have = core.permissions(channel, author)
    if not core.may_view(channel, author):
        raise errors.missing_access()
    if channel.type in _NOT_FOR_TEXT:
        raise errors.not_a_text_channel()
    needed = writing_permission(channel)
    if has_files:
        needed |= Permission.ATTACH_FILES
    if payload.get("embeds"):
        needed |= Permission.EMBED_LINKS
    require(have, needed)
    if channel.thread:
        _require_open_thread(core, channel, channel.thread, author, have)


def _require_open_thread(core: Core, channel: Channel, thread: ThreadData, author: User, have: Permission) -> None:
    """Writing takes a thread that is not locked or the right to manage threads, a seat in it, and, since it brings the
    thread out of the archive, room for one more in the guild."""
    if thread.locked and not have & Permission.MANAGE_THREADS:
        raise errors.thread_locked()
    require_seat(thread, author.id)
    guild = core.world.guild_of(channel)
    if thread.archived and guild:
        require_active_room(core, guild)


def reply_origin(core: Core, channel: Channel, author: User, payload: Json) -> Origin:
    """How a written message came about: on its own, or as a reply to ``message_reference``."""
    reference: Json | None = payload.get("message_reference")
    if not reference:
        return Origin()
    message_id = snowflake(reference["message_id"], "message_reference", "message_id")
    target = channel.messages.get(message_id)
    if target is None or target.ephemeral:
        if reference.get("fail_if_not_exists", True):
            raise errors.field_error(["message_reference"], "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        return Origin()
    if not core.permissions(channel, author) & Permission.READ_MESSAGE_HISTORY:
        raise errors.no_history_to_reply()
    return Origin(MessageType.REPLY, refer_to(target, channel), core.world.users[target.author_id])


def refer_to(message: Message, channel: Channel) -> Json:
    """The ``message_reference`` of a message that answers this one."""
    reference: Json = {"type": 0, "channel_id": str(channel.id), "message_id": str(message.id)}
    if channel.guild_id:
        reference["guild_id"] = str(channel.guild_id)
    return reference
