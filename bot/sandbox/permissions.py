"""Who may do what: Discord's permission bits, how they combine, and the refusals that follow.

The rules are those of Discord's documentation ("Permissions": overwrites, hierarchy, implicit permissions, threads).
"""

from enum import IntFlag

from . import errors
from .state import THREAD_TYPES, Channel, ChannelType, Guild, Member, OverwriteType, Role


class Permission(IntFlag):
    """https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags"""

    CREATE_INSTANT_INVITE = 1 << 0
    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_AUDIT_LOG = 1 << 7
    PRIORITY_SPEAKER = 1 << 8
    STREAM = 1 << 9
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    SEND_TTS_MESSAGES = 1 << 12
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    VIEW_GUILD_INSIGHTS = 1 << 19
    CONNECT = 1 << 20
    SPEAK = 1 << 21
    MUTE_MEMBERS = 1 << 22
    DEAFEN_MEMBERS = 1 << 23
    MOVE_MEMBERS = 1 << 24
    USE_VAD = 1 << 25
    CHANGE_NICKNAME = 1 << 26
    MANAGE_NICKNAMES = 1 << 27
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    MANAGE_GUILD_EXPRESSIONS = 1 << 30
    USE_APPLICATION_COMMANDS = 1 << 31
    REQUEST_TO_SPEAK = 1 << 32
    MANAGE_EVENTS = 1 << 33
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    USE_EXTERNAL_STICKERS = 1 << 37
    SEND_MESSAGES_IN_THREADS = 1 << 38
    USE_EMBEDDED_ACTIVITIES = 1 << 39
    MODERATE_MEMBERS = 1 << 40
    VIEW_CREATOR_MONETIZATION_ANALYTICS = 1 << 41
    USE_SOUNDBOARD = 1 << 42
    CREATE_GUILD_EXPRESSIONS = 1 << 43
    CREATE_EVENTS = 1 << 44
    USE_EXTERNAL_SOUNDS = 1 << 45
    SEND_VOICE_MESSAGES = 1 << 46
    SEND_POLLS = 1 << 49
    USE_EXTERNAL_APPS = 1 << 50
    PIN_MESSAGES = 1 << 51
    BYPASS_SLOWMODE = 1 << 52


#: Everything: what an owner and an administrator have.
ALL = Permission(sum(Permission))
NONE = Permission(0)
#: What either side of a DM may do.
IN_A_DM = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.ADD_REACTIONS
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.PIN_MESSAGES
    | Permission.SEND_POLLS
    | Permission.SEND_VOICE_MESSAGES
)
#: Useless, and so denied, where one may not write at all.
_NEEDS_WRITING = (
    Permission.MENTION_EVERYONE | Permission.SEND_TTS_MESSAGES | Permission.ATTACH_FILES | Permission.EMBED_LINKS
)


def base_permissions(guild: Guild, member: Member) -> Permission:
    """What a member's roles give in the whole guild; everything for its owner and for administrators."""
    if member.id == guild.owner_id:
        return ALL
    bits = guild.roles[guild.id].permissions
    for role_id in member.role_ids:
        bits |= guild.roles[role_id].permissions
    return ALL if bits & Permission.ADMINISTRATOR else Permission(bits & ALL)


def channel_permissions(guild: Guild | None, channel: Channel, member: Member | None) -> Permission:
    """What a member may do in a channel: nothing at all where they may not view it.

    A thread has its parent's permissions. In a DM (``guild`` and ``member`` None) both sides have `IN_A_DM`.
    A private thread is a further matter: see `may_view`.
    """
    if guild is None or member is None or channel.guild_id is None:
        return IN_A_DM
    base = base_permissions(guild, member)
    if base & Permission.ADMINISTRATOR:
        return ALL
    place = guild.channels.get(channel.parent_id, channel) if channel.is_thread and channel.parent_id else channel
    have = _with_overwrites(base, guild, place, member)
    if not have & Permission.VIEW_CHANNEL:
        return NONE
    writing = Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES
    return have if have & writing else have & ~_NEEDS_WRITING


def _with_overwrites(base: Permission, guild: Guild, channel: Channel, member: Member) -> Permission:
    """Applies a channel's overwrites in Discord's order: @everyone, then all roles together, then the member."""
    overwrites = channel.overwrites
    if not overwrites:
        return base
    bits = int(base)
    if everyone := overwrites.get(guild.id):
        bits = bits & ~everyone.deny | everyone.allow
    allow = deny = 0
    for role_id in member.role_ids:
        if role := overwrites.get(role_id):
            allow |= role.allow
            deny |= role.deny
    bits = bits & ~deny | allow
    own = overwrites.get(member.id)
    if own and own.type is OverwriteType.MEMBER:
        bits = bits & ~own.deny | own.allow
    return Permission(bits & ALL)


def may_view(guild: Guild | None, channel: Channel, member: Member | None) -> bool:
    """Whether the channel exists for this member at all. A private thread does for those in it and for moderators."""
    have = channel_permissions(guild, channel, member)
    if not have & Permission.VIEW_CHANNEL:
        return False
    if channel.type is not ChannelType.PRIVATE_THREAD or channel.thread is None or member is None:
        return True
    return bool(have & Permission.MANAGE_THREADS) or member.id in channel.thread.members


def writing_permission(channel: Channel) -> Permission:
    """What writing a message there takes; in a forum it is what posting takes."""
    return Permission.SEND_MESSAGES_IN_THREADS if channel.type in THREAD_TYPES else Permission.SEND_MESSAGES


def require(have: Permission, needed: Permission) -> None:
    """In a channel: refuses with 50001 where it cannot be viewed, with 50013 where something needed is missing."""
    if not have & Permission.VIEW_CHANNEL:
        raise errors.missing_access()
    if needed & ~have:
        raise errors.missing_permissions()


def require_in_guild(have: Permission, needed: Permission) -> None:
    """In the guild as a whole (roles, channels, events): refuses with 50013."""
    if needed & ~have:
        raise errors.missing_permissions()


def rank(guild: Guild, member: Member) -> tuple[int, int]:
    """The place of a member's highest role, for comparing with `role_rank`. The owner stands above all."""
    if member.id == guild.owner_id:
        return (1 << 62, 0)
    return max((role_rank(guild.roles[role_id]) for role_id in member.role_ids), default=(0, 0))


def role_rank(role: Role) -> tuple[int, int]:
    """A role's place in the hierarchy; of two at the same position the older one stands higher."""
    return role.position, -role.id


def require_below(guild: Guild, actor: Member, role: Role) -> None:
    """Refuses (50013) touching a role that does not stand below the actor's highest one."""
    if role_rank(role) >= rank(guild, actor):
        raise errors.missing_permissions()


def require_can_give(guild: Guild, actor: Member, role: Role) -> None:
    """Refuses (50013) giving or taking a role: needs MANAGE_ROLES, a role below one's own, and not a managed one."""
    require_in_guild(base_permissions(guild, actor), Permission.MANAGE_ROLES)
    if role.id == guild.id or role.managed_by is not None:
        raise errors.missing_permissions()
    require_below(guild, actor, role)


def require_can_grant(have: Permission, granted: int) -> None:
    """Refuses (50013) handing on permissions that one does not have, by a role or by a channel's overwrite."""
    if granted & ALL & ~have:
        raise errors.missing_permissions()
