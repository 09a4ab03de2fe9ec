"""Messages as JSON: what is stored once, and what depends on who reads it and where it goes."""

from bot.sandbox.channel_objects import channel_json
from bot.sandbox.objects import member_json
from bot.sandbox.state import Json, Message, MessageType
from bot.sandbox.world import World

_REFERRING = frozenset((MessageType.REPLY, MessageType.THREAD_STARTER, MessageType.CONTEXT_COMMAND))


def message_json(world: World, message: Message, reader_id: int, *, nested: bool = True) -> Json:
    """A message as one reader sees it. Not to be changed: it may be the stored object itself."""
    data = message.data
    extra: Json = {}
    if message.reactions:
        extra["reactions"] = reactions_json(message, reader_id)
    # A thread has the id of the message it was started from; a forum post's own starter message lies inside it.
    thread = world.channels.get(message.id)
    if thread and thread.id != message.channel_id:
        extra["thread"] = channel_json(thread, reader_id=reader_id)
    reference = data.get("message_reference")
    if nested and reference and data["type"] in _REFERRING:
        extra["referenced_message"] = _referenced(world, reference, reader_id)
    return data | extra if extra else data


def _referenced(world: World, reference: Json, reader_id: int) -> Json | None:
    channel = world.channels.get(int(reference["channel_id"]))
    found = channel and channel.messages.get(int(reference["message_id"]))
    return message_json(world, found, reader_id, nested=False) if found else None


def gateway_message_json(world: World, message: Message) -> Json:
    """What MESSAGE_CREATE and MESSAGE_UPDATE carry: in a guild also the guild and the author's membership, except for
    ephemeral messages, which go past the guild."""
    data = message_json(world, message, world.bot.id)
    channel = world.channels.get(message.channel_id)
    guild = world.guild_of(channel) if channel else None
    if guild is None or message.ephemeral:
        return data
    data = data | {"guild_id": str(guild.id)}
    member = guild.members.get(message.author_id)
    if member and "webhook_id" not in data:
        data["member"] = member_json(member, with_user=False)
    return data


def reactions_json(message: Message, reader_id: int) -> list[Json]:
    return [
        {
            "emoji": emoji_json(emoji),
            "count": len(users),
            "count_details": {"burst": 0, "normal": len(users)},
            "burst_colors": [],
            "me_burst": False,
            "me": reader_id in users,
        }
        for emoji, users in message.reactions.items()
    ]


def emoji_json(emoji: str) -> Json:
    """A reaction's emoji: the character itself, or a guild's own as ``name:id``."""
    name, _, emoji_id = emoji.partition(":")
    return {"id": emoji_id or None, "name": name}
