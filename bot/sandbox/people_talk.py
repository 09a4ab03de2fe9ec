"""What people do without the bot: write, react, read. Under the same permissions and limits as on Discord."""

from bot.sandbox import announce, errors, limits, posting
from bot.sandbox.core import Core
from bot.sandbox.emoji import is_emoji
from bot.sandbox.message_objects import message_json
from bot.sandbox.permissions import Permission, require
from bot.sandbox.state import Channel, Json, Message, User


def say(
    core: Core, user: User, channel: Channel, text: str, reply_to: int | None = None, *, ping: bool = True
) -> Message:
    """``ping``: whether a reply mentions whom it answers. Raises ApiError when the person may not write there, or the
    text is too long."""
    payload: Json = {"content": text}
    if reply_to:
        payload["message_reference"] = {"message_id": str(reply_to)}
        payload["allowed_mentions"] = {"parse": ["users", "roles", "everyone"], "replied_user": ping}
    limits.check_message(payload)
    posting.require_writing(core, channel, user, payload, has_files=False)
    return posting.write(core, channel, user, payload, (), posting.reply_origin(core, channel, user, payload))


def edit(core: Core, user: User, channel: Channel, message_id: int, text: str) -> Message:
    """Changes a message of one's own. Raises ApiError when it is not, or its thread is archived."""
    message = _lasting(core, user, channel, message_id)
    if message.author_id != user.id:
        raise errors.not_author()
    limits.check_message({"content": text}, editing=True, before=message.data)
    return posting.edit(core, channel, message, {"content": text})


def delete(core: Core, user: User, channel: Channel, message_id: int) -> None:
    """Deletes a message of one's own, or as a moderator anybody's. Raises ApiError when the person may not."""
    message = _lasting(core, user, channel, message_id)
    if message.author_id != user.id:
        require(core.permissions(channel, user), Permission.MANAGE_MESSAGES)
    posting.delete(core, channel, [message])


def _lasting(core: Core, user: User, channel: Channel, message_id: int) -> Message:
    if not core.may_view(channel, user):
        raise errors.missing_access()
    message = core.world.get_message(channel, message_id)
    if message.ephemeral:
        raise errors.unknown_message()
    if channel.thread and channel.thread.archived:
        raise errors.archived_thread()
    return message


def react(core: Core, user: User, channel: Channel, message_id: int, emoji: str, *, remove: bool = False) -> None:
    """Adds or takes back a reaction. Raises ApiError when the person may not."""
    if not core.may_view(channel, user):
        raise errors.missing_access()
    message = core.world.get_message(channel, message_id)
    if remove:
        unreact(core, user, channel, message, emoji)
        return
    needed = Permission.READ_MESSAGE_HISTORY
    if emoji not in message.reactions:
        needed |= Permission.ADD_REACTIONS
    require(core.permissions(channel, user), needed)
    if message.ephemeral:
        raise errors.unknown_message()
    if not is_emoji(emoji):
        raise errors.unknown_emoji()
    if emoji not in message.reactions and len(message.reactions) >= 20:
        raise errors.max_reactions()
    if channel.thread and channel.thread.archived:
        raise errors.archived_thread()
    users = message.reactions.setdefault(emoji, [])
    if user.id not in users:
        users.append(user.id)
        announce.reaction_changed(core, channel, message, emoji, user, added=True)


def unreact(core: Core, user: User, channel: Channel, message: Message, emoji: str) -> None:
    """Takes a reaction back. Raises 10014 when there is none."""
    users = message.reactions.get(emoji)
    if users is None or user.id not in users:
        raise errors.unknown_emoji()
    users.remove(user.id)
    if not users:
        del message.reactions[emoji]
    announce.reaction_changed(core, channel, message, emoji, user, added=False)


def messages(core: Core, user: User, channel: Channel) -> list[Json]:
    """What a person reads in a channel, oldest first: ephemeral messages only where they are the reader's."""
    if not core.permissions(channel, user) & Permission.READ_MESSAGE_HISTORY or not core.may_view(channel, user):
        return []
    return [
        message_json(core.world, message, user.id)
        for message in channel.messages.values()
        if message.reader_id in (None, user.id)
    ]
