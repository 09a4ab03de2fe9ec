"""The programmes in force, kept in memory so that a lookup touches no disk."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.domain.changes.apply import apply_edits
from bot.domain.changes.edit import Edit
from bot.domain.program import Program
from bot.domain.search import Index


@dataclass(frozen=True)
class Published:
    """A programme and the index over it. The index is built at its first use."""

    program: Program

    @cached_property
    def index(self) -> Index:
        return Index.of(self.program)


class CurrentProgrammes:
    """Which programme each guild sees. A guild that chose no event sees the default one.

    A guild with live edits sees a programme of its own; all others of an event share one.
    """

    def __init__(
        self,
        default: Program,
        others: Mapping[str, Program],
        events_of_guilds: Mapping[int, str],
        edits: Mapping[tuple[int, str], Sequence[Edit]] | None = None,
    ) -> None:
        """``edits`` are by guild and event; those of an event that the guild does not follow are left aside."""
        self._default = Published(default)
        self._by_event = {event: Published(program) for event, program in others.items()}
        self._by_event[default.event.id] = self._default
        self._events_of_guilds = dict(events_of_guilds)
        self._live: dict[int, Published] = {}
        for (guild_id, event_id), found in (edits or {}).items():
            imported = self.imported(guild_id)
            if imported.event.id == event_id:
                self.put_live(guild_id, apply_edits(imported, found).program)

    def all(self) -> Collection[Published]:
        """Every programme that some guild may see."""
        return (*self._by_event.values(), *self._live.values())

    def for_guild(self, guild_id: int | None) -> Published:
        """The programme for a guild, or for a direct message (None)."""
        if guild_id is None:
            return self._default
        return self._live.get(guild_id) or self._of_event(guild_id)

    def imported(self, guild_id: int) -> Program:
        """What the files say of the event that a guild follows, its live edits left out."""
        return self._of_event(guild_id).program

    def put_live(self, guild_id: int, program: Program) -> Published:
        """Let a guild see ``program`` from now on: its event with its live edits in force."""
        if program is self.imported(guild_id):
            self._live.pop(guild_id, None)
        else:
            self._live[guild_id] = Published(program)
        return self.for_guild(guild_id)

    def _of_event(self, guild_id: int) -> Published:
        return self._by_event.get(self._events_of_guilds.get(guild_id, ""), self._default)
