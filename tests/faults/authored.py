"""A direct message to an author of a poster that is due in a moment, for the kill matrix."""

from collections.abc import Mapping

from bot.actions.posters.tell_authors import tell_authors
from bot.domain.posters.question import State
from bot.storage.database import Database, Tables
from bot.storage.posters import authorship, questions
from tests.chat.samples import at
from tests.faults.delivered import Trial, three_reminders

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
