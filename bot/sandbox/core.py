"""What every part of the server shares: the world, the clock, who is told about changes, and how long things last."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.sandbox.dispatch import Hub
from bot.sandbox.faults import Faults
from bot.sandbox.permissions import Permission, channel_permissions, may_view
from bot.sandbox.pulse import Pulse
from bot.sandbox.state import Channel, User
from bot.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Timings:
    """How long things last, in real seconds. The defaults are Discord's; tests shorten them."""

    first_answer: float = 3.0
    """From an interaction to its first answer."""
    token_life: float = 900.0
    """From an interaction until its token is refused."""
    nonce_life: float = 300.0
    """How long an enforced nonce is remembered. Discord says "a few minutes"."""
    heartbeat: float = 41.25
    """What HELLO asks of the client."""


class Core:
    """Passed to everything; ``base_url`` is known once the server listens."""

    def __init__(self, world: World, now: Callable[[], datetime], timings: Timings) -> None:
        self.world = world
        self.now = now
        self.timings = timings
        self.hub = Hub(world)
        self.faults = Faults()
        self.base_url = ""
        self.pulse = Pulse()
        """Beats after every REST exchange, and when the bot comes or goes."""

    def permissions(self, channel: Channel, user: User) -> Permission:
        """What an account may do in a channel; nothing where it is not a member."""
        guild = self.world.guild_of(channel)
        if guild is None:
            return channel_permissions(None, channel, None) if user.id in channel.recipient_ids else Permission(0)
        member = guild.members.get(user.id)
        return channel_permissions(guild, channel, member) if member else Permission(0)

    def bot_permissions(self, channel: Channel) -> Permission:
        return self.permissions(channel, self.world.bot)

    def may_view(self, channel: Channel, user: User) -> bool:
        guild = self.world.guild_of(channel)
        if guild is None:
            return user.id in channel.recipient_ids
        member = guild.members.get(user.id)
        return member is not None and may_view(guild, channel, member)
