"""Authors, those who ask them, and organizers on the DeLTa event, for the tests of what they read."""

from typing import Any

from bot.sandbox import Person, Reply
from bot.sandbox_app import Stage
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import Row
from bot.storage.posters import authorship, claim_codes
from tests.chat.organizing.test_live import guild, organizer, told
from tests.chat.test_bot import seen

#: Two posters of the event.
FIRST, SECOND = "0gEFLVUL6n", "F9doHADsMV"
TITLE = "A Reversible Solver for Diffusion SDEs"
NAMED, HIDDEN = "Show my name", "Hide my name: only organizers can see it"
WHY = "Why is it reversible?"


async def codes(stage: Stage, poster: str = FIRST) -> list[str]:
    """Those of a poster, in the order of its authors' names. Handed out by an organizer."""
    await (await organizer(stage).command("/author codes", channel="organizers")).settled()
    found = [one for one in claim_codes.of_guild(stage.database.reader, guild(stage)) if one.poster_id == poster]
    return [one.code for one in sorted(found, key=lambda one: one.author)]


async def claimed(stage: Stage, person: Person, code: str | None = None) -> Reply:
    """They claim the first poster, with its first code unless another is given."""
    typed = code or (await codes(stage))[0]
    return await (await person.command(f"/author claim code:{typed}", channel="general")).settled()


async def asked(
    stage: Stage, person: Person, text: str = WHY, *, who: str = NAMED, poster: str = FIRST, wait: bool = True
) -> Reply:
    """They ask; and, unless not to ``wait``, everything that is due by it was said."""
    form = await person.command(f"/ask poster title:{poster}", channel="general")
    assert form.modal is not None
    done = await (await person.submit(form.modal, {"text": text, "who": who})).settled()
    if wait:
        await told(stage)
    return done


async def answered(stage: Stage, person: Person, message: dict[str, Any], text: str, button: str = "Answer") -> Reply:
    form = await person.press(message, button)
    assert form.modal is not None
    done = await (await person.submit(form.modal, {"text": text})).settled()
    await told(stage)
    return done


def direct(stage: Stage, person: Person) -> list[list[str]]:
    """The lines of each direct message that the bot sent by itself."""
    return [seen(stage, message).splitlines() for message in sent(person)]


def sent(person: Person) -> list[dict[str, Any]]:
    """Without what was answered to them alone."""
    return [message for message in person.dms() if not message["flags"] & 64]


def lines(stage: Stage, reply: Reply) -> list[str]:
    rows = seen(stage, reply.message).replace("─", "").splitlines()
    return [row for row in rows if row and "As of" not in row]


def in_thread(stage: Stage) -> list[dict[str, Any]]:
    """What stands in the first poster's thread, without what begins it."""
    (thread,) = [one for one in stage.sandbox.world.channels.values() if one.name == TITLE]
    return [message.data for message in thread.messages.values()][1:]


def authors(stage: Stage, poster: str = FIRST) -> list[int]:
    return authorship.of_poster(stage.database.reader, guild(stage), poster)


def rows(stage: Stage) -> list[Row]:
    return [row for row in outbox.of_guild(stage.database.reader, guild(stage)) if row.key.startswith("act:author")]
