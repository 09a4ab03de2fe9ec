"""Who sees a case: the committee, without those of it whom it concerns."""

from typing import Any

import pytest

from bot.sandbox import Person
from bot.sandbox_app import Stage
from bot.storage import audit
from tests.chat.conduct.acting import (
    CHANNEL,
    NEXT,
    NOBODY,
    administrator,
    appointed,
    attendee,
    committee,
    direct,
    first_lines,
    lines,
    members,
    members_of_committee,
    number,
    pressed,
    reported,
    said,
    speaker,
    thread,
    threads,
    unopened,
    waited,
    wrote,
)
from tests.chat.organizing.test_live import guild, told


def none(stage: Stage) -> str:
    return f"Case {number(stage)} is not there. /cases list shows those there are."


async def test_only_the_committee_sees_cases_and_who_looked_there_is_named_nowhere(stage: Stage) -> None:
    await reported(stage)
    refused = await speaker(stage).command("/cases list", channel="general")
    assert lines(stage, refused.message) == [
        "Only the conduct committee sees cases. To report something yourself, use /report."
    ]
    await told(stage)
    assert audit.count(stage.database.reader, guild(stage)) == 0
    assert committee(stage).sees("organizers") == []


async def trail(person: Person) -> list[str]:
    """The acts that somebody finds in the audit trail."""
    shown = await person.command("/audit", channel="organizers")
    assert shown.message is not None
    text = shown.message["components"][0]["components"][0]["content"]
    return [row for row in text.splitlines() if not row.startswith("-# ")]


async def test_what_was_done_with_a_case_is_read_by_the_committee_without_whom_it_concerns(stage: Stage) -> None:
    await reported(stage)
    await reported(stage, stage.sandbox.person("speaker"), involved=["Organizer"])
    for message in (said(stage, thread(stage))[0], direct(committee(stage))[0]):
        card = await committee(stage).press(message, "Open the case")
        assert card.message is not None
        await pressed(stage, committee(stage), card.message, "Acknowledge")
    assert audit.count(stage.database.reader, guild(stage)) == 2
    assert administrator(stage).sees("organizers") == []
    assert await trail(administrator(stage)) == [
        "## Audit trail: 1 act",
        f"📝 <@{committee(stage).user.id}> acknowledged **case {number(stage)}**.",
    ]


async def test_one_who_is_involved_is_not_let_in_and_learns_of_nothing(stage: Stage) -> None:
    """They came to the committee after the channel had shown that there is a case."""
    ben, eve = administrator(stage), speaker(stage)
    await reported(stage, involved=["Speaker"])
    await appointed(stage, eve)
    found = thread(stage)
    assert members(stage, found) == {"author", "organizer"}
    assert eve.sees(found.id) == []
    before = audit.count(stage.database.reader, guild(stage))
    (opened,) = eve.sees(CHANNEL)
    assert lines(stage, (await eve.press(opened, "Open the case")).message) == [none(stage)]
    assert lines(stage, (await eve.command("/cases list", channel="general")).message)[:2] == [
        "Cases",
        "Nothing was reported. People report with /report, or with a message's menu, Apps.",
    ]
    await told(stage)
    assert members(stage, found) == {"author", "organizer"}
    # What is refused here is no attempt that others read of: it would tell them whom the case concerns.
    assert audit.count(stage.database.reader, guild(stage)) == before
    assert first_lines(stage, [(await ben.press(opened, "Open the case")).message or {}]) == [unopened(stage)]


async def test_where_one_of_the_committee_is_involved_the_channel_is_silent_and_the_others_are_told(
    stage: Stage,
) -> None:
    done = await reported(stage, involved=["Author"])
    assert "Author (@author): on the committee, and left out of this case." in lines(stage, done.message)
    assert members(stage, thread(stage)) == {"organizer"}
    assert committee(stage).sees(CHANNEL) == []
    assert (
        lines(stage, direct(administrator(stage))[0])[0]
        == f"Case {number(stage)} was reported to the conduct committee (DeLTa)."
    )
    await waited(stage)
    assert committee(stage).sees(CHANNEL) == []
    assert len(direct(administrator(stage))) == 2


async def test_one_with_the_role_who_never_used_the_bot_reads_nothing_of_a_case_that_concerns_them(
    stage: Stage,
) -> None:
    """Whether they were chosen or wrote the message; also when the case is not read in time."""
    eve = speaker(stage)
    found = stage.sandbox.world.guild
    role = next(role.id for role in found.roles.values() if role.name == "Organizer")
    found.members[eve.user.id].role_ids.append(role)
    opened = await attendee(stage).context_menu("Report to the committee", await eve.say("general", "Go away"))
    assert opened.modal is not None
    done = await attendee(stage).submit(opened.modal, {"what": "See there"})
    await told(stage)
    await reported(stage, committee(stage), involved=["Speaker"])
    assert "Speaker (@speaker): on the committee, and left out of this case." in lines(stage, done.message)
    assert (eve.user.id in members_of_committee(stage), len(threads(stage))) == (False, 2)
    assert (await said_in_time(stage), len(direct(administrator(stage)))) == ([], 4)


async def said_in_time(stage: Stage) -> list[str]:
    """What the channel shows once the time has passed within which the committee reads."""
    late = "UPDATE outbox SET due_at = 0 WHERE dedupe_key LIKE 'act:case:%:waiting%'"
    await stage.database.write(lambda tables: tables.execute(late))
    stage.worker.wake()
    await told(stage)
    return first_lines(stage, speaker(stage).sees(CHANNEL))


@pytest.mark.parametrize("involved", [[], pytest.param(["Organizer"], marks=pytest.mark.matrix)])
async def test_who_reported_hears_once_it_shows_that_nobody_is_on_the_committee_any_more(
    involved: list[str], stage: Stage
) -> None:
    ana = attendee(stage)
    await reported(stage, involved=involved)
    card = await committee(stage).press((direct(committee(stage)) or said(stage, thread(stage)))[0], "Open the case")
    assert card.message is not None
    await pressed(stage, committee(stage), card.message, "Acknowledge")
    stage.sandbox.world.guild.members[committee(stage).user.id].role_ids.clear()
    del stage.sandbox.world.guild.members[administrator(stage).user.id]
    said_then = await wrote(stage, ana, direct(ana)[-1], "Answer", "Are you there?")
    await told(stage)
    assert len(direct(ana)) == 2
    said_now = await wrote(stage, ana, direct(ana)[-1], "Answer", "Hello?")
    nobody = f"{NOBODY.replace('yet', 'any more')} {NEXT}"
    assert [lines(stage, one.message) for one in (said_then, said_now)] == [
        [f"Recorded in case {number(stage)}. {reads}"] for reads in ("The committee reads it.", nobody)
    ]
    read = await ana.press(direct(ana)[-1], "Read")
    assert lines(stage, read.message)[:2] == [
        f"Case {number(stage)}: being looked into",
        nobody,
    ]


async def test_with_what_follows_whoever_lost_the_role_is_let_out(stage: Stage) -> None:
    """Though they themselves do nothing."""
    await reported(stage)
    stage.sandbox.world.guild.members[committee(stage).user.id].role_ids.clear()
    await pressed(stage, administrator(stage), administrator(stage).sees(thread(stage).id)[0], "Acknowledge")
    assert members(stage, thread(stage)) == {"organizer"}


async def test_what_follows_calls_the_others_in_the_thread_or_who_takes_care_of_the_case(stage: Stage) -> None:
    await reported(stage)
    ben, eve = administrator(stage), committee(stage)
    await pressed(stage, eve, said(stage, thread(stage))[0], "Acknowledge")
    assert called(said(stage, thread(stage))[-1]) == {ben.user.id}
    choosing = await eve.press(said(stage, thread(stage))[0], "Assign")
    assert choosing.message is not None
    await eve.choose(choosing.message, "pick-cs", "Author")
    await told(stage)
    mine = await attendee(stage).press(direct(attendee(stage))[0], "Answer")
    assert mine.modal is not None
    await attendee(stage).submit(mine.modal, {"text": "More"})
    await told(stage)
    assert called(said(stage, thread(stage))[-1]) == {eve.user.id}


def called(message: dict[str, Any]) -> set[int]:
    """Whom a message notifies."""
    return {int(one["id"]) for one in message["mentions"]}
