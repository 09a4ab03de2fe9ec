"""The audit trail as people meet it: a line for each act, a kind refusal that leaves a trace, and /audit."""

from typing import Any

import pytest

from bot.domain.audit import ActKind, Entry, Outcome
from bot.sandbox import InteractionType, Person, Reply
from bot.sandbox.server import Timed
from bot.sandbox_app import Stage
from bot.storage import audit
from bot.storage.database import Tables
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import State
from tests.chat.organizing.test_deliveries import failed
from tests.chat.organizing.test_live import told
from tests.chat.test_bot import EPHEMERAL, press_through, seen, without_as_of
from tests.faults.delivered import until

DELAY = "/live delay session:Invited Talk 3 minutes:20 why:The speaker's train is late"
MOVED = "moved 11:20–12:00 → 11:40–12:20. Why: The speaker's train is late"
#: What Discord sends for each command that is typed here.
TYPED: dict[str, list[dict[str, Any]]] = {
    "/live delay": [{"name": "session", "type": 3, "value": "invited-3"}, {"name": "minutes", "type": 4, "value": 5}],
    "/program reload": [],
    "/deliveries": [],
    "/audit": [],
    "/setup check": [],
}


def organizer(stage: Stage) -> Person:
    return stage.sandbox.person("organizer")


def guild(stage: Stage) -> int:
    return stage.sandbox.world.guild.id


def entries(stage: Stage) -> list[Entry]:
    return audit.newest(stage.database.reader, guild(stage), most=99)


def posted(stage: Stage) -> list[dict[str, Any]]:
    """What stands in the organizers' channel for all of them."""
    return [message for message in organizer(stage).sees("organizers") if not message["flags"] & EPHEMERAL]


async def applied(stage: Stage, command: str) -> None:
    shown = await organizer(stage).command(command, channel="organizers")
    await (await press_through(organizer(stage), shown, "Apply")).settled()
    await told(stage)


async def asked(stage: Stage) -> Reply:
    return await organizer(stage).command("/audit", channel="organizers")


def lines(stage: Stage, reply: Reply) -> list[str]:
    return without_as_of(seen(stage, reply.message)).splitlines()


async def typed_by_attendee(stage: Stage, command: str) -> Timed:
    """A command that Discord lets through, because somebody opened it in the server's settings."""
    world = stage.sandbox.world
    name, *below = command.removeprefix("/").split()
    options = [{"name": below[0], "type": 1, "options": TYPED[command]}] if below else TYPED[command]
    data = {"name": name, "options": options}
    return await stage.sandbox.interact(
        world.person("attendee"), world.channel_named("general"), InteractionType.COMMAND, data
    )


def words(timed: Timed) -> str:
    assert timed.outcome.message is not None
    assert timed.outcome.message.data["flags"] & EPHEMERAL
    return str(timed.outcome.message.data["content"])


async def test_a_live_change_is_one_line_for_organizers_and_notifies_nobody(stage: Stage) -> None:
    await applied(stage, DELAY)
    who = organizer(stage).user.id
    (line,) = posted(stage)
    assert line["content"] == f"📝 <@{who}> changed **Invited Talk 3**: {MOVED}"
    assert (line["mentions"], line["mention_roles"], line["mention_everyone"]) == ([], [], False)
    (entry,) = entries(stage)
    assert entry == Entry(entry.at, who, ActKind.CHANGE_SESSION, "Invited Talk 3", detail=MOVED)


async def test_the_line_opens_the_trail(stage: Stage) -> None:
    await applied(stage, DELAY)
    opened = await organizer(stage).press(posted(stage)[0], "Audit trail")
    who = organizer(stage).user.id
    first, line, when, *_ = lines(stage, opened)
    assert (first, line) == ("Audit trail: 1 act", f"📝 <@{who}> changed Invited Talk 3: {MOVED}")
    assert when.endswith("(venue Mon 09:20)")


async def test_another_attempt_names_what_is_tried_again(stage: Stage) -> None:
    await failed(stage, 2)
    here = organizer(stage)
    first, second = [await here.command("/deliveries", channel="organizers") for _ in range(2)]
    await press_through(here, first, "See what failed", "Try all again")
    await until(lambda: len(posted(stage)) == 1)
    assert posted(stage)[0]["content"] == f"📝 <@{here.user.id}> tried again **all that failed**: 2 messages"
    assert [entry.act for entry in entries(stage)] == [ActKind.RETRY]
    await press_through(here, second, "See what failed")
    assert len(entries(stage)) == 1


@pytest.mark.parametrize(
    ("command", "act", "refusal"),
    [
        ("/live delay", ActKind.CHANGE_SESSION, "Only organizers change the programme. Nothing was changed."),
        ("/program reload", ActKind.PUBLISH, "Only organizers publish the programme. Nothing was changed."),
        ("/deliveries", ActKind.SEE_DELIVERIES, "Only organizers see what was delivered."),
        ("/audit", ActKind.SEE_AUDIT, "Only organizers see who did what."),
        ("/setup check", ActKind.SETUP, "Only organizers check the server."),
    ],
)
async def test_who_has_no_right_is_refused_kindly_and_leaves_a_trace(
    stage: Stage, command: str, act: ActKind, refusal: str
) -> None:
    tries = [await typed_by_attendee(stage, command) for _ in range(2)]
    assert [words(timed).startswith(refusal) for timed in tries] == [True, True]
    await until(lambda: len(entries(stage)) == 1)
    attendee = stage.sandbox.person("attendee").user.id
    assert {(one.actor, one.act, one.about, one.outcome) for one in entries(stage)} == {
        (attendee, act, command, Outcome.REFUSED)
    }
    await told(stage)
    said = f"🚫 <@{attendee}> tried {command}, without the right to do that. It was refused."
    assert [message["content"] for message in posted(stage)] == [said]
    # A moment later it was the same once more.
    assert len(entries(stage)) == 1


async def test_a_button_that_is_not_theirs_leaves_a_trace_too(stage: Stage) -> None:
    shown = await organizer(stage).command(DELAY, channel="organizers")
    stage.sandbox.world.guild.owner_id = 0
    stage.sandbox.world.guild.members[organizer(stage).user.id].role_ids.clear()
    refused = await press_through(organizer(stage), shown, "Apply")
    assert seen(stage, refused.message).startswith("Only organizers change the programme.")
    await until(lambda: len(entries(stage)) == 1)
    (entry,) = entries(stage)
    assert (entry.about, entry.outcome) == ("a button of /live", Outcome.REFUSED)


async def test_what_the_bot_failed_to_do_is_written_down_with_its_number(stage: Stage) -> None:
    shown = await organizer(stage).command(DELAY, channel="organizers")
    refuse = "CREATE TRIGGER broken BEFORE INSERT ON live_edit BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
    await stage.database.write(lambda tables: tables.execute(refuse))
    await press_through(organizer(stage), shown, "Apply")
    await until(lambda: len(entries(stage)) == 1)
    (incident,) = stage.client.incidents
    await told(stage)
    who = organizer(stage).user.id
    (line,) = posted(stage)
    assert line["content"] == f"⚠️ <@{who}> tried a button of /live, and the bot failed: incident {incident}"


async def test_what_cannot_be_done_and_what_is_only_looked_at_is_no_act(stage: Stage) -> None:
    for command in ("/live restore session:Invited Talk 3", DELAY, "/deliveries", "/setup check"):
        await organizer(stage).command(command, channel="organizers")
    assert lines(stage, await asked(stage))[:2] == [
        "Audit trail: 0 acts",
        "Nothing was done yet. What organizers change, publish or try again is written down here.",
    ]


async def test_a_long_trail_has_pages(stage: Stage) -> None:
    def write(tables: Tables) -> None:
        for number in range(10):
            entry = Entry(stage.clock.now(), 7, ActKind.RETRY, f"message {number}", detail="1 message")
            audit.add(tables, guild(stage), entry, mark=str(number))

    await stage.database.write(write)
    first = await asked(stage)
    assert lines(stage, first)[:2] == ["Audit trail: 10 acts", "📝 <@7> tried again message 9: 1 message"]
    second = await press_through(organizer(stage), first, "More ›")
    assert [row for row in lines(stage, second) if row.startswith("📝")] == [
        f"📝 <@7> tried again message {number}: 1 message" for number in (3, 2, 1, 0)
    ]
    back = await press_through(organizer(stage), second, "‹ Back")
    refreshed = await press_through(organizer(stage), back, "Refresh")
    assert lines(stage, refreshed)[:2] == lines(stage, back)[:2] == lines(stage, first)[:2]


async def test_a_line_that_cannot_be_posted_is_reported_to_nobody(stage: Stage) -> None:
    channel = stage.sandbox.world.channel_named("organizers").id
    fault = stage.sandbox.faults.status(403, f"/channels/{channel}/messages", method="POST", code=50013, times=None)
    await applied(stage, DELAY)
    await told(stage)
    rows = outbox.of_guild(stage.database.reader, guild(stage))
    ours = [row for row in rows if row.place == "organizers" and row.key.startswith("act:")]
    assert [(row.key.split(":")[1], row.state) for row in ours] == [("audit", State.FAILED)]
    assert fault.taken == 1


async def test_help_names_what_is_for_organizers_to_them_alone(stage: Stage) -> None:
    shown = [
        seen(stage, (await stage.sandbox.person(name).command("/help", channel="general")).message)
        for name in ("attendee", "organizer")
    ]
    assert [("/audit" in text, "/setup check" in text) for text in shown] == [(False, False), (True, True)]
