"""Answers kept ready: when a talk begins, hundreds of people ask the same thing within a minute.

An answer changes only when something in the programme or one of its days begins or ends, or the programme
itself does. So it is kept under its question, the reader's circles, who is at which board, and the number of
such moments that have passed.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from bot.chat.answers import answer
from bot.chat.ask import Ask
from bot.chat.lookup import Lookup
from bot.chat.render.layout import Component, Layout, components, dated
from bot.domain.people import Group
from bot.domain.program import Program
from bot.storage.posters.at_board import AtBoard

#: Answers kept per programme: a few kilobytes each.
KEPT = 256
#: Programmes whose answers are kept: one for each event, and one for each server whose organizers changed something.
PROGRAMMES = 16

_Key = tuple[Lookup, int, frozenset[Group], bool, tuple[bool, bool, bool], AtBoard]


class Prepared:
    """The most recent answers of the programmes asked for last, ready to send."""

    def __init__(self) -> None:
        #: By identity: a programme is never changed, and each holds itself, so that no other gets its number.
        self._programmes: OrderedDict[int, _OfProgram] = OrderedDict()

    def message(self, ask: Ask) -> Layout:
        """The answer to ``ask``, dated now. Raises what the answer raises."""
        number = id(ask.program)
        kept = self._programmes.get(number)
        if kept is None:
            kept = self._programmes[number] = _OfProgram(ask.program)
            if len(self._programmes) > PROGRAMMES:
                self._programmes.popitem(last=False)
        else:
            self._programmes.move_to_end(number)
        made, footer = kept.answer(ask)
        return dated(made, footer, ask.now)


class _OfProgram:
    def __init__(self, program: Program) -> None:
        self.program = program
        self._moments = sorted(_moments(program))
        self._kept: OrderedDict[_Key, tuple[list[Component], str]] = OrderedDict()

    def answer(self, ask: Ask) -> tuple[list[Component], str]:
        passed = bisect_right(self._moments, ask.now)
        who, where = ask.actor, (ask.public, ask.may_share, ask.in_server)
        key = (ask.lookup, passed, who.groups, who.on_committee, where, ask.at_board)
        found = self._kept.get(key)
        if found is None:
            card = answer(ask)
            found = self._kept[key] = (components(card), card.footer)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return found


def _moments(program: Program) -> Iterator[datetime]:
    """Every instant at which an answer may change (UTC)."""
    for session in program.sessions:
        yield from (session.start, session.end)
        for talk in session.talks:
            yield from (instant for instant in (talk.start, talk.end) if instant)
    for day in program.days:
        # What is today's at the venue is shown without its date.
        for morning in (day, day + timedelta(days=1)):
            yield datetime.combine(morning, time.min, program.event.tz).astimezone(UTC)
    for deadline in program.deadlines:
        yield deadline.due
        if deadline.opens:
            yield deadline.opens
