"""A poster's thread in which people type, as they see it: the real client on the sandbox, on the day."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from bot.actions.posters.say import thread_of, want_thread
from bot.domain.posters.question import Answer, Question
from bot.sandbox import Person, posting
from bot.sandbox.state import Channel
from bot.sandbox_app import Stage
from bot.storage import threads
from bot.storage.database import Tables
from bot.storage.posters import answers, authorship, questions
from tests.chat.organizing.test_live import guild, told
from tests.chat.test_bot import EPHEMERAL, seen
from tests.discord_schema import SchemaCheck
from tests.staging import on_stage

#: A poster of the event's.
POSTER = "0gEFLVUL6n"
#: A channel of the server's that is no thread, for what shows that everything before it was heard.
_ELSEWHERE = "general"


@asynccontextmanager
async def thread(path: Path, schema: SchemaCheck | None, *, heard: bool) -> AsyncIterator[Stage]:
    """The event on its day, with the thread of ``POSTER`` open and the author known. ``heard``: the content intent."""
    database = path / "usher.db"
    async with on_stage(database=database, message_content=heard, schema=schema) as stage:
        await stage.database.write(partial(_begin, stage))
        await told(stage)
        yield stage


def _begin(stage: Stage, tables: Tables) -> None:
    now = stage.clock.now()
    want_thread(tables, guild(stage), POSTER, now)
    authorship.add(tables, guild(stage), POSTER, stage.sandbox.person("author").user.id, at=now)


def thread_id(stage: Stage, poster: str = POSTER) -> int:
    found = threads.of_subject(stage.database.reader, guild(stage), thread_of(poster))
    assert found is not None
    return found.thread_id


async def types(
    stage: Stage, who: str, text: str, to: dict[str, Any] | None = None, *, ping: bool = True, where: int | None = None
) -> dict[str, Any]:
    """Somebody types it in the thread, as a reply ``to`` a message; then until what comes of it was said."""
    message = await stage.sandbox.person(who).say(where or thread_id(stage), text, to, ping=ping)
    await heard(stage)
    return message


async def edits(stage: Stage, message: dict[str, Any], text: str) -> None:
    await writer(stage, message).edit(message, text)
    await heard(stage)


async def deletes(stage: Stage, *messages: dict[str, Any]) -> None:
    """Whoever wrote it takes it back, or a moderator all of them at once."""
    if len(messages) == 1:
        await writer(stage, messages[0]).delete(messages[0])
    else:
        channel = place(stage, messages[0])
        found = [channel.messages[int(message["id"])] for message in messages]
        posting.delete(stage.sandbox._core, channel, found, in_bulk=True)
    await heard(stage)


def writer(stage: Stage, message: dict[str, Any]) -> Person:
    return stage.sandbox.person(str(message["author"]["username"]))


def place(stage: Stage, message: dict[str, Any]) -> Channel:
    return stage.sandbox.world.channels[int(message["channel_id"])]


async def heard(stage: Stage) -> None:
    """Until the bot has taken in everything that was sent to it, and said what is due."""
    mark = await stage.sandbox.person("organizer").say(_ELSEWHERE, "Is everything heard?")
    async with asyncio.timeout(10):
        await stage.client.wait_for("message", check=lambda message: str(message.id) == mark["id"])
        # What the library began for the events before that one.
        begun = [task for task in asyncio.all_tasks() if task.get_name().startswith("discord.py: on_")]
        await asyncio.gather(*begun)
    await told(stage)


def stands(stage: Stage, *, where: int | None = None) -> list[str]:
    """What the bot said in the thread after the poster itself, without its buttons."""
    found = stage.sandbox.person("attendee").sees(where or thread_id(stage))
    own = [message for message in found[1:] if message["author"].get("bot") and not message["flags"] & EPHEMERAL]
    return ["\n".join(row for row in seen(stage, message).splitlines() if not row.startswith("[")) for message in own]


def newest(stage: Stage) -> dict[str, Any]:
    """The bot's last message in the thread."""
    found = stage.sandbox.person("attendee").sees(thread_id(stage))
    return [message for message in found if message["author"].get("bot") and not message["flags"] & EPHEMERAL][-1]


def asked(stage: Stage) -> list[Question]:
    """Every question that was typed or collected, in the order it came."""
    rows = stage.database.reader.execute("SELECT id FROM question ORDER BY id").fetchall()
    found = [questions.of_id(stage.database.reader, guild(stage), row[0]) for row in rows]
    return [one for one in found if one is not None]


def given(stage: Stage) -> list[Answer]:
    rows = stage.database.reader.execute("SELECT id FROM answer ORDER BY id").fetchall()
    found = [answers.of_id(stage.database.reader, guild(stage), row[0]) for row in rows]
    return [one for one in found if one is not None]
