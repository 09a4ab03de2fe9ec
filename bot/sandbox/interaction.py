"""One interaction and what came of it: the values that its life, its objects and its answers share."""

import asyncio
from dataclasses import dataclass, field

from bot.sandbox.state import CallbackType, Channel, Guild, InteractionType, Json, Message, User


@dataclass(slots=True)
class Outcome:
    """What a person gets to see first.

    ``kind``: "message", "update" (the message the component is on was changed), "deferred", "modal", "autocomplete" or
    "failed".
    """

    kind: str
    message: Message | None = None
    modal: Json | None = None
    choices: list[Json] = field(default_factory=list)
    error: str | None = None


@dataclass(slots=True, eq=False)
class Interaction:
    id: int
    token: str
    type: InteractionType
    user: User
    channel: Channel
    guild: Guild | None
    data: Json
    message: Message | None
    """The message whose component was used, or on which the modal was opened."""
    source: "Interaction | None"
    """The interaction that opened the modal."""
    outcome: "asyncio.Future[Outcome]"
    """Set by the first answer, or by its absence."""
    filled: asyncio.Event
    """Set once nothing is pending any more: at the first answer, or when a deferred one is filled."""
    started: float = 0.0
    """When INTERACTION_CREATE was handed to the gateway, by time.perf_counter()."""
    answered_at: float = 0.0
    answered: CallbackType | None = None
    shown: Message | None = None
    """What ``@original`` means: the message the first answer made or changed."""
    waiting: bool = False
    """Whether ``shown`` is still the placeholder of a deferred answer."""
    made: list[Message] = field(default_factory=list)
    """All messages that came of it, in order."""
    modal: Json | None = None
    timer: asyncio.TimerHandle | None = None
    born: float = 0.0
    """time.monotonic() at creation, for the token's life."""
