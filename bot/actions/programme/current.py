"""The programmes in force, kept in memory so that a lookup touches no disk."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from bot.domain.changes.apply import apply_edits
from bot.domain.changes.edit import Edit
from bot.domain.program import Program
from bot.domain.search import Index
from bot.storage.programme.programmes import Version

#: Guild and event -> what was changed live.
Edits = Mapping[tuple[int, str], Sequence[Edit]]


class Published(Struct, frozen=True, dict=True):
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
        default: Version,
        others: Mapping[str, Version],
        events_of_guilds: Mapping[int, str],
        edits: Edits | None = None,
    ) -> None:
        """``edits`` of an event that the guild does not follow are left aside."""
        self._default = default.program.event.id
        self._versions = {**others, self._default: default}
        self._by_event = {event: Published(version.program) for event, version in self._versions.items()}
        self._events_of_guilds = dict(events_of_guilds)
        self._live: dict[int, Published] = {}
        self._lay(edits or {})

    def all(self) -> Collection[Published]:
        """Every programme that some guild may see."""
        return (*self._by_event.values(), *self._live.values())

    def for_guild(self, guild_id: int | None) -> Published:
        """The programme for a guild, or for a direct message (None)."""
        if guild_id is None:
            return self._by_event[self._default]
        return self._live.get(guild_id) or self._by_event[self._event_of(guild_id)]

    def version(self, guild_id: int) -> Version:
        """What the files say of the event that a guild follows, its live edits left out."""
        return self._versions[self._event_of(guild_id)]

    def imported(self, guild_id: int) -> Program:
        """The programme of ``version``."""
        return self.version(guild_id).program

    def versions(self) -> Mapping[str, int]:
        """Event id -> the id of its version in force, for the events that some guild may follow."""
        return {event: version.id for event, version in self._versions.items()}

    def put(self, version: Version, edits: Edits) -> None:
        """Let an event's guilds see its new version, each with its own ``edits``, from now on."""
        event_id = version.program.event.id
        self._versions[event_id] = version
        self._by_event[event_id] = Published(version.program)
        for guild_id in [guild_id for guild_id in self._live if self._event_of(guild_id) == event_id]:
            del self._live[guild_id]
        self._lay({key: found for key, found in edits.items() if key[1] == event_id})

    def put_live(self, guild_id: int, program: Program) -> Published:
        """Let a guild see ``program`` from now on: its event with its live edits in force."""
        if program is self.imported(guild_id):
            self._live.pop(guild_id, None)
        else:
            self._live[guild_id] = Published(program)
        return self.for_guild(guild_id)

    def _lay(self, edits: Edits) -> None:
        for (guild_id, event_id), found in edits.items():
            if self._event_of(guild_id) == event_id:
                self.put_live(guild_id, apply_edits(self.imported(guild_id), found).program)

    def _event_of(self, guild_id: int) -> str:
        chosen = self._events_of_guilds.get(guild_id, "")
        return chosen if chosen in self._versions else self._default
