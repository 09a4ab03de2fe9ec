"""How far what is typed in the threads of each server was read, which is where reading begins at the next start.

Discord tells of what is typed from the moment a bot is there, and of nothing before. So what is heard says that all
before it was read only once the bot has caught up with what it missed.
"""

from datetime import datetime
from functools import partial

import discord

from bot.storage.database import Database
from bot.storage.posters import typed

#: Half a minute, in messages' ids (Discord, Snowflakes: milliseconds, then 22 bits): what is read again is taken once.
_NOTED_EVERY = 30_000 << 22


class ReadMark:
    def __init__(self, database: Database) -> None:
        self._db = database
        #: How often something may have been missed, and for how many of these times it was read; by the server's id.
        self._missed: dict[int, int] = {}
        self._caught_up: dict[int, int] = {}
        #: The newest message that was noted as read, by the server's id.
        self._noted: dict[int, int] = {}

    def miss(self, guild_id: int) -> None:
        """From here on there may be messages that were not told of, before what is heard."""
        self._missed[guild_id] = self.missed(guild_id) + 1

    def missed(self, guild_id: int) -> int:
        """How often that was so: what is read now catches up with it."""
        return self._missed.get(guild_id, 1)

    def known(self, guild_id: int) -> int | None:
        """The id of the newest message of a server that is known to have been read; None where none was."""
        return typed.read_up_to(self._db.reader, guild_id)

    async def caught_up(self, guild_id: int, message_id: int, missed: int) -> None:
        """All up to this message was read. ``missed``: as it was when that began; it may have happened again."""
        self._caught_up[guild_id] = max(missed, self._caught_up.get(guild_id, 0))
        await self._note(guild_id, message_id)

    async def heard(self, guild_id: int, message_id: int) -> None:
        """A message was told of and read."""
        if self._caught_up.get(guild_id) == self.missed(guild_id):
            await self._note(guild_id, message_id)

    async def followed(self, guild_id: int, at: datetime) -> None:
        """An edit of this UTC instant was told of and followed, which is not to be done again."""
        if self._caught_up.get(guild_id) == self.missed(guild_id):
            await self._note(guild_id, discord.utils.time_snowflake(at, high=True), surely=True)

    async def _note(self, guild_id: int, message_id: int, *, surely: bool = False) -> None:
        """Now and then, unless ``surely``."""
        if surely or message_id - self._noted.get(guild_id, 0) >= _NOTED_EVERY:
            self._noted[guild_id] = message_id
            await self._db.write(partial(typed.note_read, guild_id=guild_id, message_id=message_id))
