"""Whether what stands in a channel reads otherwise after a change: the texts themselves are compared."""

from collections.abc import Hashable, Sequence
from datetime import datetime

from bot.actions.programme.current import Published
from bot.chat.answers import answer
from bot.chat.ask import Ask, CommandLine
from bot.chat.lookup import Lookup
from bot.chat.render.card import Card
from bot.chat.render.notices import rendered
from bot.domain.errors import UsherError
from bot.domain.program import Program
from bot.storage.delivery.outbox import PERSONAL, Row


class Following:
    """For one change; ``now`` is a UTC instant."""

    def __init__(self, now: datetime, commands: Sequence[CommandLine]) -> None:
        self._now = now
        self._commands = tuple(commands)
        self._published: dict[int, Published] = {}
        self._messages: dict[Hashable, bool] = {}

    def message(self, row: Row, before: Program, after: Program) -> bool:
        """Whether a message that was sent unasked reads otherwise."""
        # Thousands of people were told the same: it is compared once.
        place = "" if row.op in PERSONAL else row.place
        key = (id(before), id(after), row.op, place, row.audience, row.facts)
        if key not in self._messages:
            self._keep(before, after)
            self._messages[key] = rendered(row, before, self._now) != rendered(row, after, self._now)
        return self._messages[key]

    def card(self, lookup: str, before: Program, after: Program) -> bool:
        """Whether an answer that somebody shared reads otherwise; ``lookup`` as it is stored."""
        return self._card(Lookup.decode(lookup), before) != self._card(Lookup.decode(lookup), after)

    def _keep(self, *programmes: Program) -> None:
        """So that no other programme can get the number of one of these meanwhile."""
        for program in programmes:
            self._published.setdefault(id(program), Published(program))

    def _card(self, lookup: Lookup, program: Program) -> Card | None:
        self._keep(program)
        index = self._published[id(program)].index
        try:
            return answer(Ask.of_channel(lookup, program, index, self._now, self._commands))
        except UsherError:
            return None
