"""A Discord-compatible server on loopback, its people, and its page: to try, rehearse and test a bot without a token.

It knows nothing of any particular bot.
"""

from bot.sandbox.client_rules import CannotUseError
from bot.sandbox.core import Timings
from bot.sandbox.dispatch import Intent
from bot.sandbox.errors import ApiError
from bot.sandbox.faults import Fault, FaultKind, Faults
from bot.sandbox.files import SentFile
from bot.sandbox.interaction import Outcome
from bot.sandbox.moderating import Moderator
from bot.sandbox.option_rules import CommandTextError
from bot.sandbox.page_clock import FASTEST, ClockControl
from bot.sandbox.person import Choice, Person, Reply
from bot.sandbox.rest.endpoint import Exchange
from bot.sandbox.server import Sandbox, Timed
from bot.sandbox.specs import ChannelSpec, PersonSpec, RoleSpec
from bot.sandbox.state import InteractionType
from bot.sandbox.world import World

__all__ = [
    "FASTEST",
    "ApiError",
    "CannotUseError",
    "ChannelSpec",
    "Choice",
    "ClockControl",
    "CommandTextError",
    "Exchange",
    "Fault",
    "FaultKind",
    "Faults",
    "Intent",
    "InteractionType",
    "Moderator",
    "Outcome",
    "Person",
    "PersonSpec",
    "Reply",
    "RoleSpec",
    "Sandbox",
    "SentFile",
    "Timed",
    "Timings",
    "World",
]
