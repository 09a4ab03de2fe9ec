"""Nothing shows who reported, or what, to whom it should not: every place that holds words is looked through."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.conduct.case import KNOWN_FOR
from bot.sandbox import InteractionType, Person
from bot.sandbox.state import ChannelType
from bot.sandbox_app import Stage
from bot.storage.conduct import retention
from tests.chat.conduct.acting import (
    administrator,
    committee,
    direct,
    form,
    lines,
    newcomer,
    pressed,
    reported,
    said,
    thread,
    wrote,
)
from tests.chat.organizing.test_live import told

#: In lower letters, as everything is looked through.
WHAT, ANSWER, OUTCOME = "he followed me to the hotel", "i am at the station", "we spoke with him"
WORDS = ("hotel", "station", "spoke with him")


async def lived_through(stage: Stage, reporter: Person, *, involved: list[str]) -> list[Any]:
    """A case from its first word to its end; what the committee was shown and handed on the way."""
    ben = committee(stage)
    await reported(stage, reporter, what=WHAT.capitalize(), involved=involved)
    opened = direct(ben)[-1] if involved else said(stage, thread(stage))[0]
    shown = (await ben.press(opened, "Open the case")).message
    assert shown is not None
    card = (await pressed(stage, ben, shown, "Acknowledge")).message
    assert card is not None
    writing = await ben.press(card, "Write to the reporter")
    assert writing.modal is not None
    await ben.submit(writing.modal, {"text": "Are you safe?"})
    await told(stage)
    await wrote(stage, reporter, direct(reporter)[-1], "Answer", ANSWER.capitalize())
    reporter.user.accepts_dms = False
    await wrote(stage, ben, card, "Close", OUTCOME.capitalize())
    exported = await pressed(stage, ben, card, "Export")
    assert exported.message is not None
    files = [stage.sandbox.world.attachments[int(one["id"])].content for one in exported.message["attachments"]]
    await administrator(stage).command("/deliveries", channel="organizers")
    await administrator(stage).command("/audit", channel="organizers")
    return [writing.modal, *(file.decode() for file in files)]


def messages(stage: Stage, reporter: Person) -> Iterator[tuple[str, bool]]:
    """Everything that others than the reporter can read, and whether it is for the committee alone."""
    for channel in stage.sandbox.world.channels.values():
        if reporter.user.id in channel.recipient_ids:
            continue
        for message in channel.messages.values():
            if message.reader_id != reporter.user.id:
                private = channel.type is ChannelType.PRIVATE_THREAD or message.reader_id == committee(stage).user.id
                yield str(message.data).casefold(), private


def tables_with(stage: Stage, text: str) -> set[str]:
    """The tables of the database that hold a text anywhere."""
    db = stage.database.reader
    return {
        table.name
        for table in db.tables
        for row in db.execute(f"SELECT * FROM [{table.name}]")
        if text in f"{row}".casefold()
    }


@pytest.mark.parametrize("involved", [[], ["Organizer"]], ids=["in a thread", "directly"])
async def test_who_reported_and_what_is_shown_to_nobody_else(
    involved: list[str], stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    reporter = newcomer(stage)
    handed = await lived_through(stage, reporter, involved=involved)
    secret = (str(reporter.user.id), "quillon")
    seen = list(messages(stage, reporter))
    assert len(seen) > 10
    shown = [*(text for text, _ in seen), *(str(one).casefold() for one in handed)]
    assert [text for text in shown if any(one in text for one in secret)] == []
    assert [text for text, private in seen if not private and any(word in text for word in WORDS)] == []
    logged = caplog.text.casefold()
    assert "was not delivered" in logged
    assert [word for word in (*secret, *WORDS) if word in logged] == []
    assert {word: tables_with(stage, word) for word in (*secret, *WORDS)} == {
        secret[0]: {"conduct_case"},
        "quillon": set(),
        "hotel": {"conduct_case"},
        "station": {"conduct_entry"},
        "spoke with him": {"conduct_entry"},
    }


async def test_a_fault_of_ours_writes_nothing_of_a_report_into_the_log(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    reporter = newcomer(stage)
    modal = await form(reporter)
    stage.database.close()
    failed = await reporter.submit(modal, {"what": WHAT})
    assert failed.message is not None
    assert lines(stage, failed.message)[0].startswith("Your report was not recorded: that went wrong on my side.")
    (given_back,) = failed.message["attachments"]
    assert stage.sandbox.world.attachments[int(given_back["id"])].content.decode() == WHAT
    logged = caplog.text.casefold()
    assert "what somebody reported could not be stored" in logged
    assert [word for word in (str(reporter.user.id), "quillon", *WORDS) if word in logged] == []


async def test_some_days_after_its_end_nothing_leads_to_whoever_reported(stage: Stage) -> None:
    reporter = newcomer(stage)
    await lived_through(stage, reporter, involved=[])
    now = stage.clock.now()
    channel = str(stage.sandbox.world.dms[reporter.user.id].id)
    await stage.database.write(lambda tables: retention.let_go(tables, now + KNOWN_FOR - timedelta(hours=1)))
    assert (tables_with(stage, str(reporter.user.id)), tables_with(stage, channel)) == ({"conduct_case"}, {"outbox"})
    await stage.database.write(lambda tables: retention.let_go(tables, now + KNOWN_FOR))
    assert (tables_with(stage, str(reporter.user.id)), tables_with(stage, channel)) == (set(), set())
    read = await reporter.press(direct(reporter)[-1], "Read")
    assert read.message is not None
    assert read.message["content"] == "This report is not there any more. Report something new with /report."


async def test_who_names_themselves_as_involved_is_not_shown_and_hears_so(stage: Stage) -> None:
    """Somebody to whom something was done may take it that they are."""
    done = await reported(stage, administrator(stage), involved=["Organizer", "Speaker"])
    assert "You are not listed as involved: the committee could guess from it who reported." in lines(
        stage, done.message
    )
    assert lines(stage, said(stage, thread(stage))[0])[-3:-1] == ["Who is involved", "Speaker (@speaker)"]


@pytest.mark.parametrize(("contact", "author"), [("anonymous", "somebody"), ("named", "Organizer (@organizer)")])
async def test_who_reports_their_own_message_is_its_author_only_where_they_give_their_name(
    contact: str, author: str, stage: Stage
) -> None:
    """An administrator, whose own report goes to a thread all the same."""
    ben = administrator(stage)
    opened = await ben.context_menu("Report to the committee", await ben.say("general", "Stop that"))
    assert opened.modal is not None
    await ben.submit(opened.modal, {"what": "See there", "contact": contact})
    await told(stage)
    shown = lines(stage, said(stage, thread(stage))[0])
    assert shown[4].startswith(f"The message that was reported, by {author}, ")
    assert ("@organizer" in "\n".join(shown), any("Where it stood" in row for row in shown)) == (
        (contact == "named"),
    ) * 2


async def test_another_s_report_is_not_read_through_its_button(stage: Stage) -> None:
    """A button names a case: whoever else sends it is told that there is none."""
    reporter = newcomer(stage)
    await lived_through(stage, reporter, involved=[])
    world = stage.sandbox.world
    message = world.dms[reporter.user.id].messages[int(direct(reporter)[0]["id"])]
    custom_id = message.data["components"][0]["components"][0]["custom_id"]
    other, channel = world.person("speaker"), world.channel_named("general")
    data = {"component_type": 2, "custom_id": custom_id}
    timed = await stage.sandbox.interact(other, channel, InteractionType.COMPONENT, data, message=message)
    assert timed.outcome.message is not None
    assert timed.outcome.message.data["content"].startswith("This report is not there any more.")
