"""The things a Discord-compatible server holds in memory, as plain data.

Ids are integers here and strings in JSON. Lookups by id are dictionary lookups. What has a fixed shape on the wire and
no rule of its own (a message, a command, a scheduled event) is kept as the JSON object that Discord would send.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, IntFlag
from typing import Any

#: A JSON object as it travels.
Json = dict[str, Any]


class ChannelType(IntEnum):
    """https://discord.com/developers/docs/resources/channel#channel-object-channel-types"""

    TEXT = 0
    DM = 1
    VOICE = 2
    CATEGORY = 4
    ANNOUNCEMENT = 5
    ANNOUNCEMENT_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    STAGE = 13
    FORUM = 15
    MEDIA = 16


THREAD_TYPES = frozenset((ChannelType.ANNOUNCEMENT_THREAD, ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD))
#: Channels whose only content is threads, each with a starter message.
POST_TYPES = frozenset((ChannelType.FORUM, ChannelType.MEDIA))


class MessageType(IntEnum):
    """https://discord.com/developers/docs/resources/message#message-object-message-types (those the server makes)"""

    DEFAULT = 0
    PIN = 6
    THREAD_CREATED = 18
    REPLY = 19
    CHAT_COMMAND = 20
    THREAD_STARTER = 21
    CONTEXT_COMMAND = 23


class MessageFlag(IntFlag):
    """https://discord.com/developers/docs/resources/message#message-object-message-flags"""

    CROSSPOSTED = 1 << 0
    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    COMPONENTS_V2 = 1 << 15


class OverwriteType(IntEnum):
    ROLE = 0
    MEMBER = 1


@dataclass(slots=True)
class User:
    """An account. ``accepts_dms`` is what "Direct Messages" in a server's privacy settings decides."""

    id: int
    name: str
    display_name: str
    bot: bool = False
    accepts_dms: bool = True


@dataclass(slots=True)
class Role:
    """``permissions`` holds Discord's bits. The role whose id is the guild's id is @everyone."""

    id: int
    name: str
    permissions: int = 0
    position: int = 1
    color: int = 0
    hoist: bool = False
    mentionable: bool = False
    managed_by: int | None = None
    """The bot this role was made for when it joined; nobody can delete or give it."""


@dataclass(slots=True)
class Member:
    user: User
    role_ids: list[int]
    """Without @everyone, which all members have."""
    joined_at: datetime
    nick: str | None = None
    timed_out_until: datetime | None = None

    @property
    def id(self) -> int:
        return self.user.id


@dataclass(slots=True)
class Overwrite:
    """What a channel allows and denies a role or a member, on top of what the guild gives them."""

    id: int
    type: OverwriteType
    allow: int = 0
    deny: int = 0


@dataclass(slots=True)
class ThreadData:
    """What a thread has beyond other channels. Durations in minutes, as Discord has them."""

    owner_id: int
    created_at: datetime
    archive_changed_at: datetime
    auto_archive_duration: int = 4320
    archived: bool = False
    locked: bool = False
    invitable: bool = True
    members: dict[int, datetime] = field(default_factory=dict)
    """User id -> when they joined."""
    message_count: int = 0
    """Messages now there, without the starter message."""
    total_message_sent: int = 0
    applied_tags: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Message:
    """``data`` is the message as Discord's API gives it, without what depends on the reader (``me`` in reactions)."""

    id: int
    channel_id: int
    author_id: int
    data: Json
    reader_id: int | None = None
    """Set for an ephemeral message: the one person who sees it."""
    reactions: dict[str, list[int]] = field(default_factory=dict)
    """Emoji -> ids of who reacted with it, in order."""

    @property
    def ephemeral(self) -> bool:
        return self.reader_id is not None


@dataclass(slots=True)
class Channel:
    """Any channel: of a guild (``guild_id`` set), a thread (``thread`` set too), or a DM (``recipient_ids``)."""

    id: int
    type: ChannelType
    name: str = ""
    guild_id: int | None = None
    topic: str | None = None
    parent_id: int | None = None
    position: int = 0
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    nsfw: bool = False
    slowmode: int = 0
    flags: int = 0
    available_tags: list[Json] = field(default_factory=list)
    default_auto_archive_duration: int | None = None
    default_reaction_emoji: Json | None = None
    default_sort_order: int | None = None
    default_forum_layout: int = 0
    default_thread_slowmode: int = 0
    bitrate: int = 64000
    user_limit: int = 0
    recipient_ids: tuple[int, ...] = ()
    """A DM's two people, the bot included."""
    thread: ThreadData | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    """By id, oldest first; ephemeral ones are among them."""
    pins: dict[int, datetime] = field(default_factory=dict)
    """Message id -> when it was pinned, oldest first."""
    last_message_id: int | None = None
    last_pin_at: datetime | None = None

    @property
    def is_thread(self) -> bool:
        return self.thread is not None

    @property
    def is_dm(self) -> bool:
        return self.type is ChannelType.DM


@dataclass(slots=True)
class Guild:
    id: int
    name: str
    owner_id: int
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    """All of them by id, threads included."""
    events: dict[int, Json] = field(default_factory=dict)
    """Scheduled events as Discord's API gives them, by id."""
    event_interest: dict[int, list[int]] = field(default_factory=dict)
    """Scheduled event -> ids of who is interested."""
    threads_elsewhere: int = 0
    """Active threads that are only counted, in channels nobody here looks at."""
    premium_tier: int = 0
    features: list[str] = field(default_factory=lambda: ["COMMUNITY", "NEWS"])

    def threads(self) -> Iterator[Channel]:
        return (channel for channel in self.channels.values() if channel.thread is not None)


class InteractionType(IntEnum):
    PING = 1
    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL_SUBMIT = 5


class CallbackType(IntEnum):
    """https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback-type"""

    PONG = 1
    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    AUTOCOMPLETE = 8
    MODAL = 9


@dataclass(slots=True)
class Attachment:
    """An uploaded file, served under /cdn."""

    id: int
    filename: str
    content_type: str
    content: bytes
    url: str
    sender_id: int | None = None
    """Who sent it with a modal or a command; None for the file of a message."""
