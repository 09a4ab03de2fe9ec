"""For the kill matrix, due in a moment: a direct message to an author, the role of authors, and a plan for many."""

from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import replace

from bot.actions.posters.claim import assign, remove
from bot.actions.posters.plan_portions import AT_ONCE
from bot.actions.posters.tell_authors import tell_authors
from bot.domain.audit import By
from bot.domain.posters.question import State
from bot.domain.sessions import Kind
from bot.storage.database import Database, Tables
from bot.storage.posters import authorship, questions
from tests.chat.samples import at, poster, session
from tests.event_folder import folder_of
from tests.faults.delivered import Trial, three_reminders, until

_ASKED = at(-20)


async def directly(it: Trial) -> Mapping[str, str]:
    """A question to an author, asked while nothing else is due."""
    guild, person = it.sandbox.world.guild.id, it.sandbox.person("author").user.id

    def write(tables: Tables) -> None:
        authorship.add(tables, guild, "p1", person, at=_ASKED)
        question = questions.add(tables, guild, "p1", "Why?", asker=7, named=True, state=State.OPEN, at=_ASKED, act=70)
        tell_authors(tables, question, three_reminders(), _ASKED)

    database = Database.open(it.database)
    await database.write(write)
    database.close()
    said = "❓ **Question 1 about Poster 1**"
    return {f"act:author:{person}:question:1": said}


async def role_given(it: Trial) -> Mapping[str, str]:
    """Somebody who did not hold the role was named an author, and is told so."""
    await _named(it, at(-22))
    return {f"act:author:{_person(it)}:named:p1": "📌 **You are an author of Poster 1** at Small, an organizer says."}


async def role_taken(it: Trial) -> Mapping[str, str]:
    """They were named, and are no author any more: nothing is left to say."""
    await _named(it, at(-26))
    async with it.bot(start=at(-25).isoformat(), speed=1):
        await until(lambda: not it.unsaid(at(-25)))
    assert it.holders() == {_person(it)}
    database = Database.open(it.database)
    guild, program = it.sandbox.world.guild.id, three_reminders()
    await remove(database, guild, poster(1), _person(it), "Attendee", program, by=By(1, 2, at(-22)))
    database.close()
    return {}


async def planned(it: Trial) -> Mapping[str, str]:
    """The files name a poster session by now, hours away, for more authors than are planned at once."""
    guild = it.sandbox.world.guild.id

    def write(tables: Tables) -> None:
        for number in range(AT_ONCE + 20):
            authorship.add(tables, guild, "p1", 1_000 + number, at=_ASKED)

    database = Database.open(it.database)
    await database.write(write)
    database.close()
    small = three_reminders()
    changed = replace(small, sessions=(*small.sessions, session(2, 180, 240, Kind.POSTER)))
    for name, content in folder_of(changed).items():
        (it.folder / name).write_bytes(content)
    return {}


def _person(it: Trial) -> int:
    return it.sandbox.person("attendee").user.id


async def _named(it: Trial, when: datetime) -> None:
    database = Database.open(it.database)
    guild, program = it.sandbox.world.guild.id, three_reminders()
    await assign(database, guild, poster(1), _person(it), "Attendee", program, by=By(1, 1, when))
    database.close()
