"""A hundred thousand questions about the posters of an event, in a database, and what people do with them."""

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from bot.chat.lookup import Lookup, short
from bot.domain.program import Program
from bot.sandbox import World
from bot.sandbox.snowflake import WORLD_BEGAN
from bot.sandbox.state import Member, User
from bot.storage.database import Database, Tables

QUESTIONS = 100_000
_PEOPLE, _FIRST_PERSON, _FIRST_ACT = 5_000, 10**17, 10**15
_WORDS = (
    "why how where does your sampler noise schedule score flow matching loss training data gradient "
    "kernel bound proof theorem step size variance guidance latent encoder baseline ablation code scale "
    "dimension protein image speech discrete continuous bridge transport entropy target energy model "
    "prior posterior limit rate"
)


def text(random: Random) -> str:
    """A question of six to twenty words."""
    return f"{' '.join(random.choices(_WORDS.split(), k=random.randint(6, 20)))}?".capitalize()


async def fill(db: Database, guild: int, program: Program) -> None:
    """So many questions, a third of them answered, each with up to forty votes."""
    random = Random(7)
    posters = [poster.id for poster in program.posters]

    def rows() -> Iterator[tuple[Any, ...]]:
        for number in range(1, QUESTIONS + 1):
            asker, state = _FIRST_PERSON + random.randrange(_PEOPLE), random.choice(("open", "open", "answered"))
            poster, votes = posters[number % len(posters)], random.randrange(40)
            yield guild, poster, number, asker, number % 2, text(random), state, votes, number, _FIRST_ACT + number

    def write(tables: Tables) -> None:
        tables.conn.executemany(
            "INSERT INTO question(guild_id, poster_id, number, asker, named, text, state, votes, asked_at, made_by)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows(),
        )

    await db.write(write)


def form(program: Program, number: int, words: str) -> Mapping[str, Any]:
    """What comes back when somebody fills in the form for a poster."""
    poster = program.posters[number % len(program.posters)]
    fields = ({"type": 4, "custom_id": "text", "value": words}, {"type": 3, "custom_id": "who", "values": ["named"]})
    return {
        "custom_id": f"fm:{Lookup('ask', (short(poster.id),)).encode()}",
        "components": [{"type": 18, "component": field} for field in fields],
    }


def crowd(world: World, number: int) -> list[User]:
    """So many members of the server."""
    people = [world.add_user(f"person {each}") for each in range(number)]
    for user in people:
        world.guild.members[user.id] = Member(user, [], WORLD_BEGAN)
    return people
