"""What a bot's gateway is sent of messages and threads, event by event, before the library makes objects of it."""

from typing import Any

import discord


class Ears:
    """``heard`` holds (event, data) from now on."""

    def __init__(self, bot: discord.Client) -> None:
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self._parsers = bot._connection.parsers
        for event in [one for one in self._parsers if one.startswith(("THREAD", "MESSAGE"))]:
            self._listen(event)

    def _listen(self, event: str) -> None:
        parse = self._parsers[event]

        def keep(data: Any) -> None:
            self.heard.append((event, dict(data)))
            parse(data)

        self._parsers[event] = keep
