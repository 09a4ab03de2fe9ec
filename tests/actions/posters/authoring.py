"""A small programme with posters and authors, for the tests of what follows for them."""

from collections.abc import Iterator
from datetime import datetime
from itertools import count

from bot.actions.posters.ask import Written, ask
from bot.domain.audit import By
from bot.domain.event import Server
from bot.domain.posters.author import AuthorChoice
from bot.domain.posters.question import Question
from bot.domain.program import Program
from bot.domain.sessions import Kind
from bot.storage.database import Database, Tables
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import Row, State
from bot.storage.posters import authors, authorship, direct_channels
from bot.storage.posters.direct_channels import DirectChannel
from tests.chat.samples import at, poster, program, session

GUILD, ORGANIZER, ADA, BOB, EVE = 1, 2, 11, 12, 13
CHANNEL = DirectChannel(90)
_acts = count(1_000)

#: Two poster sessions; the first poster is shown in both, the second in the later one.
SMALL = program(
    sessions=(session(1, 0, 60, Kind.POSTER), session(2, 120, 180, Kind.POSTER)),
    posters=(poster(1, authors=("Ada", "Bob")), poster(2, session="s2")),
    server=Server({"organizers": "organizers"}),
)


def by(user: int, when: datetime, act: int | None = None) -> By:
    return By(user, act if act is not None else next(_acts), when)


async def be_author(
    db: Database, user: int, *posters: str, choice: AuthorChoice | None = None, channel: DirectChannel = CHANNEL
) -> None:
    """As it is stored, with nothing planned."""

    def write(tables: Tables) -> None:
        for name in posters or ("p1",):
            authorship.add(tables, GUILD, name, user, at=at(-600))
        if choice:
            authors.choose(tables, GUILD, user, choice)
        direct_channels.put(tables, GUILD, user, channel)

    await db.write(write)


async def asked(
    db: Database, when: datetime, *, user: int = EVE, named: bool = True, text: str = "Why?", of: Program = SMALL
) -> Question:
    return (await ask(db, GUILD, Written("p1", text, named), of, by=by(user, when), anyway=True)).question


def rows(db: Database, *, keys: str = "act:author", state: State = State.QUEUED) -> list[Row]:
    return [row for row in outbox.of_guild(db.reader, GUILD) if row.key.startswith(keys) and row.state is state]


def told(db: Database, *, keys: str = "act:author", state: State = State.QUEUED) -> list[tuple[str, str, datetime]]:
    """Key, place and when."""
    return [(row.key, row.place, row.due_at) for row in rows(db, keys=keys, state=state)]


def codes() -> Iterator[str]:
    """AAAAAAAA, BBBBBBBB and so on."""
    return (letter * 8 for letter in "ABCDEFGH")
