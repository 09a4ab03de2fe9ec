"""Tells of every change: the bot over the gateway, people over their pages. One function for each kind of change."""

from collections.abc import Sequence

from bot.sandbox import page_objects
from bot.sandbox.channel_objects import channel_json, dm_json
from bot.sandbox.core import Core
from bot.sandbox.dispatch import Intent, Page
from bot.sandbox.message_objects import emoji_json, gateway_message_json, message_json
from bot.sandbox.objects import iso, member_json, role_json, user_json
from bot.sandbox.state import Channel, ChannelType, Guild, Json, Member, Message, Role, User

# Messages


def message_created(core: Core, channel: Channel, message: Message, *, nonce: str | int | None = None) -> None:
    """The event alone carries the nonce: Discord keeps none in a channel's history."""
    data = gateway_message_json(core.world, message)
    if nonce is not None:
        data = data | {"nonce": nonce}
    core.hub.message("MESSAGE_CREATE", data, channel, ephemeral=message.ephemeral)
    _to_readers(core, "message_create", channel, message)


def message_updated(core: Core, channel: Channel, message: Message) -> None:
    core.hub.message("MESSAGE_UPDATE", gateway_message_json(core.world, message), channel, ephemeral=message.ephemeral)
    _to_readers(core, "message_update", channel, message)


def _to_readers(core: Core, event: str, channel: Channel, message: Message) -> None:
    if not core.hub.pages:
        return
    if message.reader_id is not None:
        core.hub.to_person(event, message_json(core.world, message, message.reader_id), message.reader_id)
    else:
        core.hub.to_people(event, lambda user: message_json(core.world, message, user.id), channel)


def messages_deleted(core: Core, channel: Channel, messages: Sequence[Message], *, in_bulk: bool) -> None:
    where = _where(channel)
    if in_bulk:
        ids = [str(message.id) for message in messages]
        core.hub.in_channel("MESSAGE_DELETE_BULK", {"ids": ids} | where, Intent.GUILD_MESSAGES, channel)
    for message in messages:
        data = {"id": str(message.id)} | where
        if not in_bulk:
            core.hub.in_channel("MESSAGE_DELETE", data, Intent.GUILD_MESSAGES, channel)
        if message.reader_id is not None:
            core.hub.to_person("message_delete", data, message.reader_id)
        else:
            core.hub.to_people("message_delete", lambda _, data=data: data, channel)  # type: ignore[misc]  # the default only binds the loop variable


def reaction_changed(core: Core, channel: Channel, message: Message, emoji: str, user: User, *, added: bool) -> None:
    data: Json = {"user_id": str(user.id), "message_id": str(message.id), "emoji": emoji_json(emoji)} | _where(channel)
    data |= {"burst": False, "type": 0}
    if added:
        data["message_author_id"] = str(message.author_id)
        guild = core.world.guild_of(channel)
        if guild and user.id in guild.members:
            data["member"] = member_json(guild.members[user.id])
    event = "MESSAGE_REACTION_ADD" if added else "MESSAGE_REACTION_REMOVE"
    core.hub.in_channel(event, data, Intent.GUILD_MESSAGE_REACTIONS, channel)
    _reaction_to_people(core, channel, message)


def reactions_cleared(core: Core, channel: Channel, message: Message, emoji: str | None) -> None:
    data: Json = {"message_id": str(message.id)} | _where(channel)
    if emoji is None:
        core.hub.in_channel("MESSAGE_REACTION_REMOVE_ALL", data, Intent.GUILD_MESSAGE_REACTIONS, channel)
    else:
        data["emoji"] = emoji_json(emoji)
        core.hub.in_channel("MESSAGE_REACTION_REMOVE_EMOJI", data, Intent.GUILD_MESSAGE_REACTIONS, channel)
    _reaction_to_people(core, channel, message)


def _reaction_to_people(core: Core, channel: Channel, message: Message) -> None:
    def build(user: User) -> Json:
        shown = message_json(core.world, message, user.id)
        return {"channel_id": str(channel.id), "message_id": str(message.id), "message": shown}

    core.hub.to_people("reaction", build, channel)


def typing(core: Core, channel: Channel, user: User) -> None:
    data: Json = {"user_id": str(user.id), "timestamp": int(core.now().timestamp())} | _where(channel)
    core.hub.in_channel("TYPING_START", data, Intent.GUILD_MESSAGE_TYPING, channel)
    core.hub.to_people("typing", lambda _: data, channel)


# Channels


def dm_opened(core: Core, channel: Channel, person: User) -> None:
    core.hub.to_bot("CHANNEL_CREATE", dm_json(channel, user_json(person)), Intent.DIRECT_MESSAGES)
    core.hub.to_person("channel_create", page_objects.channel_json(core, channel, person), person.id)


def channel_changed(core: Core, channel: Channel, change: str) -> None:
    """``change``: "create", "update" or "delete"."""
    name = f"CHANNEL_{change.upper()}"
    core.hub.to_bot(name, channel_json(channel), Intent.GUILDS, guild_id=channel.guild_id)
    _channel_to_people(core, channel, f"channel_{change}")


def channel_pins_changed(core: Core, channel: Channel) -> None:
    data = {"last_pin_timestamp": channel.last_pin_at and iso(channel.last_pin_at)} | _where(channel)
    core.hub.in_channel("CHANNEL_PINS_UPDATE", data, Intent.GUILDS, channel)


def thread_created(core: Core, channel: Channel) -> None:
    data = channel_json(channel, reader_id=core.world.bot.id) | {"newly_created": True}
    core.hub.in_channel("THREAD_CREATE", data, Intent.GUILDS, channel)
    _channel_to_people(core, channel, "thread_create")


def thread_updated(core: Core, channel: Channel) -> None:
    data = channel_json(channel, reader_id=core.world.bot.id)
    core.hub.in_channel("THREAD_UPDATE", data, Intent.GUILDS, channel)
    _channel_to_people(core, channel, "thread_update")


def thread_deleted(core: Core, channel: Channel) -> None:
    data = {"id": str(channel.id), "guild_id": str(channel.guild_id), "type": int(channel.type)}
    core.hub.in_channel("THREAD_DELETE", data | {"parent_id": str(channel.parent_id)}, Intent.GUILDS, channel)
    _channel_to_people(core, channel, "channel_delete")


def gone_for_people(core: Core, channel: Channel) -> None:
    """A thread that went with its channel, of which the bot is told nothing."""
    _channel_to_people(core, channel, "channel_delete")


def thread_member_added(core: Core, channel: Channel, member: Json) -> None:
    user_id = int(member["user_id"])
    if user_id == core.world.bot.id and channel.type is ChannelType.PRIVATE_THREAD:
        # It may not have known of it. What it is in carries its membership, and was not created just now.
        core.hub.in_channel("THREAD_CREATE", channel_json(channel, reader_id=user_id), Intent.GUILDS, channel)
    _thread_members(core, channel, {"added_members": [member]}, user_id, "thread_create")


def thread_member_removed(core: Core, channel: Channel, user_id: int) -> None:
    _thread_members(core, channel, {"removed_member_ids": [str(user_id)]}, user_id, "thread_update")


def _thread_members(core: Core, channel: Channel, change: Json, user_id: int, event: str) -> None:
    """A bot hears of its own joining and leaving, and of others' with the members intent. For the person a private
    thread comes or goes."""
    assert channel.thread
    data: Json = {"id": str(channel.id), "guild_id": str(channel.guild_id), "member_count": len(channel.thread.members)}
    if user_id == core.world.bot.id:
        # Also where it sees the thread no longer.
        core.hub.to_bot("THREAD_MEMBERS_UPDATE", data | change, Intent.GUILDS, guild_id=channel.guild_id)
    else:
        core.hub.in_channel("THREAD_MEMBERS_UPDATE", data | change, Intent.GUILD_MEMBERS, channel)
    for page in list(core.hub.pages) if channel.type is ChannelType.PRIVATE_THREAD else ():
        if page.user.id == user_id:
            _channel_to_page(core, channel, page, event)


def _channel_to_people(core: Core, channel: Channel, event: str) -> None:
    for page in list(core.hub.pages):
        _channel_to_page(core, channel, page, event)


def _channel_to_page(core: Core, channel: Channel, page: Page, event: str) -> None:
    """To those who may not, or no longer, view it a channel is gone."""
    if event != "channel_delete" and core.may_view(channel, page.user):
        page.push(event, page_objects.channel_json(core, channel, page.user))
    else:
        page.push("channel_delete", {"id": str(channel.id)})


# The guild


def role_changed(core: Core, guild: Guild, role: Role, change: str) -> None:
    """``change``: "create" or "update"."""
    data = {"guild_id": str(guild.id), "role": role_json(role)}
    core.hub.to_bot(f"GUILD_ROLE_{change.upper()}", data, Intent.GUILDS, guild_id=guild.id)


def role_deleted(core: Core, guild: Guild, role: Role) -> None:
    data = {"guild_id": str(guild.id), "role_id": str(role.id)}
    core.hub.to_bot("GUILD_ROLE_DELETE", data, Intent.GUILDS, guild_id=guild.id)


def member_changed(core: Core, guild: Guild, member: Member) -> None:
    """The bot hears of itself always, of others only with the members intent."""
    intent = 0 if member.id == core.world.bot.id else Intent.GUILD_MEMBERS
    data = member_json(member) | {"guild_id": str(guild.id)}
    core.hub.to_bot("GUILD_MEMBER_UPDATE", data, intent, guild_id=guild.id)
    for page in list(core.hub.pages):
        # Other roles, other channels.
        if page.user.id == member.id:
            for channel in guild.channels.values():
                _channel_to_page(core, channel, page, "channel_update")


def event_changed(core: Core, guild: Guild, event: Json, change: str) -> None:
    """``change``: "create", "update" or "delete"."""
    name = f"GUILD_SCHEDULED_EVENT_{change.upper()}"
    core.hub.to_bot(name, event, Intent.GUILD_SCHEDULED_EVENTS, guild_id=guild.id)


def _where(channel: Channel) -> Json:
    where = {"channel_id": str(channel.id)}
    return where | {"guild_id": str(channel.guild_id)} if channel.guild_id else where
