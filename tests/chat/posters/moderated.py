"""People who ask, answer and look after questions, for the tests of moderation and export."""

from typing import Any

from bot.domain.audit import Entry
from bot.domain.posters.question import Question
from bot.sandbox import Person, Reply
from bot.sandbox_app import Stage
from bot.storage import audit
from bot.storage.posters import authorship, questions
from tests.chat.organizing.test_live import organizer, told
from tests.chat.test_bot import EPHEMERAL, seen

POSTER = "The Diffusion Duality"
POSTER_ID = "CB0Ub2yXjC"
TEXT = "How does the duality hold for discrete data?"
ANSWER = "By a Gaussian below it."
STOPPED = (
    "The organizers have stopped you from asking, upvoting and answering. Their reason: Spam. "
    "If you think that is a mistake, write to an organizer."
)
HIDDEN = "~~Question 1~~ was hidden by the organizers."


def guild(stage: Stage) -> int:
    return stage.sandbox.world.guild.id


def person(stage: Stage, name: str = "attendee") -> Person:
    return stage.sandbox.person(name)


async def asked(stage: Stage, text: str = TEXT, *, by: str = "attendee", named: bool = False) -> Question:
    """A question about the poster, in its thread."""
    form = await person(stage, by).command(f"/ask poster title:{POSTER}", channel="general")
    assert form.modal is not None
    who = "Show my name" if named else "Hide my name: only organizers can see it"
    done = await person(stage, by).submit(form.modal, {"text": text, "who": who})
    await done.settled()
    await told(stage)
    return questions.of_asker(stage.database.reader, guild(stage), person(stage, by).user.id)[0]


async def answered(stage: Stage, question: Question, text: str = ANSWER) -> None:
    """An author's answer."""
    author = person(stage, "author")

    def claim(tables: Any) -> None:
        authorship.add(tables, guild(stage), question.poster_id, author.user.id, at=stage.clock.now())

    await stage.database.write(claim)
    form = await author.press(message_of(stage, question), "Answer")
    assert form.modal is not None
    await (await author.submit(form.modal, {"text": text})).settled()
    await told(stage)


def thread(stage: Stage) -> int:
    """The id of the only thread."""
    (found,) = [one.id for one in stage.sandbox.world.guild.channels.values() if one.parent_id is not None]
    return found


def posted(stage: Stage, channel: str | int | None = None) -> list[dict[str, Any]]:
    """What stands in a channel for all who see it; in the thread without a channel."""
    found = person(stage, "organizer").sees(thread(stage) if channel is None else channel)
    return [message for message in found if not message["flags"] & EPHEMERAL]


def message_of(stage: Stage, question: Question) -> dict[str, Any]:
    return next(one for one in posted(stage) if f"uestion {question.number}" in one["content"])


def said(stage: Stage) -> list[str]:
    """The texts of the thread, without its first message."""
    return [one["content"] for one in posted(stage)[1:]]


async def qa(stage: Stage, command: str, *, by: Person | None = None) -> Reply:
    """An organizer types a command, and what it changes is posted."""
    done = await (by or organizer(stage)).command(f"/qa {command}", channel="organizers")
    await done.settled()
    await told(stage)
    return done


async def form_filled(stage: Stage, filling: Person, message: dict[str, Any], label: str, **texts: str) -> Reply:
    """Press a button that opens a form, and fill it in."""
    form = await filling.press(message, label)
    assert form.modal is not None
    done = await (await filling.submit(form.modal, texts)).settled()
    await told(stage)
    return done


def rows(stage: Stage, reply: Reply) -> list[str]:
    """What a reply shows, without rules and small print."""
    shown = seen(stage, reply.message).replace("─", "").splitlines()
    return [row for row in shown if row and "As of" not in row]


def trail(stage: Stage) -> list[Entry]:
    """Oldest first."""
    return audit.newest(stage.database.reader, guild(stage), most=99)[::-1]


def now(stage: Stage, question: Question) -> Question:
    """The question as it is stored now."""
    found = questions.of_id(stage.database.reader, guild(stage), question.id)
    assert found is not None
    return found


def content(reply: Reply) -> str:
    """A text that only its reader sees."""
    assert reply.message is not None
    assert reply.message["flags"] & EPHEMERAL
    return str(reply.message["content"])
