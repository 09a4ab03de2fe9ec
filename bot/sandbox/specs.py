"""How a guild is described before it is made."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RoleSpec:
    """A role that :meth:`bot.sandbox.world.World.build` is to make. ``permissions`` holds Discord's bits."""

    name: str
    permissions: int = 0
    mentionable: bool = True
    hoist: bool = False
    color: int = 0


@dataclass(frozen=True, slots=True)
class ChannelSpec:
    """A channel to make. ``private_to``: names of the roles that see it; empty means everyone.

    ``read_only``: only administrators and the bot may write (in a forum: may post).
    """

    name: str
    kind: str = "text"
    topic: str | None = None
    private_to: tuple[str, ...] | list[str] = ()
    read_only: bool = False
    tags: tuple[str, ...] | list[str] = ()


@dataclass(frozen=True, slots=True)
class PersonSpec:
    """A person to make. ``display_name`` is the name itself when empty."""

    name: str
    roles: tuple[str, ...] | list[str] = ()
    administrator: bool = False
    accepts_dms: bool = True
    display_name: str = ""
