"""Questions that are due in a moment, for the kill matrix: a poster's thread, a question and an answer in it."""

from collections.abc import Mapping

from msgspec.structs import replace

from bot.actions.posters.answer import answer
from bot.actions.posters.ask import Written, ask
from bot.actions.posters.vote import vote
from bot.domain.audit import By
from bot.storage.database import Database
from bot.storage.posters import authorship
from tests.chat.samples import at, poster
from tests.event_folder import folder_of
from tests.faults.delivered import Trial, three_reminders, until

_THREAD, _FIRST = "act:thread:poster/p1:0", "act:question:1"


async def in_a_new_thread(it: Trial) -> Mapping[str, str]:
    """A question about a poster that has no thread yet: that is opened, and the question is posted there."""
    await _ask(it, 1)
    return {_THREAD: "📌 **Poster 1**", _FIRST: "❓ **Question 1:** Why is question 1 so?"}


async def in_a_thread(it: Trial) -> Mapping[str, str]:
    """Another question, once the thread is there."""
    await _opened(it)
    await _ask(it, 2)
    return {"act:question:2": "❓ **Question 2:** Why is question 2 so?"}


async def answered(it: Trial) -> Mapping[str, str]:
    """An answer; the question's own message says so, too."""
    await _opened(it)
    guild, author = it.sandbox.world.guild.id, it.sandbox.person("author").user.id
    database = Database.open(it.database)
    await database.write(lambda tables: authorship.add(tables, guild, "p1", author, at=at(-20)))
    await answer(database, guild, 1, "Because of that.", by=By(author, 9, at(-20)))
    database.close()
    return {"act:answer:1": f"💬 **Answer to question 1** by <@{author}>:"}


async def upvoted(it: Trial) -> Mapping[str, str]:
    """The number of votes below a question."""
    await _opened(it)
    guild, person = it.sandbox.world.guild.id, it.sandbox.person("speaker").user.id
    database = Database.open(it.database)
    await vote(database, guild, 1, by=By(person, 9, at(-20)))
    database.close()
    (key,) = (key for key in it.rows() if key.startswith("act:edit:"))
    return {key: "❓ **Question 1:** Why is question 1 so?"}


async def renamed(it: Trial) -> Mapping[str, str]:
    """A poster has another title in the files: its post says so, and is called so."""
    await _opened(it)
    titled = replace(three_reminders(), posters=(poster(1, title="Another title"),))
    for name, content in folder_of(titled).items():
        (it.folder / name).write_bytes(content)
    row = it.row_of(_THREAD)
    return {f"act:rename:{row}": "📌 **Another title**", f"act:edit:{row}": "📌 **Another title**"}


async def _opened(it: Trial) -> None:
    await _ask(it, 1)
    async with it.bot(start=at(-20).isoformat(), speed=1):
        await until(lambda: it.rows().get(_FIRST) == "sent")


async def _ask(it: Trial, number: int) -> None:
    guild, person = it.sandbox.world.guild.id, it.sandbox.person("attendee").user.id
    database = Database.open(it.database)
    written = Written("p1", f"Why is question {number} so?", named=False)
    await ask(database, guild, written, three_reminders(), by=By(person, number, at(-20)), anyway=True)
    database.close()
