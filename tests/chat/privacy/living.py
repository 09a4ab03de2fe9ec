"""A person who does everything that can be stored, for the tests of privacy, and what is found of them."""

import asyncio
from datetime import timedelta
from typing import Any

from aiohttp import ClientSession

from bot.sandbox import Person, Reply
from bot.sandbox_app import Stage
from bot.storage import threads
from bot.storage.database import Tables
from bot.storage.posters import authorship
from tests.chat.organizing.test_live import told
from tests.chat.test_agenda import add
from tests.chat.test_bot import EPHEMERAL, press_through, seen

SHOWN, HIDDEN = "Show my name", "Hide my name: only organizers can see it"


def guild(stage: Stage) -> int:
    return stage.sandbox.world.guild.id


async def later(stage: Stage, seconds: int = 10) -> None:
    """Until what is due by then was said and edited."""
    async with asyncio.timeout(30):
        await stage.clock.live_through(stage.clock.now() + timedelta(seconds=seconds))


async def ask(stage: Stage, person: Person, text: str, who: str) -> None:
    form = await person.command(f"/ask poster title:{stage.program.posters[0].id}", channel="general")
    assert form.modal is not None
    await person.submit(form.modal, {"text": text, "who": who})
    await told(stage)


async def answer(person: Person, message: dict[str, Any], text: str) -> None:
    form = await person.press(message, "Answer")
    assert form.modal is not None
    await person.submit(form.modal, {"text": text})


def thread(stage: Stage) -> int:
    found = threads.of_subject(stage.database.reader, guild(stage), f"poster/{stage.program.posters[0].id}")
    assert found is not None
    return found.thread_id


def public(stage: Stage, person: Person, channel: str | int) -> list[dict[str, Any]]:
    return [message for message in person.sees(channel) if not message["flags"] & EPHEMERAL]


def said(stage: Stage, person: Person, channel: str | int) -> list[str]:
    """What everybody reads in a channel, without the buttons."""
    texts = [seen(stage, message) for message in public(stage, person, channel)]
    return ["\n".join(row for row in text.splitlines() if not row.startswith("[")) for text in texts]


async def live(stage: Stage) -> tuple[Person, Person]:
    """Everything that an attendee can do who is an author, too; the other is an author who answers them."""
    person, other = stage.sandbox.person("attendee"), stage.sandbox.person("author")
    poster = stage.program.posters[0].id

    def write(tables: Tables) -> None:
        for one in (person, other):
            authorship.add(tables, guild(stage), poster, one.user.id, at=stage.clock.now())

    await stage.database.write(write)
    await add(person, "/session name:invited-2")
    await add(person, "/session name:closing")
    await (await person.command("/remind switch:on where:In the channel", channel="general")).settled()
    await later(stage, 180)
    await (await person.command("/remind where:Direct message digest:no", channel="general")).settled()
    await (await press_through(person, await person.command("/settings", channel="general"), "In person")).settled()
    await (await press_through(person, await person.command("/agenda show", channel="general"), "Share")).settled()
    await press_through(person, await person.command(f"/poster title:{poster}", channel="general"), "I was here")
    await ask(stage, person, "Why does the first step converge?", SHOWN)
    await ask(stage, person, "Is there code that we can run?", HIDDEN)
    await ask(stage, other, "How large was the batch in table two?", SHOWN)
    await ask(stage, person, "How large was the batch of table two?", SHOWN)  # resembles it, and is kept as a draft
    _, first, _, theirs = public(stage, person, thread(stage))
    await answer(other, first, "Because it is convex.")
    await answer(person, theirs, "It was 64.")
    await person.press(theirs, "Upvote · 0")
    await later(stage)
    return person, other


def standing(stage: Stage, text: str) -> set[str]:
    """Every column of the database in which a text stands."""
    db = stage.database.reader
    return {
        f"{table}.{column.name}"
        for table in db.table_names()
        for column in db[table].columns
        if db.execute(f"SELECT 1 FROM {table} WHERE instr({column.name}, ?)", [text]).fetchone()
    }


async def opened(person: Person, *labels: str) -> Reply:
    return await press_through(person, await person.command("/privacy", channel="general"), *labels)


async def file_of(person: Person) -> Any:
    reply = await opened(person, "Get my data")
    assert reply.message is not None
    assert reply.message["flags"] == EPHEMERAL
    (attachment,) = reply.message["attachments"]
    async with ClientSession() as session, session.get(attachment["url"]) as response:
        return await response.json(content_type=None)
