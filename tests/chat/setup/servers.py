"""A Discord server on which nothing is wrong, and one thing that is: factories for tests of the check."""

from collections.abc import Collection
from typing import Any

from msgspec.structs import replace

from bot.chat.setup.server import EVERYONE, Channel, DiscordServer, Kind, Permission, Role
from bot.domain.event import Server

ALL = frozenset(Permission)
NAMED = Server(
    {
        "announcements": "news",
        "schedule": "schedule",
        "posters": "posters",
        "organizers": "staff",
        "reviewers": "reviews",
        "speakers": "stage",
        "conduct": "reports",
    },
    {"organizers": "Organizer", "reviewers": "Reviewer", "speakers": "Speaker", "authors": "Author", "remind": "Ping"},
)
_OPEN = frozenset({EVERYONE, *NAMED.roles.values()})


def channel(name: str, kind: Kind = Kind.TEXT, *, readers: Collection[str] = _OPEN, lacking: Any = ()) -> Channel:
    return Channel(name, kind, ALL - frozenset(lacking), frozenset(readers))


def role(name: str, *, mentionable: bool = True, below: bool = True, gives_rights: bool = False) -> Role:
    return Role(name, mentionable, below, gives_rights)


GOOD = DiscordServer(
    channels=(
        channel("news", Kind.ANNOUNCEMENT),
        channel("schedule"),
        channel("posters", Kind.FORUM),
        channel("staff", readers={"Organizer"}),
        channel("reviews", readers={"Organizer", "Reviewer"}),
        channel("stage", readers={"Organizer", "Speaker", "Author"}),
        channel("reports", readers={"Organizer"}),
    ),
    roles=tuple(role(name) for name in NAMED.roles.values()),
    allowed=ALL,
    features=frozenset({"COMMUNITY", "NEWS"}),
    message_content=True,
)


def with_channel(one: Channel) -> DiscordServer:
    """``GOOD`` with this channel in place of the one of its name."""
    return replace(GOOD, channels=tuple(one if known.name == one.name else known for known in GOOD.channels))


def with_role(one: Role, *, lacking: Any = ()) -> DiscordServer:
    """``GOOD`` with this role in place of the one of its name, and a bot that lacks something everywhere."""
    without = frozenset(lacking)
    return replace(
        GOOD,
        roles=tuple(one if known.name == one.name else known for known in GOOD.roles),
        channels=tuple(replace(known, allowed=known.allowed - without) for known in GOOD.channels),
        allowed=GOOD.allowed - without,
    )


def without(name: str) -> DiscordServer:
    """``GOOD`` without the channel or role of this name."""
    return replace(
        GOOD,
        channels=tuple(known for known in GOOD.channels if known.name != name),
        roles=tuple(known for known in GOOD.roles if known.name != name),
    )
