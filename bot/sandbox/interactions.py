"""The life of an interaction: created by a person, answered once within 3 s, followed up for 15 min.

https://discord.com/developers/docs/interactions/receiving-and-responding
"""

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Callable

from bot.sandbox import errors
from bot.sandbox.core import Core
from bot.sandbox.interaction import Interaction, Outcome
from bot.sandbox.interaction_objects import interaction_json
from bot.sandbox.state import CallbackType, Channel, InteractionType, Json, Message, User

#: What Discord's clients say when no answer comes in time.
_NO_ANSWER = {
    InteractionType.COMMAND: "The application did not respond",
    InteractionType.COMPONENT: "This interaction failed",
    InteractionType.AUTOCOMPLETE: "Loading options failed",
    InteractionType.MODAL_SUBMIT: "Something went wrong. Try again.",
}


class Interactions:
    """All interactions whose tokens still live, by id and by token."""

    def __init__(self, core: Core, clock: Callable[[], float] = time.monotonic) -> None:
        self._core = core
        self._clock = clock
        self._by_id: dict[int, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}
        self._in_order: deque[Interaction] = deque()

    def create(
        self,
        kind: InteractionType,
        user: User,
        channel: Channel,
        data: Json,
        *,
        message: Message | None = None,
        source: Interaction | None = None,
    ) -> Interaction:
        """Sends INTERACTION_CREATE. ``outcome`` is set by the bot's first answer, or after 3 s without one.

        ``data`` is complete: ids filled in, references resolved.
        """
        self._forget_old()
        loop = asyncio.get_running_loop()
        interaction = Interaction(
            self._core.world.snowflakes.next(),
            secrets.token_urlsafe(24),
            kind,
            user,
            channel,
            self._core.world.guild_of(channel),
            data,
            message,
            source,
            loop.create_future(),
            asyncio.Event(),
            born=self._clock(),
        )
        self._by_id[interaction.id] = interaction
        self._by_token[interaction.token] = interaction
        self._in_order.append(interaction)
        payload = interaction_json(self._core, interaction)
        interaction.timer = loop.call_later(self._core.timings.first_answer, self._give_up, interaction)
        interaction.started = time.perf_counter()
        guild_id = interaction.guild.id if interaction.guild else None
        if not self._core.hub.to_bot("INTERACTION_CREATE", payload, guild_id=guild_id):
            interaction.timer.cancel()
            self._give_up(interaction)
        return interaction

    def get(self, interaction_id: int) -> Interaction | None:
        return self._by_id.get(interaction_id)

    def to_answer(self, interaction_id: int, token: str) -> Interaction:
        """The interaction of a first answer. Raises 10062 (unknown, or its 3 s are over) and 40060 (answered)."""
        interaction = self._by_id.get(interaction_id)
        if interaction is None or interaction.token != token:
            raise errors.unknown_interaction()
        if interaction.answered is not None:
            raise errors.already_acknowledged()
        if interaction.outcome.done():
            raise errors.unknown_interaction()
        return interaction

    def by_token(self, token: str) -> Interaction:
        """The interaction of a follow-up. Raises 10015 (none, or not yet answered) and 50027 (its 15 min are over)."""
        interaction = self._by_token.get(token)
        if interaction is None or interaction.answered is None:
            raise errors.unknown_webhook()
        if self._clock() - interaction.born > self._core.timings.token_life:
            raise errors.invalid_webhook_token()
        return interaction

    def answer(self, interaction: Interaction, kind: CallbackType, outcome: Outcome) -> None:
        """Notes the first answer and hands it to whoever waits."""
        interaction.answered_at = time.perf_counter()
        interaction.answered = kind
        interaction.shown = outcome.message
        interaction.waiting = kind is CallbackType.DEFERRED_MESSAGE
        if outcome.kind == "message" and outcome.message:
            interaction.made.append(outcome.message)
        if interaction.timer:
            interaction.timer.cancel()
        if outcome.kind != "deferred":
            interaction.filled.set()
        interaction.outcome.set_result(outcome)

    def _give_up(self, interaction: Interaction) -> None:
        if not interaction.outcome.done():
            interaction.filled.set()
            interaction.outcome.set_result(Outcome("failed", error=_NO_ANSWER[interaction.type]))

    def _forget_old(self) -> None:
        # Kept for twice the token's life, so that a late follow-up is told why it is refused.
        eldest = self._clock() - 2 * self._core.timings.token_life
        while self._in_order and self._in_order[0].born < eldest:
            old = self._in_order.popleft()
            self._by_id.pop(old.id, None)
            self._by_token.pop(old.token, None)
