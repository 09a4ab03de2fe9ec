"""New versions of a programme reach the servers that follow it, whoever published them."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from bot.actions.programme.current import Published
from bot.actions.programme.follow_program import Followed, follow_program
from bot.actions.programme.publish_program import Basis, publish_program
from bot.chat.desk import Desk
from bot.chat.organizing.following import Following
from bot.domain.program import Program
from bot.domain.search import Category
from bot.storage.database import Database
from bot.storage.programme import live_edits, programmes
from bot.storage.programme.programmes import Manner, Version

log = logging.getLogger(__name__)

#: Seconds after which another process's version is noticed, at most.
_LOOKS_EVERY = 1.0


class Source(Struct, frozen=True):
    """Where the files of the default event are: ``path`` is absolute, ``read`` gives them as they are now.

    ``publishers`` are the servers whose organizers may publish them; without any, where there is just one server.
    """

    path: str
    read: Callable[[], Mapping[str, bytes]]
    publishers: frozenset[int] = frozenset()

    def may_publish(self, guild_id: int, servers: int) -> bool:
        """Whether a guild's organizers may, where so many ``servers`` follow the event."""
        return guild_id in self.publishers if self.publishers else servers <= 1


class Publishing:
    """Memory is changed before the database: whatever is planned from then on is planned over the new version, and what
    was planned over the old one comes before, since all writes go through one thread.
    """

    def __init__(self, desk: Desk, database: Database, wake: Callable[[], None]) -> None:
        self._desk = desk
        self._db = database
        self._wake = wake
        self._one_at_a_time = asyncio.Lock()
        self._guilds: set[int] = set()
        self._behind: set[int] = set()

    async def welcome(self, guild_id: int) -> None:
        """A server is there: plan for it, and tell it what changed since it was last. Doing it twice is no harm."""
        self._guilds.add(guild_id)
        async with self._one_at_a_time:
            await self._follow(guild_id)

    async def publish(
        self,
        guild_id: int,
        program: Program,
        *,
        fingerprint: str,
        at: datetime,
        by: str,
        folder: str,
        manner: Manner,
        basis: Basis,
    ) -> Followed | None:
        """Publish on behalf of one server, for which alone ``manner`` holds. What it came to there; None where that
        failed for now.

        Raises as ``publish_program``, and what storing raises; then nothing has changed.
        """
        async with self._one_at_a_time:
            version = await publish_program(
                self._db,
                program,
                fingerprint=fingerprint,
                at=at,
                by=by,
                folder=folder,
                manner=replace(manner, guild=guild_id),
                basis=basis,
            )
            return await self._bring(version, guild_id)

    async def run(self) -> None:
        """Until cancelled: notice what other processes publish, and bring up whoever could not be brought up before."""
        seen = -1
        while True:
            try:
                if (now := self._db.changes_seen()) != seen or self._behind:
                    await self.keep_up()
                    seen = now
            except Exception:
                log.exception("could not look for a new programme; it is tried again")
            await asyncio.sleep(_LOOKS_EVERY)

    async def keep_up(self) -> None:
        """Bring every event's newest version to the servers that follow it."""
        async with self._one_at_a_time:
            known, newest = self._desk.programmes.versions(), programmes.newest_ids(self._db.reader)
            for event_id in [event_id for event_id, version in known.items() if newest.get(event_id, 0) > version]:
                # On the writer's thread: a large programme takes long to decode, and answers go on meanwhile.
                version = await self._db.write(partial(programmes.newest, event_id=event_id))
                if version is not None and version.id > known[event_id]:
                    await self._bring(version)
            for guild_id in sorted(self._behind):
                await self._follow(guild_id)

    async def _bring(self, version: Version, own: int | None = None) -> Followed | None:
        """The version to all who follow its event. What it came to for the server ``own``."""
        current = self._desk.programmes
        current.put(version, live_edits.of_all(self._db.reader))
        event = version.program.event
        log.info("event %s: version %d is in force", event.id, version.id)
        found = None
        for guild_id in sorted(self._guilds | ({own} if own is not None else set())):
            if current.version(guild_id) is version:
                followed = await self._follow(guild_id)
                found = followed if guild_id == own else found
        await prepare(current.for_guild(None))
        return found

    async def _follow(self, guild_id: int) -> Followed | None:
        """None where it failed: it is tried again."""
        version, now = self._desk.programmes.version(guild_id), self._desk.clock.now()
        shown = Following(now, self._desk.commands)
        try:
            followed = await follow_program(self._db, guild_id, version, now=now, shown=shown)
        except Exception:
            if guild_id not in self._behind:  # said once: it is tried again every second
                log.exception("server %d could not follow version %d; it is tried again", guild_id, version.id)
            self._behind.add(guild_id)
            return None
        self._behind.discard(guild_id)
        self._desk.programmes.put_live(guild_id, followed.program)
        self._wake()
        if followed.conflicts:
            log.warning("server %d: live changes that the files contradict: %d", guild_id, len(followed.conflicts))
        return followed


async def prepare(published: Published) -> None:
    """Index a programme before somebody searches: in a thread, since a large one takes 0.1 s."""
    for category in Category:
        await asyncio.to_thread(published.index.prepare, category)
