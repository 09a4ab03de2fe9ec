"""Whoever asks without their name: it stands nowhere that others can see or fetch, from the first word to the last."""

import json
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.chat.render.notices.message import Besides, Context
from bot.chat.render.notices.posters import answer as answer_notice
from bot.domain.people import Group
from bot.domain.posters.question import State
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.sandbox import Person, PersonSpec
from bot.sandbox.building import _add_person
from bot.sandbox_app import Stage
from tests.chat.organizing.test_live import told
from tests.chat.posters import typing
from tests.chat.posters.asking import press
from tests.chat.posters.authoring import FIRST, HIDDEN, NAMED, TITLE, asked, claimed, codes, direct, in_thread, sent
from tests.chat.posters.moderated import form_filled, qa, rows
from tests.chat.posters.typing import deletes, edits, newest, thread_id, types
from tests.chat.samples import at, program
from tests.chat.test_bot import EPHEMERAL, seen
from tests.discord_schema import SchemaCheck
from tests.domain.posters.questions import answer, question

NAME = "Zaphod Unmistakable"
FIRST_ASKED, SECOND_ASKED = "How does it scale with the number of steps?", "Which noise schedule was used for images?"
#: What others type to read of questions, and where.
_READ = {
    "speaker": (
        "general",
        (f"/questions poster title:{FIRST}", f"/poster title:{FIRST}", "/posters"),
    ),
    "author": ("general", ("/author questions", "/questions top", "/questions mine")),
    "organizer": ("organizers", ("/qa unanswered", "/qa export", "/audit", "/deliveries", "/questions top")),
}


def person(stage: Stage, name: str) -> Person:
    return stage.sandbox.person(name)


async def shown_to_others(stage: Stage) -> Iterator[str]:
    """All that everybody but whoever asked can see: channels, threads, direct messages, lists, files."""
    found: list[Any] = []
    for name in ("author", "speaker", "organizer"):
        reader = person(stage, name)
        found += [reader.sees(channel) for channel in list(stage.sandbox.world.guild.channels)]
        found.append(reader.dms())
        channel, commands = _READ[name]
        for command in commands:
            reply = await reader.command(command, channel=channel)
            await reply.settled()
            found.append(reply.messages)
        listed = await reader.command("/questions top", channel="general")
        if listed.message is not None and "Open a question" in json.dumps(listed.message):
            (menu,) = [
                one
                for row in listed.message["components"]
                for one in row.get("components", ())
                if one.get("placeholder") == "Open a question"
            ]
            for option in menu["options"]:
                opened = await reader.choose(listed.message, "Open a question", option["label"])
                found.append(opened.messages)
    files = [one.content.decode("utf-8-sig", "replace") for one in stage.sandbox.world.attachments.values()]
    return iter([*(json.dumps(one, ensure_ascii=False) for one in found), *files])


async def leaks(stage: Stage, asker: Person, log: pytest.LogCaptureFixture) -> list[str]:
    """Each text that others can reach, or that the bot logged, in which whoever asked is named."""
    logged = [record.getMessage() for record in log.records if record.name.startswith("bot")]
    texts = [*(await shown_to_others(stage)), *logged]
    return [text for text in texts if str(asker.user.id) in text or "zaphod" in text.casefold()]


async def test_whoever_hides_their_name_is_named_nowhere_whatever_is_done_with_the_question(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    _add_person(stage.sandbox.world, stage.sandbox.world.guild, PersonSpec(NAME), {})
    asker, author, speaker = (person(stage, name) for name in (NAME, "author", "speaker"))
    code, other = (await codes(stage))[:2]
    await claimed(stage, author, code)
    await claimed(stage, speaker, other)
    await (await speaker.command("/author settings where:thread", channel="general")).settled()
    found: dict[str, list[str]] = {}

    first = await asked(stage, asker, FIRST_ASKED, who=HIDDEN)
    found["asked"] = await leaks(stage, asker, caplog)

    assert first.message is not None
    form = await press(stage, NAME, first.message, "Edit")
    assert form.modal is not None
    await person(stage, NAME).submit(form.modal, {"text": f"{FIRST_ASKED} Or not?", "who": HIDDEN})
    await told(stage)
    found["edited"] = await leaks(stage, asker, caplog)

    second = await asked(stage, asker, SECOND_ASKED, who=NAMED)
    await form_filled(stage, author, _about(stage, 2), "Answer", text="A cosine.")
    # It can be found where it stands.
    assert [str(asker.user.id) in json.dumps(one) for one in _public(stage)[1:]] == [True, True]
    assert second.message is not None
    form = await press(stage, NAME, second.message, "Edit")
    assert form.modal is not None
    await person(stage, NAME).submit(form.modal, {"text": SECOND_ASKED, "who": HIDDEN})
    await told(stage)
    found["hidden afterwards"] = await leaks(stage, asker, caplog)

    await form_filled(stage, author, _about(stage, 1), "Answer", text="It scales.")
    found["answered"] = await leaks(stage, asker, caplog)

    asker.user.accepts_dms = False
    await form_filled(stage, author, _about(stage, 1), "Answer", text="Linearly, that is.")
    found["not reached"] = await leaks(stage, asker, caplog)

    await asked(stage, speaker, "Is there code for it, and where does it stand?", who=NAMED)
    await form_filled(stage, asker, _about(stage, 3), "Report", why="Rude")
    await form_filled(stage, speaker, _about(stage, 1), "Report", why="Off topic")
    found["reported"] = await leaks(stage, asker, caplog)

    await qa(stage, "hide number:1 reason:Off topic")
    await qa(stage, "hide number:2 answer:1 reason:Wrong")
    found["moderated"] = await leaks(stage, asker, caplog)

    mine = await asker.command("/questions mine", channel="general")
    assert mine.message is not None
    opened = await asker.choose(mine.message, "Open a question", f"1: {FIRST_ASKED} Or not?")
    assert opened.message is not None
    await press(stage, NAME, opened.message, "Withdraw")
    await told(stage)
    await (await asker.command("/questions export choice:Leave mine out", channel="general")).settled()
    found["withdrawn"] = await leaks(stage, asker, caplog)

    assert {step: texts for step, texts in found.items() if texts} == {}
    assert len(found) == 8


def _about(stage: Stage, number: int) -> dict[str, Any]:
    """The question's own message."""
    return next(one for one in in_thread(stage) if f"**Question {number}:**" in one["content"])


def _public(stage: Stage) -> list[dict[str, Any]]:
    return [one for one in in_thread(stage) if not one["flags"] & EPHEMERAL]


async def test_a_name_that_is_hidden_after_the_answer_stands_nowhere_in_the_thread(stage: Stage) -> None:
    author, attendee = person(stage, "author"), person(stage, "attendee")
    await claimed(stage, author)
    done = await asked(stage, attendee)
    await form_filled(stage, author, in_thread(stage)[0], "Answer", text="By symmetry.")
    assert [str(attendee.user.id) in json.dumps(one) for one in _public(stage)] == [True, True]
    assert done.message is not None
    await form_filled(stage, attendee, done.message, "Edit", text="Why is it reversible?", who=HIDDEN)
    assert [str(attendee.user.id) in json.dumps(one) for one in _public(stage)] == [False, False]


async def test_what_whoever_asked_was_told_directly_follows_the_answer(stage: Stage) -> None:
    author, attendee = person(stage, "author"), person(stage, "attendee")
    await claimed(stage, author)
    await asked(stage, attendee, who=HIDDEN)
    await form_filled(stage, author, in_thread(stage)[0], "Answer", text="By symmetry.")
    said = [direct(stage, attendee)[1][0]]
    for command in ("hide number:1 answer:1 reason:Wrong", "restore number:1 answer:1"):
        await qa(stage, command)
        said.append(direct(stage, attendee)[1][0])
    has = f"💬 Your question 1 about {TITLE} has an answer"
    assert said == [has, f"~~An answer to your question 1 about {TITLE}~~ was hidden by the organizers.", has]
    assert len(sent(attendee)) == 2


@pytest.mark.parametrize(("hidden", "what"), [(True, "hidden by the organizers"), (False, "taken back")])
def test_an_answer_that_was_gone_before_it_was_told_is_not_told(hidden: bool, what: str) -> None:
    gone = frozenset({answer(1, 1).id} if hidden else ())
    facts = Facts(NoticeKind.ANSWER, (str(question(1).id), str(answer(1, 1).id)))

    def said(*, told: bool) -> str | None:
        besides = Besides(question=question(1, named=False), hidden=gone, told=told)
        found = answer_notice(Context(program(), facts, at(40), Group.PUBLIC, "101", direct=True, besides=besides))
        return found.content if found else None

    # Where it was told, that is corrected.
    there = "~~An answer to your question 1 about Poster 1~~"
    assert (said(told=False), said(told=True)) == (None, f"{there} was {what}.")


@pytest.fixture
async def heard(schema: SchemaCheck | None, tmp_path: Path) -> AsyncIterator[Stage]:
    """A poster's thread in which the bot reads what people type."""
    async with typing.thread(tmp_path, schema, heard=True) as stage:
        yield stage


STEP = "How did you choose the step size?"
TOO_LONG = f"{STEP} {'x' * 900}"


async def test_a_typed_question_keeps_its_name_because_its_message_stands_there(heard: Stage) -> None:
    await types(heard, "attendee", STEP)
    before = [message["content"] for message in person(heard, "speaker").sees(thread_id(heard))]
    opened = await _mine(heard, f"1: {STEP}")
    refused = await form_filled(heard, person(heard, "attendee"), opened, "Edit", text="And the order?", who=HIDDEN)
    assert rows(heard, refused)[:3] == [
        "Question 1 is unchanged",
        "You typed this question, and your message with your name stands above it: your name cannot be hidden. "
        "To ask without your name, delete your message, then press Ask a question.",
        "> And the order?",
    ]
    assert [message["content"] for message in person(heard, "speaker").sees(thread_id(heard))] == before
    assert [(one.text, one.named) for one in typing.asked(heard)] == [(STEP, True)]


async def test_what_was_typed_and_kept_is_asked_without_a_name_and_nothing_leads_to_the_message(heard: Stage) -> None:
    attendee = person(heard, "attendee")
    message = await types(heard, "attendee", TOO_LONG)
    opened = await _mine(heard, f"Draft: {TOO_LONG[:92]}…")
    done = await form_filled(heard, attendee, opened, "Edit", text="And which order does it have?", who=HIDDEN)
    assert (
        "What you typed in the thread still stands there with your name. Delete it if that is not what you want."
        in seen(heard, done.message).splitlines()
    )
    posted = newest(heard)
    assert (posted["content"], posted.get("message_reference"), posted["mentions"]) == (
        "❓ **Question 1:** And which order does it have?\n-# Asked by somebody",
        None,
        [],
    )
    # Neither an author's reply to it, nor what becomes of it, has anything to do with the question any more.
    await types(heard, "author", "Of order two.", message)
    await edits(heard, message, "Never mind.")
    await deletes(heard, message)
    assert (newest(heard)["content"], newest(heard)["id"]) == (posted["content"], posted["id"])
    assert ([one.state for one in typing.asked(heard)], typing.given(heard)) == ([State.OPEN], [])


async def _mine(stage: Stage, label: str) -> dict[str, Any]:
    """One of the attendee's own questions, opened from their list."""
    attendee = person(stage, "attendee")
    listed = await attendee.command("/questions mine", channel="general")
    assert listed.message is not None
    opened = await attendee.choose(listed.message, "Open a question", label)
    assert opened.message is not None
    return opened.message
