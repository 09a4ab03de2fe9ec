"""Whatever comes twice, or at the same moment, or while the bot is away: it is sent once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.announce.announcement import Stage
from bot.sandbox import Person
from bot.sandbox_app import Stage as Running
from tests.chat.announce.acting import BODY, TITLE, lines, listed, written
from tests.chat.announce.test_draft import all_of
from tests.chat.announce.test_sent import SAID, day, direct
from tests.chat.organizing.test_live import organizer, texts, told
from tests.faults.delivered import BEFORE, Trial, trial, until

__all__ = ["day"]
_CREATED = "INTERACTION_CREATE"
#: Between what was pressed first and the reminders of 08:45; and until what is pressed then is due.
_LATER = timedelta(seconds=25)
_AGAIN = BEFORE + _LATER


async def test_a_form_that_arrives_twice_makes_one_draft(day: Running) -> None:
    form = await organizer(day).command("/announce", channel="organizers")
    assert form.modal is not None
    day.sandbox.gateway.say_twice(_CREATED)
    done = await (await organizer(day).submit(form.modal, {"title": TITLE, "body": BODY})).settled()
    await told(day)
    assert ([one.content.title for one in all_of(day)], len(done.messages)) == ([TITLE], 1)


async def test_a_press_that_arrives_twice_sends_once(day: Running) -> None:
    preview = await written(day)
    assert preview.message is not None
    day.sandbox.gateway.say_twice(_CREATED)
    done = await (await organizer(day).press(preview.message, "Send now")).settled()
    await told(day)
    assert lines(day, done)[0] == "It is going out. Refresh shows who was reached."
    assert (texts(day, "announcements").count(SAID), direct(day, "attendee"), direct(day, "author")) == (
        1,
        [SAID],
        [SAID],
    )


def second_organizer(stage: Running) -> Person:
    """Somebody with all that the first one may."""
    person, members = stage.sandbox.person("speaker"), stage.sandbox.world.guild.members
    members[person.user.id].role_ids[:] = members[organizer(stage).user.id].role_ids
    return person


async def test_two_organizers_who_press_send_at_the_same_moment_send_once(day: Running) -> None:
    preview = await written(day)
    ana, ben = organizer(day), second_organizer(day)
    shown = await listed(day, by=ben)
    assert shown.message is not None
    other = await (await ben.choose(shown.message, "pick-an", f"Draft: {TITLE}")).settled()
    assert preview.message is not None
    assert other.message is not None
    replies = await asyncio.gather(ana.press(preview.message, "Send now"), ben.press(other.message, "Send now"))
    told_first = sorted([lines(day, await reply.settled())[0] for reply in replies], key=len)
    await told(day)
    assert (texts(day, "announcements").count(SAID), direct(day, "attendee")) == (1, [SAID])
    assert told_first[0] == "It is going out. Refresh shows who was reached."
    assert told_first[1].endswith("changed this a moment ago. You changed nothing: this is how it is now.")
    assert [(one.stage, one.revision) for one in all_of(day)] == [(Stage.CONFIRMED, 2)]


@asynccontextmanager
async def previewed(it: Trial, *, step: str = "-") -> AsyncIterator[tuple[asyncio.subprocess.Process, dict[str, Any]]]:
    """The bot's process, and a preview that it shows. ``step`` is where a turn that is due ends it."""
    person = it.sandbox.person("organizer")
    async with it.bot(speed=1, step=step, op="spread") as process:
        await it.sandbox.gateway.ready(20)
        form = await person.command("/announce", channel="organizers")
        assert form.modal is not None
        shown = await (await person.submit(form.modal, {"title": TITLE, "body": BODY})).settled()
        assert shown.message is not None
        yield process, shown.message


async def sent_once(it: Trial, preview: dict[str, Any]) -> None:
    """Start the bot again, a little later, and press once more."""
    async with it.bot(start=_AGAIN.isoformat(), speed=1):
        await it.sandbox.gateway.ready(20)
        await (await it.sandbox.person("organizer").press(preview, "Send now")).settled()
        await until(lambda: it.rows().get("act:announce:1:0:here") == "sent" and not it.unsaid(_AGAIN + _LATER))
    assert it.arrived() == it.said()
    assert len(it.sandbox.world.channel_named("announcements").messages) == 1


async def test_send_that_kills_the_bot_before_it_answers_sends_once_though_pressed_again(tmp_path: Path) -> None:
    async with trial(tmp_path) as it:
        # What was pressed is stored; nothing of it is sent, and nobody learns of it.
        async with previewed(it, step="in the claim's transaction") as (process, preview):
            it.sandbox.faults.hang("@original", method="PATCH")
            await it.sandbox.person("organizer").press(preview, "Send now")
            assert await process.wait() == -9
        it.sandbox.faults.clear()
        await sent_once(it, preview)


@pytest.mark.matrix  # it takes three seconds until Discord says that nobody answers
async def test_send_pressed_while_the_bot_is_away_sends_nothing_and_then_once(tmp_path: Path) -> None:
    async with trial(tmp_path) as it:
        async with previewed(it) as (process, preview):
            process.kill()
            await process.wait()
        reply = await it.sandbox.person("organizer").press(preview, "Send now")
        assert (reply.kind, reply.error) == ("failed", "This interaction failed")
        await sent_once(it, preview)
