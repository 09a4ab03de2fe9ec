"""Who is at which board, kept in memory so that a lookup touches no disk."""

from collections.abc import Mapping

from bot.storage.posters.at_board import AtBoard

NOBODY: AtBoard = frozenset()
#: The lookups whose answers show it. All others are kept whoever comes and goes.
SHOWING = frozenset({"poster", "posters"})


class Boards:
    """What is given out is a value that is never changed: a lookup's answer is kept under it."""

    def __init__(self, of_guilds: Mapping[int, AtBoard] | None = None) -> None:
        self._of_guilds = dict(of_guilds or {})

    def of(self, guild_id: int | None) -> AtBoard:
        return NOBODY if guild_id is None else self._of_guilds.get(guild_id, NOBODY)

    def put(self, guild_id: int, there: AtBoard) -> None:
        self._of_guilds[guild_id] = there
