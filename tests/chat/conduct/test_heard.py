"""Where nobody reads a case, or not in time, whoever reported hears so, and the committee is called again."""

from typing import Any

from bot.sandbox_app import Stage
from bot.storage.delivery.outbox import State
from tests.chat.conduct.acting import (
    CHANNEL,
    NOBODY,
    administrator,
    appointed,
    attendee,
    committee,
    direct,
    lines,
    members,
    number,
    pressed,
    reported,
    rows,
    speaker,
    thread,
    unread,
    waited,
)
from tests.chat.organizing.test_live import told


async def test_one_who_left_the_server_is_told_nothing(stage: Stage) -> None:
    del stage.sandbox.world.guild.members[committee(stage).user.id]
    await reported(stage, involved=["Organizer"])
    assert direct(committee(stage)) == []
    assert [(row.state, row.last_error) for row in rows(stage) if not row.place.startswith("reporter/")] == [
        (State.CANCELLED, "the person is not among those it is meant for")
    ]
    assert await heard(stage) == unread(stage)


async def test_who_reported_hears_that_nobody_could_be_let_into_the_thread(stage: Stage) -> None:
    """Discord says of one who is to be let out that they are not there."""
    stage.sandbox.world.guild.members[committee(stage).user.id].role_ids.clear()
    del stage.sandbox.world.guild.members[administrator(stage).user.id]
    path = f"/thread-members/{committee(stage).user.id}$"
    stage.sandbox.faults.status(404, path, method="DELETE", code=10007)
    await reported(stage)
    assert await heard(stage) == unread(stage)


async def test_who_reported_hears_that_nobody_reads_it_where_the_only_member_takes_no_direct_messages(
    stage: Stage,
) -> None:
    committee(stage).user.accepts_dms = False
    await reported(stage, involved=["Organizer"])
    assert await heard(stage) == unread(stage)


async def heard(stage: Stage) -> list[str]:
    """What whoever reported reads behind the only message that came to them."""
    await told(stage)
    (news,) = direct(attendee(stage))
    return lines(stage, (await attendee(stage).press(news, "Read")).message)[:2]


async def test_whom_discord_does_not_let_into_the_thread_is_told_directly(stage: Stage) -> None:
    path = f"/thread-members/{committee(stage).user.id}$"
    stage.sandbox.faults.status(403, path, method="PUT", code=50001)
    await reported(stage)
    await told(stage)
    assert members(stage, thread(stage)) == {"organizer"}
    assert lines(stage, direct(committee(stage))[0]) == [
        f"Case {number(stage)} was reported to the conduct committee (DeLTa).",
        "Press Open the case: only you see it then.",
    ]
    assert direct(attendee(stage)) == []


async def test_where_nobody_is_known_the_report_promises_nothing(stage: Stage) -> None:
    await stage.database.write(lambda tables: tables.execute("DELETE FROM conduct_committee"))
    done = await reported(stage)
    assert lines(stage, done.message)[1:3] == [
        NOBODY,
        "I know nobody else of the committee yet. The report is kept: the first of them whom I get to know is told "
        "of it.",
    ]
    read = await attendee(stage).choose((await mine(stage)), "pick-cs", f"Case {number(stage)}")
    assert lines(stage, read.message)[:2] == unread(stage)


async def mine(stage: Stage) -> dict[str, Any]:
    listed = await attendee(stage).command("/report", channel="general")
    assert listed.message is not None
    return listed.message


async def test_the_committee_is_called_once_more_where_nobody_read_it_in_time(stage: Stage) -> None:
    await reported(stage)
    await waited(stage)
    called = committee(stage).sees(CHANNEL)[-1]
    assert [row.split(". ")[0] for row in lines(stage, called)] == [f"⏰ Case {number(stage)} has not been read yet"]
    assert called["mention_roles"] != []


async def test_the_committee_is_not_called_to_a_case_that_was_read(stage: Stage) -> None:
    await reported(stage, involved=["Organizer"])
    card = await committee(stage).press(direct(committee(stage))[0], "Open the case")
    assert card.message is not None
    await pressed(stage, committee(stage), card.message, "Acknowledge")
    await waited(stage)
    assert len(direct(committee(stage))) == 1


async def test_one_who_lost_the_role_is_not_called_to_a_case(stage: Stage) -> None:
    await reported(stage, involved=["Organizer"])
    stage.sandbox.world.guild.members[committee(stage).user.id].role_ids.clear()
    await waited(stage)
    assert len(direct(committee(stage))) == 1


async def test_a_button_waits_for_no_server_that_does_not_answer(stage: Stage) -> None:
    await reported(stage, involved=["Organizer"])
    stage.sandbox.faults.status(400, f"/members/{committee(stage).user.id}", method="GET")
    refused = await committee(stage).press(direct(committee(stage))[0], "Open the case")
    assert lines(stage, refused.message) == [
        "Discord does not say now who you are in the server. Nothing was changed. Try again soon."
    ]


async def test_nobody_can_take_a_case_that_concerns_them(stage: Stage) -> None:
    await appointed(stage, speaker(stage))
    await reported(stage, involved=["Author"])
    case, *_ = speaker(stage).sees(thread(stage).id)
    choosing = await pressed(stage, speaker(stage), case, "Assign")
    assert choosing.message is not None
    options = choosing.message["components"][1]["components"][0]["options"]
    assert [option["label"] for option in options] == ["Organizer", "Speaker"]
