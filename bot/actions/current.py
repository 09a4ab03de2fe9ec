"""The programmes in force, kept in memory so that a lookup touches no disk."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

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
    """Which programme each guild sees. A guild that chose no event sees the default one."""

    def __init__(self, default: Program, others: Mapping[str, Program], events_of_guilds: Mapping[int, str]) -> None:
        self._default = Published(default)
        self._by_event = {event: Published(program) for event, program in others.items()}
        self._by_event[default.event.id] = self._default
        self._events_of_guilds = dict(events_of_guilds)

    def all(self) -> Collection[Published]:
        """Every programme that some guild may see."""
        return self._by_event.values()

    def for_guild(self, guild_id: int | None) -> Published:
        """The programme for a guild, or for a direct message (None)."""
        if guild_id is None:
            return self._default
        return self._by_event.get(self._events_of_guilds.get(guild_id, ""), self._default)
