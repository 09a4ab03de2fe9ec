"""A small event whose three reminders are due in one minute, a bot process that delivers them, and what arrived."""

import asyncio
import os
import re
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.delivery.pacing import PER_SECOND
from bot.domain.agenda import Star, StarKind
from bot.domain.call import Deadline, DeadlineKind
from bot.domain.event import Room, Server
from bot.domain.people import Group
from bot.domain.program import Program
from bot.domain.reminders.choice import ReminderChoice
from bot.sandbox import Exchange, Sandbox, Timings
from bot.sandbox_app import world_for
from bot.storage.agenda import reminder_choices, stars
from bot.storage.database import Database, Tables
from bot.storage.delivery import outbox
from tests.chat.samples import at, event, poster, program, session
from tests.event_folder import folder_of

ROOT = Path(__file__).parents[2]
CHANNELS = ("announcements", "schedule", "organizers", "posters", "conduct")
#: 08:44 at the venue, a minute before the reminders of 09:00.
BEFORE = at(-16)
#: What is due at 08:45.
KEYS = {
    "deadline:call:2025-04-28T16:45Z:T-1h",
    "deadline:review:2025-04-28T16:45Z:T-1h",
    "start:2025-04-28T16:00Z:T-15m",
}
_REFERENCE = re.compile(r"nt[0-9a-f]+-(\d+)\.")


def three_reminders() -> Program:
    """One for the programme's channel, one for announcements, one for the organizers."""
    return program(
        event=event(rooms=(Room("main", "Main room"), Room("hall", "Large hall"))),
        sessions=(session(1, 0, 60),),
        speakers=(),
        posters=(poster(1),),
        deadlines=(
            Deadline("call", "Paper submission", DeadlineKind.SUBMISSION, at(45)),
            Deadline("review", "Reviews", DeadlineKind.REVIEW, at(45), Group.REVIEWERS),
        ),
        server=Server(
            {name: name for name in CHANNELS}, {"remind": "Reminders", "organizers": "Organizer", "authors": "Author"}
        ),
    )


@dataclass(frozen=True)
class Trial:
    """A server that outlives the bot, and the bot's files."""

    sandbox: Sandbox
    folder: Path
    crossposted: list[str] = field(default_factory=list)
    """The path of each request that handed a message on."""

    def note(self, exchange: Exchange) -> None:
        if exchange.path.endswith("/crosspost") and exchange.status == 200:
            self.crossposted.append(exchange.path)

    @property
    def database(self) -> Path:
        return self.folder / "usher.db"

    def rows(self) -> dict[str, str]:
        """Key -> state of every row; none before the bot has made its tables."""
        return dict(self._read("SELECT dedupe_key, state FROM outbox"))

    def unsaid(self, by: datetime) -> set[str]:
        """The keys of what is due ``by`` then and has not ended."""
        query = "SELECT dedupe_key FROM outbox WHERE state IN ('queued', 'leased') AND due_at <= ?"
        return {key for (key,) in self._read(query, outbox.millis(by))}

    def said(self) -> Counter[str]:
        """What the bot takes for sent: the key of each message, once. An edit makes none, nor does a case's thread."""
        made = "op IN ('message', 'dm') OR (op = 'thread' AND place LIKE 'poster/%')"
        found = self._read(f"SELECT dedupe_key FROM outbox WHERE state = 'sent' AND ({made})")
        return Counter(key for (key,) in found)

    def text(self, key: str) -> str:
        """What the message that a row's receipt names says now."""
        ((channel, message),) = self._read("SELECT channel_id, message_id FROM outbox WHERE dedupe_key = ?", key)
        return str(self.sandbox.world.channels[channel].messages[message].data["content"])

    def _read(self, query: str, *values: object) -> list[Any]:
        with suppress(sqlite3.OperationalError), closing(sqlite3.connect(self.database)) as db:
            return db.execute(query, values).fetchall()
        return []

    def arrived(self) -> Counter[str]:
        """How often each key's message is in a channel. Answers to one person are none."""
        keys = dict(self._read("SELECT id, dedupe_key FROM outbox"))
        found: Counter[str] = Counter()
        for channel in self.sandbox.world.channels.values():
            for message in channel.messages.values():
                if message.ephemeral:
                    continue
                reference = _REFERENCE.match(message.data["components"][0]["components"][0]["custom_id"])
                assert reference is not None
                found[keys.get(int(reference[1]), "a row that is no more")] += 1
        return found

    def row_of(self, key: str) -> int:
        """The id of the row with this key."""
        ((row,),) = self._read("SELECT id FROM outbox WHERE dedupe_key = ?", key)
        return int(row)

    def threads(self) -> Counter[str]:
        """How often there is a thread of each name."""
        return Counter(thread.name for thread in self.sandbox.world.guild.threads())

    def holders(self) -> set[int]:
        """Who holds the role of authors that did not at first."""
        guild, before = self.sandbox.world.guild, self.sandbox.person("author").user.id
        (role,) = (one.id for one in guild.roles.values() if one.name == "Author")
        return {member.user.id for member in guild.members.values() if role in member.role_ids} - {before}

    def authors(self) -> set[int]:
        """Who is an author of a poster."""
        return {user_id for (user_id,) in self._read("SELECT user_id FROM authorship")}

    def asked_at_boards(self) -> set[int]:
        """Which authors are to be asked three times whether they are at their boards."""
        found = self._read("SELECT dedupe_key FROM outbox WHERE dedupe_key LIKE 'act:author-dm:%' AND state = 'queued'")
        times = Counter(int(key.split(":")[2]) for (key,) in found)
        return {user_id for user_id, number in times.items() if number == 3}

    def kept_holders(self) -> set[int]:
        """To whom the bot gave the role, as it knows."""
        return {user_id for (user_id,) in self._read("SELECT user_id FROM author_role WHERE role_id IS NOT NULL")}

    def handed_on(self) -> Counter[str]:
        """How often each message was handed on to the channels that follow its own, by the key of who asks for that."""
        keys = dict(self._read("SELECT place, dedupe_key FROM outbox WHERE op = 'publish'"))
        found: Counter[str] = Counter()
        for path in self.crossposted:
            ((row,),) = self._read("SELECT id FROM outbox WHERE op = 'message' AND message_id = ?", path.split("/")[-2])
            found[keys[str(row)]] += 1
        return found

    async def remind(self, lead: timedelta) -> str:
        """Let the attendee be reminded of the first session, so long before, in a direct message; the key of that."""
        guild, person = self.sandbox.world.guild.id, self.sandbox.person("attendee").user.id

        def write(tables: Tables) -> None:
            stars.add(tables, guild, person, Star(StarKind.SESSION, "s1"), BEFORE, most=9)
            reminder_choices.put(tables, guild, person, ReminderChoice(lead, digest=False, switched_off=False))

        database = Database.open(self.database)
        await database.write(write)
        database.close()
        return f"dm:{person}:session/s1:2025-04-28T16:00Z:T-{lead // timedelta(minutes=1)}m"

    def age(self, by: timedelta) -> None:
        """Let every attempt under way have begun so much earlier: as if the bot had been down for that long."""
        with closing(sqlite3.connect(self.database)) as db, db:
            db.execute("UPDATE outbox SET claimed_at = claimed_at - ?", [by // timedelta(milliseconds=1)])

    @asynccontextmanager
    async def bot(
        self,
        *,
        step: str = "-",
        op: str = "-",
        request: str = "-",
        start: str = "",
        speed: int = 120,
        pace: float = PER_SECOND,
    ) -> AsyncIterator[asyncio.subprocess.Process]:
        """The bot's process: its clock starts at ``start`` (ISO). Ended afterwards, if it has not ended itself.

        ``pace`` is how many requests it makes in a second.

        ``step``, ``op`` and ``request`` say where it ends itself, see ``killed_bot``.
        """
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.faults.killed_bot", self.sandbox.api_url, self.sandbox.token),
            *(str(self.database), str(self.folder), start or BEFORE.isoformat(), str(speed)),
            *(str(pace), step, op, request),
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


@asynccontextmanager
async def trial(
    folder: Path, *, of: Program | None = None, nonce_life: float = 300.0, limited: bool = True
) -> AsyncIterator[Trial]:
    """``limited``: the server enforces rate limits."""
    planned = of or three_reminders()
    for name, content in folder_of(planned).items():
        (folder / name).write_bytes(content)
    timings = Timings(nonce_life=nonce_life)
    async with Sandbox(world_for(planned), timings=timings, enforce_rate_limits=limited) as sandbox:
        it = Trial(sandbox, folder)
        sandbox.observers.append(it.note)
        yield it


async def until(true: Callable[[], bool], *, within: float = 20.0) -> None:
    """Look again and again until it is so. Raises TimeoutError."""
    async with asyncio.timeout(within):
        while not true():  # noqa: ASYNC110  # another process makes it so, which can set no event here
            await asyncio.sleep(0.02)
