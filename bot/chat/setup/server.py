"""What a Discord server is like, as plain values: all that the check looks at.

How permissions combine, and which roles a bot can give: Discord, Permissions. A mention of a role notifies only where
anyone may mention it, or the bot may mention all roles.
"""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

#: The name that Discord gives to the role of everybody.
EVERYONE = "@everyone"


class Permission(StrEnum):
    """The value is the name in Discord's settings."""

    VIEW = "View Channel"
    SEND = "Send Messages"
    EMBED = "Embed Links"
    ATTACH = "Attach Files"
    HISTORY = "Read Message History"
    SEND_IN_THREADS = "Send Messages in Threads"
    PRIVATE_THREADS = "Create Private Threads"
    MANAGE_THREADS = "Manage Threads"
    MENTION_ALL = "Mention @everyone, @here, and All Roles"
    MANAGE_ROLES = "Manage Roles"
    MANAGE_CHANNELS = "Manage Channels"


class Kind(StrEnum):
    """The value is the name in Discord's settings."""

    TEXT = "text channel"
    ANNOUNCEMENT = "announcement channel"
    FORUM = "forum"
    OTHER = "channel of another kind"


class Channel(Struct, frozen=True):
    """``allowed`` is what the bot may do there, ``readers`` the names of the roles that see it."""

    name: str
    kind: Kind
    allowed: frozenset[Permission]
    readers: frozenset[str]


class Role(Struct, frozen=True):
    """``below``: it stands below the bot's own highest role, which is where the bot could give it.

    ``gives_rights``: its holders may do what only organizers should let anybody do.
    """

    name: str
    mentionable: bool
    below: bool
    gives_rights: bool = False


class DiscordServer(Struct, frozen=True):
    """``allowed`` is what the bot may do in the server as a whole, ``features`` are Discord's words (COMMUNITY)."""

    channels: tuple[Channel, ...]
    roles: tuple[Role, ...]
    allowed: frozenset[Permission]
    features: frozenset[str] = frozenset()
    message_content: bool = False

    def channel(self, name: str, kinds: Iterable[Kind]) -> Channel | None:
        """The first channel of this name and one of these kinds: the one that the bot uses."""
        return next((channel for channel in self.channels if channel.name == name and channel.kind in kinds), None)

    def role(self, name: str) -> Role | None:
        return next((role for role in self.roles if role.name == name), None)
