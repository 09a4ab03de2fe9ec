"""Makes a guild from its description: roles, channels with their overwrites, people, the bot's own role."""

from collections.abc import Sequence
from typing import Protocol

from bot.sandbox.permissions import Permission
from bot.sandbox.snowflake import WORLD_BEGAN, Snowflakes
from bot.sandbox.specs import ChannelSpec, PersonSpec, RoleSpec
from bot.sandbox.state import (
    POST_TYPES,
    Channel,
    ChannelType,
    Guild,
    Json,
    Member,
    Overwrite,
    OverwriteType,
    Role,
    User,
)

KINDS = {
    "text": ChannelType.TEXT,
    "announcement": ChannelType.ANNOUNCEMENT,
    "forum": ChannelType.FORUM,
    "voice": ChannelType.VOICE,
    "stage": ChannelType.STAGE,
    "category": ChannelType.CATEGORY,
}

#: What everyone may do in a new guild of Discord's, without the right to mention everyone.
EVERYONE = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.ADD_REACTIONS
    | Permission.READ_MESSAGE_HISTORY
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CONNECT
    | Permission.SPEAK
)
#: What a bot that looks after an event asks for when it is invited.
BOT = (
    EVERYONE
    | Permission.MENTION_EVERYONE
    | Permission.MANAGE_MESSAGES
    | Permission.PIN_MESSAGES
    | Permission.MANAGE_THREADS
    | Permission.CREATE_PRIVATE_THREADS
    | Permission.MANAGE_CHANNELS
    | Permission.MANAGE_ROLES
    | Permission.MANAGE_EVENTS
    | Permission.CREATE_EVENTS
)
_WRITING = Permission.SEND_MESSAGES | Permission.CREATE_PUBLIC_THREADS | Permission.CREATE_PRIVATE_THREADS


class Ground(Protocol):
    """The world, as far as a guild is built into it."""

    snowflakes: Snowflakes
    guilds: dict[int, Guild]
    bot: User

    def people(self) -> Sequence[User]: ...

    def add_user(self, name: str, display_name: str = "", *, accepts_dms: bool = True) -> User: ...

    def add_channel(self, channel: Channel) -> Channel: ...


def add_guild(
    world: Ground,
    name: str,
    roles: tuple[RoleSpec, ...],
    channels: tuple[ChannelSpec, ...],
    people: tuple[PersonSpec, ...],
    bot_permissions: int | None,
) -> Guild:
    """See :meth:`bot.sandbox.world.World.add_guild`."""
    guild = Guild(world.snowflakes.next(), name, owner_id=0)
    everyone = Role(guild.id, "@everyone", int(EVERYONE), position=0)
    guild.roles[everyone.id] = everyone
    top = len(roles) + 1
    granted = int(BOT) if bot_permissions is None else bot_permissions
    own = _add_role(world, guild, RoleSpec(world.bot.display_name, granted), top)
    own.managed_by, own.mentionable = world.bot.id, False
    by_name = {spec.name: _add_role(world, guild, spec, top - 1 - n) for n, spec in enumerate(roles)}
    guild.members[world.bot.id] = Member(world.bot, [own.id], WORLD_BEGAN)
    world.guilds[guild.id] = guild
    for position, channel in enumerate(channels):
        _add_channel(world, guild, channel, position, by_name, own)
    for person in people:
        _add_person(world, guild, person, by_name)
    if not guild.owner_id:
        owner = _find_or_add(world, PersonSpec("owner"))
        guild.members.setdefault(owner.id, Member(owner, [], WORLD_BEGAN))
        guild.owner_id = owner.id
    return guild


def _add_role(world: Ground, guild: Guild, spec: RoleSpec, position: int) -> Role:
    role = Role(
        world.snowflakes.next(), spec.name, spec.permissions, position, spec.color, spec.hoist, spec.mentionable
    )
    guild.roles[role.id] = role
    return role


def _add_channel(
    world: Ground, guild: Guild, spec: ChannelSpec, position: int, roles: dict[str, Role], own: Role
) -> None:
    kind = KINDS[spec.kind]
    channel = Channel(world.snowflakes.next(), kind, spec.name, guild.id, topic=spec.topic, position=position)
    hidden = Permission.VIEW_CHANNEL if spec.private_to else Permission(0)
    shut = _WRITING if spec.read_only else Permission(0)
    if hidden | shut:
        writing = Permission.SEND_MESSAGES | Permission.CREATE_PUBLIC_THREADS
        channel.overwrites = {
            guild.id: Overwrite(guild.id, OverwriteType.ROLE, deny=int(hidden | shut)),
            own.id: Overwrite(own.id, OverwriteType.ROLE, allow=int(hidden | (writing if shut else 0))),
        }
        for name in spec.private_to:
            role = roles[name]
            channel.overwrites[role.id] = Overwrite(role.id, OverwriteType.ROLE, allow=int(hidden))
    if kind in POST_TYPES:
        channel.available_tags = [tag(world, name) for name in spec.tags]
    world.add_channel(channel)


def tag(world: Ground, name: str) -> Json:
    """A forum's tag as Discord's API gives it."""
    return {"id": str(world.snowflakes.next()), "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}


def _add_person(world: Ground, guild: Guild, spec: PersonSpec, roles: dict[str, Role]) -> None:
    user = _find_or_add(world, spec)
    role_ids = [roles[name].id for name in spec.roles]
    if spec.administrator:
        role_ids.append(_administrators(world, guild).id)
        guild.owner_id = guild.owner_id or user.id
    guild.members[user.id] = Member(user, role_ids, WORLD_BEGAN)


def _administrators(world: Ground, guild: Guild) -> Role:
    """The role that gives the administrator permission, made for the first person who needs it."""
    for role in guild.roles.values():
        if role.managed_by is None and role.permissions & Permission.ADMINISTRATOR:
            return role
    top = max(role.position for role in guild.roles.values()) + 1
    return _add_role(world, guild, RoleSpec("Administrator", int(Permission.ADMINISTRATOR), mentionable=False), top)


def _find_or_add(world: Ground, spec: PersonSpec) -> User:
    for user in world.people():
        if user.name == spec.name:
            return user
    return world.add_user(spec.name, spec.display_name, accepts_dms=spec.accepts_dms)
