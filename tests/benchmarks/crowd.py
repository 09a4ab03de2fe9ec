"""Many people who asked to be reminded, in a database: what the figures about reminders stand on."""

from datetime import datetime, timedelta
from itertools import islice
from random import Random

from bot.domain.agenda import StarKind
from bot.domain.program import Program
from bot.storage.database import Database, Tables
from tests.planned import plan_guild

#: Personal reminders that are waiting, where nothing else is said.
PENDING = 100_000
#: Sessions in one agenda, as far as there are so many.
_STARS = 20
_FIRST_PERSON = 10**17


async def remind(
    db: Database, guild_id: int, program: Program, now: datetime, *, session: str | None = None, digest: bool = False
) -> int:
    """Let so many people star sessions to come that PENDING direct reminders wait, and plan them; how many people.

    Every agenda holds ``session``, where one is named. With ``digest``, an agenda each morning comes on top.
    """
    coming = [one.id for one in program.held if one.start > now + timedelta(hours=1) and one.id != session]
    chosen = [session] if session else []
    each = min(_STARS, len(coming) + len(chosen))
    people, random = PENDING // each, Random(9)
    stars = [(person, record) for person in range(people) for record in _agenda(random, chosen, coming, each)]

    def write(tables: Tables) -> None:
        tables.conn.executemany(
            "INSERT INTO reminder_choice VALUES (?, ?, 10, 'dm', ?, 0, ?, 0)",
            ((guild_id, _FIRST_PERSON + person, digest, 2 * _FIRST_PERSON + person) for person in range(people)),
        )
        tables.conn.executemany(
            "INSERT INTO star VALUES (?, ?, ?, ?, ?)",
            ((guild_id, _FIRST_PERSON + one, StarKind.SESSION, record, now.isoformat()) for one, record in stars),
        )

    await db.write(write)
    await plan_guild(db, guild_id, program, now=now)
    (waiting,) = db.reader.execute(
        "SELECT count(*) FROM outbox WHERE op = 'dm' AND NOT facts LIKE '%\"day\":\"%'"
    ).fetchone()
    if waiting != people * each:
        raise RuntimeError(f"{waiting} personal reminders wait where {people * each} should")
    return people


def _agenda(random: Random, chosen: list[str], coming: list[str], each: int) -> list[str]:
    return [*chosen, *islice(random.sample(coming, each), each - len(chosen))] if len(chosen) < each else chosen
