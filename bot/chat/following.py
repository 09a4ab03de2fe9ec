"""Whether what stands in a channel reads otherwise after a change: the texts themselves are compared."""

from collections.abc import Sequence
from datetime import datetime

from bot.actions.current import Published
from bot.chat.answers import answer
from bot.chat.ask import Ask, CommandLine
from bot.chat.lookup import Lookup
from bot.chat.render.card import Card
from bot.chat.render.notices import rendered
from bot.domain.errors import UsherError
from bot.domain.program import Program
from bot.storage.outbox import Row


class Following:
    """For one change; ``now`` is a UTC instant."""

    def __init__(self, now: datetime, commands: Sequence[CommandLine]) -> None:
        self._now = now
        self._commands = tuple(commands)
        self._published: dict[int, Published] = {}

    def message(self, row: Row, before: Program, after: Program) -> bool:
        """Whether a message that was sent unasked reads otherwise."""
        return rendered(row, before, self._now) != rendered(row, after, self._now)

    def card(self, lookup: str, before: Program, after: Program) -> bool:
        """Whether an answer that somebody shared reads otherwise; ``lookup`` as it is stored."""
        return self._card(Lookup.decode(lookup), before) != self._card(Lookup.decode(lookup), after)

    def _card(self, lookup: Lookup, program: Program) -> Card | None:
        # Kept, so that no other programme can get its number meanwhile.
        published = self._published.setdefault(id(program), Published(program))
        try:
            return answer(Ask.of_channel(lookup, program, published.index, self._now, self._commands))
        except UsherError:
            return None
