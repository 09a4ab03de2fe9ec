"""One reader asking one thing: everything an answer depends on, so that answers are pure functions of it."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from bot.chat.boards import NOBODY
from bot.chat.lookup import Lookup
from bot.chat.render.card import Card
from bot.domain.people import ANYBODY, Actor, Group, meant_for
from bot.domain.program import Program
from bot.domain.search import Index
from bot.storage.posters.at_board import AtBoard


class CommandLine(Struct, frozen=True):
    """A slash command as /help shows it. What is ``for_chairs`` is for organizers, too; what is
    ``for_committee`` is not.
    """

    name: str
    description: str
    for_organizers: bool = False
    for_chairs: bool = False
    for_committee: bool = False

    @property
    def for_all(self) -> bool:
        return not (self.for_organizers or self.for_committee)


class Ask(Struct, frozen=True):
    """``now`` is the present instant in UTC. ``public``: for a channel, whose readers are not known.

    ``may_share`` says whether the reader could post the answer where they are, ``in_server`` whether that is in a
    server: elsewhere nobody's roles are known. ``at_board`` says at which boards an author is, in which session: in a
    channel nothing is said of it, where it would stand longer than it is true.
    """

    lookup: Lookup
    program: Program
    index: Index
    now: datetime
    actor: Actor
    commands: tuple[CommandLine, ...] = ()
    public: bool = False
    may_share: bool = True
    in_server: bool = True
    at_board: AtBoard = NOBODY

    @property
    def zone(self) -> ZoneInfo:
        return self.program.event.tz

    def arg(self, position: int) -> str:
        return self.lookup.arg(position)

    def may_show(self, audience: Group) -> bool:
        """Whether the answer may show what is meant for ``audience``; in a channel only what is for everybody."""
        return audience is Group.PUBLIC if self.public else meant_for(self.actor, audience)

    @classmethod
    def of_channel(
        cls, lookup: Lookup, program: Program, index: Index, now: datetime, commands: tuple[CommandLine, ...]
    ) -> "Ask":
        """A question whose answer stands in a channel, asked by nobody in particular."""
        return cls(lookup, program, index, now, ANYBODY, commands, public=True)

    def for_everybody(self) -> "Ask":
        """The same question, answered as it may stand in a channel."""
        return replace(self, actor=ANYBODY, public=True, at_board=NOBODY)


Answer = Callable[[Ask], Card]
