"""Everything that exists on the server: accounts, guilds, channels, commands, files. State and lookups, no rules."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime

from bot.sandbox import building, errors
from bot.sandbox.snowflake import WORLD_BEGAN, Snowflakes
from bot.sandbox.specs import ChannelSpec, PersonSpec, RoleSpec
from bot.sandbox.state import (
    Attachment,
    Channel,
    ChannelType,
    Guild,
    Json,
    Member,
    Message,
    User,
)

#: The scope of global commands in ``World.commands``, where a guild's own have the guild's id.
GLOBAL = 0


class World:
    """One bot account and the guilds it is in.

    Lookups that a request can get wrong raise :class:`bot.sandbox.errors.ApiError`, those that a test can get wrong
    raise ``LookupError``. Ids made while building are the same in every run, so that a bot's database stays valid.
    """

    def __init__(self, bot_name: str = "Usher") -> None:
        self.snowflakes = Snowflakes(lambda: WORLD_BEGAN)
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.dms: dict[int, Channel] = {}
        """Person's id -> their channel with the bot."""
        self.commands: dict[int, dict[int, Json]] = {}
        """Guild id (or GLOBAL) -> command id -> command."""
        self.attachments: dict[int, Attachment] = {}
        self.bot = self.add_user(bot_name.lower(), bot_name, bot=True)
        self.application_id = self.bot.id
        self.privileged_intents = 0
        """The privileged intents switched on for the bot in Discord's developer portal, as bits of `Intent`."""

    @classmethod
    def build(
        cls,
        guild_name: str,
        roles: Iterable[RoleSpec] = (),
        channels: Iterable[ChannelSpec] = (),
        people: Iterable[PersonSpec] = (),
        *,
        bot_name: str = "Usher",
        bot_permissions: int | None = None,
    ) -> "World":
        """A world of one guild; see :meth:`add_guild`."""
        world = cls(bot_name)
        world.add_guild(guild_name, roles, channels, people, bot_permissions=bot_permissions)
        return world

    def add_guild(
        self,
        name: str,
        roles: Iterable[RoleSpec] = (),
        channels: Iterable[ChannelSpec] = (),
        people: Iterable[PersonSpec] = (),
        *,
        bot_permissions: int | None = None,
    ) -> Guild:
        """A further guild with the bot in it. Roles are listed from the highest down; people of the same name are the
        same accounts in every guild. ``bot_permissions``: Discord's bits, by default what organizing an event needs.
        """
        return building.add_guild(self, name, tuple(roles), tuple(channels), tuple(people), bot_permissions)

    def use_clock(self, now: Callable[[], datetime]) -> None:
        """From here on ids are made at this clock's time."""
        self.snowflakes.now = lambda: now().astimezone(UTC)

    def add_user(self, name: str, display_name: str = "", *, bot: bool = False, accepts_dms: bool = True) -> User:
        user = User(self.snowflakes.next(), name, display_name or name, bot, accepts_dms)
        self.users[user.id] = user
        return user

    # What a test or a page asks for by name

    @property
    def guild(self) -> Guild:
        """The first guild."""
        return next(iter(self.guilds.values()))

    def people(self) -> list[User]:
        """Everyone but bots."""
        return [user for user in self.users.values() if not user.bot]

    def person(self, name: str) -> User:
        """A person by account name or display name. Raises LookupError."""
        for user in self.users.values():
            if name in (user.name, user.display_name):
                return user
        raise LookupError(f"Nobody is called {name!r}. There are: {', '.join(u.name for u in self.people())}.")

    def channel_named(self, name: str | int, guild: Guild | None = None) -> Channel:
        """A channel by id or by name (with or without #). Raises LookupError."""
        if isinstance(name, int):
            return self.channels[name]
        guild = guild or self.guild
        wanted = name.removeprefix("#")
        for channel in guild.channels.values():
            if channel.name == wanted:
                return channel
        raise LookupError(f"No channel is called {name!r} in {guild.name}.")

    def names(self) -> dict[str, str]:
        """What a mention is read as, by the id in it: people, and the first guild's roles and channels."""
        guild = self.guild
        return {
            **{str(user.id): f"@{user.display_name}" for user in self.users.values()},
            **{str(role.id): f"@{role.name}" for role in guild.roles.values()},
            **{str(channel.id): f"#{channel.name}" for channel in guild.channels.values()},
        }

    # What a request asks for by id

    def get_channel(self, channel_id: int) -> Channel:
        channel = self.channels.get(channel_id)
        if channel is None:
            raise errors.unknown_channel()
        return channel

    def get_guild(self, guild_id: int) -> Guild:
        guild = self.guilds.get(guild_id)
        if guild is None or self.bot.id not in guild.members:
            raise errors.unknown_guild()
        return guild

    def get_member(self, guild: Guild, user_id: int) -> Member:
        member = guild.members.get(user_id)
        if member is None:
            raise errors.unknown_member() if user_id in self.users else errors.unknown_user()
        return member

    def get_message(self, channel: Channel, message_id: int) -> Message:
        message = channel.messages.get(message_id)
        if message is None:
            raise errors.unknown_message()
        return message

    def guild_of(self, channel: Channel) -> Guild | None:
        return self.guilds.get(channel.guild_id) if channel.guild_id else None

    def shares_guild(self, user: User) -> bool:
        """Whether the bot has a guild in common with this user."""
        return any(user.id in guild.members and self.bot.id in guild.members for guild in self.guilds.values())

    # Channels come and go

    def add_channel(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        guild = self.guild_of(channel)
        if guild is not None:
            guild.channels[channel.id] = channel
        return channel

    def remove_channel(self, channel: Channel) -> None:
        self.channels.pop(channel.id, None)
        guild = self.guild_of(channel)
        if guild is not None:
            guild.channels.pop(channel.id, None)

    def dm_with(self, user: User) -> Channel:
        """The bot's channel with a person, opened when there is none."""
        channel = self.dms.get(user.id)
        if channel is None:
            both = (self.bot.id, user.id)
            channel = self.add_channel(Channel(self.snowflakes.next(), ChannelType.DM, recipient_ids=both))
            self.dms[user.id] = channel
        return channel

    def commands_for(self, guild_id: int | None) -> Iterator[Json]:
        """The commands that can be used in a guild, or (None) in a DM: the guild's own, then the global ones."""
        if guild_id:
            yield from self.commands.get(guild_id, {}).values()
        for command in self.commands.get(GLOBAL, {}).values():
            contexts: Sequence[int] | None = command.get("contexts")
            if contexts is None or (0 if guild_id else 1) in contexts:
                yield command
