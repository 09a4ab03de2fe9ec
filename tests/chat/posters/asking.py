"""People who ask, vote and answer, for the tests of posters in their threads."""

from typing import Any

from bot.actions.posters.say import thread_of
from bot.domain.posters.question import Question, State
from bot.sandbox import Person, Reply
from bot.sandbox_app import Stage
from bot.storage import threads
from bot.storage.posters import authorship, questions
from tests.chat.samples import NINE
from tests.chat.test_bot import seen
from tests.faults.delivered import until

TEXT = "Why does the sampler diverge at low noise?"


def person(stage: Stage, name: str) -> Person:
    return stage.sandbox.person(name)


def first_poster(stage: Stage) -> str:
    return stage.program.posters[0].id


async def form(stage: Stage, name: str = "attendee", *, poster: str | None = None) -> dict[str, Any]:
    """The form for a question, opened by the command."""
    opened = await person(stage, name).command(f"/ask poster title: {poster or first_poster(stage)}")
    assert opened.modal is not None
    return opened.modal


async def ask(
    stage: Stage, text: str = TEXT, name: str = "attendee", *, who: str = "named", poster: str | None = None
) -> Reply:
    """What somebody sees who asked; the question's message is posted by then."""
    modal = await form(stage, name, poster=poster)
    done = await (await person(stage, name).submit(modal, {"text": text, "who": who})).settled()
    await posted(stage)
    return done


async def posted(stage: Stage) -> None:
    """Wait until nothing is on its way."""
    due = "SELECT count(*) FROM outbox WHERE state IN ('queued', 'leased') AND due_at <= ?"
    now = int(stage.clock.now().timestamp() * 1000)
    await until(lambda: stage.database.reader.execute(due, [now]).fetchone()[0] == 0)


async def press(stage: Stage, name: str, message: dict[str, Any], label: str) -> Reply:
    """Press the button whose label begins so."""
    labels = [one["label"] for row in message["components"] for one in row.get("components", ()) if "label" in one]
    (full,) = (one for one in labels if one.startswith(label))
    return await person(stage, name).press(message, full)


def thread(stage: Stage, *, poster: str | None = None, reader: str = "attendee") -> list[dict[str, Any]]:
    """The messages in a poster's thread, as somebody sees them, without what is for them alone."""
    guild = stage.sandbox.world.guild.id
    found = threads.of_subject(stage.database.reader, guild, thread_of(poster or first_poster(stage)))
    assert found is not None
    return [message for message in person(stage, reader).sees(found.thread_id) if not message["flags"] & 64]


def question(stage: Stage, number: int = 1) -> Question:
    found = questions.of_number(stage.database.reader, stage.sandbox.world.guild.id, number)
    assert found is not None
    return found


def everything(stage: Stage) -> list[tuple[int | None, str, State]]:
    """Number, text and state of every question, the oldest first."""
    rows = stage.database.reader.execute("SELECT number, text, state FROM question ORDER BY id")
    return [(number, text, State(state)) for number, text, state in rows]


async def claims(stage: Stage, name: str = "author", *, poster: str | None = None) -> None:
    """Make somebody an author of a poster."""
    guild, user = stage.sandbox.world.guild.id, person(stage, name).user.id
    await stage.database.write(
        lambda tables: authorship.add(tables, guild, poster or first_poster(stage), user, at=NINE)
    )


def rows(stage: Stage, reply: Reply) -> list[str]:
    """What a private answer shows, without rules, controls and small print."""
    shown = seen(stage, reply.message).replace("─", "").splitlines()
    return [row for row in shown if row and "As of" not in row and not row.startswith("[")]


def buttons(message: dict[str, Any] | None) -> list[str]:
    assert message is not None
    return [one["label"] for row in message["components"] for one in row.get("components", ()) if "label" in one]
