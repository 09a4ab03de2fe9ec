"""/deliveries as organizers use it: every button and menu pressed, and what is shown read."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.announce.announcement import Content
from bot.domain.announce.announcement import Stage as Announced
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.sandbox import InteractionType, Person, Reply
from bot.sandbox_app import Stage
from bot.storage.announce import announcements, turns
from bot.storage.database import Tables
from bot.storage.delivery import outbox, told
from bot.storage.delivery.outbox import Op, Priority, Row, State, millis
from tests.chat.test_bot import press_through, seen, without_as_of
from tests.faults.delivered import until

ROOM = "a permission is missing: give the bot Send Messages in the channel"


def organizer(stage: Stage) -> Person:
    return stage.sandbox.person("organizer")


async def asked(stage: Stage) -> Reply:
    return await organizer(stage).command("/deliveries", channel="organizers")


def lines(stage: Stage, reply: Reply) -> list[str]:
    assert reply.error is None
    return without_as_of(seen(stage, reply.message)).replace("─", "").splitlines()


def rows(stage: Stage, start: str = "act:test:") -> list[Row]:
    found = outbox.of_guild(stage.database.reader, stage.sandbox.world.guild.id)
    return [row for row in found if row.key.startswith(start)]


async def failed(stage: Stage, number: int, *, useful: int = 60) -> None:
    """So many reminders that could not be delivered, of use for ``useful`` minutes more."""
    guild, now = stage.sandbox.world.guild.id, stage.clock.now()
    session = stage.program.session_by_id["invited-3"]

    def write(tables: Tables) -> None:
        for each in range(number):
            told.add(
                tables,
                guild,
                f"act:test:{each}",
                Op.MESSAGE,
                Facts(NoticeKind.SESSIONS, (session.id,), session.start),
                place="schedule",
                priority=Priority.REMINDER,
                due_at=now - timedelta(minutes=1),
                expires_at=now + timedelta(minutes=useful),
            )
        tables.execute(
            "UPDATE outbox SET state = 'failed', done_at = ?, attempts = 1, last_error = ?"
            " WHERE dedupe_key LIKE 'act:test:%'",
            [millis(now), ROOM],
        )

    await stage.database.write(write)


async def test_the_overview_names_what_comes_and_leads_to_every_list(stage: Stage) -> None:
    await until(lambda: rows(stage, "digest:") != [] or rows(stage, "start:") != [])
    shown = await asked(stage)
    assert lines(stage, shown)[0] == "No message has failed"
    assert "Coming next" in lines(stage, shown)
    heads = {}
    for title in ("Coming", "Sent today", "Sent late", "Failed", "Expired"):
        overview = await asked(stage)
        assert overview.message is not None
        menu = next(part for part in flat(overview.message["components"]) if part["type"] == 3)
        label = next(option["label"] for option in menu["options"] if option["label"].startswith(f"{title} ("))
        listed = await organizer(stage).choose(overview.message, menu["custom_id"], label)
        heads[title] = lines(stage, listed)[0]
        refreshed = await press_through(organizer(stage), listed, "Refresh")
        assert lines(stage, refreshed)[0] == heads[title]
        back = await press_through(organizer(stage), listed, "Overview")
        assert lines(stage, back)[0] == "No message has failed"
    assert {title: head.split(":")[0] for title, head in heads.items()} == {title: title for title in heads}
    assert heads["Failed"] == "Failed: 0 messages"


def flat(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [part for one in components for part in (one, *flat(one.get("components", [])))]


async def test_what_failed_is_listed_page_by_page_with_its_reason(stage: Stage) -> None:
    await failed(stage, 10)
    shown = await press_through(organizer(stage), await asked(stage), "See what failed")
    first = lines(stage, shown)
    assert first[0] == "Failed: 10 messages"
    assert [line.endswith(ROOM) for line in first if "Session reminder" in line][:8] == [True] * 8
    assert any("Page 1 of 2" in line for line in seen(stage, shown.message).splitlines())
    second = await press_through(organizer(stage), shown, "More ›")
    assert len([line for line in lines(stage, second) if line.endswith(ROOM)]) == 2
    back = await press_through(organizer(stage), second, "‹ Back")
    assert lines(stage, back) == first


async def test_one_is_tried_again_and_arrives(stage: Stage) -> None:
    await failed(stage, 2)
    shown = await press_through(organizer(stage), await asked(stage), "See what failed")
    assert shown.message is not None
    menu = next(part for part in flat(shown.message["components"]) if part["type"] == 3)
    assert (menu["placeholder"], menu["options"][0]["description"]) == ("Try one again", ROOM)
    done = await organizer(stage).choose(shown.message, menu["custom_id"], menu["options"][0]["label"])
    assert lines(stage, done)[0] == "1 message is being tried again. Refresh shows what came of it."
    await until(lambda: sorted(row.state for row in rows(stage)) == [State.FAILED, State.SENT])
    refreshed = await press_through(organizer(stage), done, "Refresh")
    assert lines(stage, refreshed)[0] == "Failed: 1 message"


async def test_all_are_tried_again_once(stage: Stage) -> None:
    await failed(stage, 3)
    shown = await press_through(organizer(stage), await asked(stage), "See what failed")
    done = await press_through(organizer(stage), shown, "Try all again")
    assert lines(stage, done)[:4] == [
        "3 messages are being tried again. Refresh shows what came of it.",
        "",
        "Failed: 0 messages",
        "There is nothing to try again.",
    ]
    await until(lambda: {row.state for row in rows(stage)} == {State.SENT})
    posted = stage.sandbox.person("attendee").sees("schedule")
    assert len([message for message in posted if "Invited Talk 3" in message["content"]]) == 3


async def test_an_old_card_cannot_try_again_what_was_done_or_is_too_late(stage: Stage) -> None:
    await failed(stage, 1)
    here = organizer(stage)
    first, second = [await press_through(here, await asked(stage), "See what failed") for _ in range(2)]
    await press_through(here, first, "Try all again")
    await until(lambda: {row.state for row in rows(stage)} == {State.SENT})
    refused = await press_through(here, second, "Try all again")
    assert seen(stage, refused.message) == (
        "Nothing is left to try again: it was done already. Nothing was changed. /deliveries has the rest."
    )
    await failed(stage, 1)
    await stage.database.write(lambda tables: tables.execute("UPDATE outbox SET expires_at = 1 WHERE state = 'failed'"))
    late = await press_through(here, second, "Try all again")
    assert seen(stage, late.message) == (
        "It is too late for everything that failed: what it tells of has passed. Nothing was changed."
    )


async def test_what_has_passed_offers_no_other_attempt(stage: Stage) -> None:
    await failed(stage, 1, useful=-1)
    shown = await press_through(organizer(stage), await asked(stage), "See what failed")
    assert shown.message is not None
    assert "What tells of something that has passed is not tried again." in lines(stage, shown)
    labels = [part.get("label") for part in flat(shown.message["components"]) if part["type"] == 2]
    assert labels == ["Overview", "Refresh"]


async def test_the_report_in_the_organizers_channel_opens_the_deliveries(stage: Stage) -> None:
    schedule = stage.sandbox.world.channel_named("schedule").id
    stage.sandbox.faults.status(403, f"/channels/{schedule}/messages", method="POST", code=50013)
    await failed(stage, 1)
    await press_through(
        organizer(stage), await press_through(organizer(stage), await asked(stage), "See what failed"), "Try all again"
    )
    await until(lambda: bool(posted_reports(stage)))
    (report,) = posted_reports(stage)
    assert report["content"].splitlines()[0] == "⚠️ **1 message** could not be delivered. /deliveries has them all."
    assert ROOM in report["content"].splitlines()[1]
    opened = await organizer(stage).press(report, "Deliveries")
    assert lines(stage, opened)[0] == "1 message could not be delivered"
    assert "· Failed: 1 ·" in lines(stage, opened)[1]


def posted_reports(stage: Stage) -> list[dict[str, Any]]:
    return [
        message for message in organizer(stage).sees("organizers") if "could not be delivered" in message["content"]
    ]


async def test_the_first_line_counts_direct_messages_and_what_came_too_late(stage: Stage) -> None:
    """As the report in the organizers' channel does."""
    await failed(stage, 4)
    due = stage.clock.now() - timedelta(minutes=1)
    await stage.database.write(
        lambda tables: tables.execute("UPDATE outbox SET op = 'dm' WHERE dedupe_key = 'act:test:0'")
    )
    expire = "UPDATE outbox SET state = 'expired' WHERE dedupe_key IN ('act:test:1', 'act:test:2')"
    await stage.database.write(lambda tables: tables.execute(expire))
    shown = await asked(stage)
    assert lines(stage, shown)[0] == "2 messages could not be delivered, 2 came too late to be sent"
    later = "UPDATE outbox SET done_at = done_at + 3600000 WHERE state = 'expired'"
    await stage.database.write(lambda tables: tables.execute(later))
    assert shown.message is not None
    menu = next(part for part in flat(shown.message["components"]) if part["type"] == 3)
    listed = await organizer(stage).choose(shown.message, menu["custom_id"], "Expired (2)")
    assert f"<t:{int(due.timestamp())}:f>" in str(listed.message)
    await stage.database.write(lambda tables: tables.execute("DELETE FROM outbox WHERE op <> 'dm'"))
    only_direct = await asked(stage)
    assert lines(stage, only_direct)[0] == "1 message could not be delivered"
    assert "See what failed" not in str(only_direct.message)


async def called_off(stage: Stage, announced: Announced) -> None:
    """An announcement for now that was ended before it became any message, and is at a stage."""
    guild, now = stage.sandbox.world.guild.id, stage.clock.now()

    def write(tables: Tables) -> None:
        made = announcements.add(tables, guild, Content("Lunch is served", copies=False), by=7, at=now, act=1)
        found = announcements.put(tables, made, by=7, at=now, stage=announced)
        assert found is not None
        turns.queue(tables, found, [(now, now + timedelta(hours=1))])
        turns.call_off(tables, found, now)

    await stage.database.write(write)


async def test_an_announcement_that_was_not_sent_is_listed_and_sent_when_it_is_tried_again(stage: Stage) -> None:
    await called_off(stage, Announced.CONFIRMED)
    shown = await press_through(organizer(stage), await asked(stage), "See what failed")
    listed = lines(stage, shown)
    assert listed[0] == "Failed: 1 message"
    assert listed[1].startswith("- Announcement “Lunch is served” · ")
    assert listed[1].endswith(f" · to everybody it is for · {turns.CALLED_OFF}")
    await press_through(organizer(stage), shown, "Try all again")
    attendee = stage.sandbox.person("attendee")
    await until(lambda: any("Lunch is served" in message["content"] for message in attendee.sees("announcements")))


@pytest.mark.parametrize(
    ("announced", "said"),
    [
        (Announced.PAUSED, "1 message waits until the announcement goes on: /announcements resumes it."),
        (
            Announced.CANCELLED,
            "What failed is too late, or belongs to an announcement that was cancelled. Nothing was changed.",
        ),
    ],
)
async def test_an_announcement_that_is_held_back_stays_so(stage: Stage, announced: Announced, said: str) -> None:
    await called_off(stage, announced)
    shown = await press_through(organizer(stage), await asked(stage), "See what failed")
    done = await press_through(organizer(stage), shown, "Try all again")
    assert lines(stage, done)[0] == said


async def test_who_is_no_organizer_is_refused(stage: Stage) -> None:
    """Discord does not even offer it; where it is let through all the same, by a role's settings, nothing is shown."""
    await failed(stage, 1)
    shown = await press_through(organizer(stage), await asked(stage), "See what failed")
    assert shown.message is not None
    world = stage.sandbox.world
    attendee, channel = world.person("attendee"), world.channel_named("organizers")
    card = world.get_message(channel, int(shown.message["id"]))
    again = next(part for part in flat(shown.message["components"]) if part.get("label") == "Try all again")
    data = {"custom_id": again["custom_id"], "component_type": 2}
    typed = await stage.sandbox.interact(attendee, channel, InteractionType.COMMAND, {"name": "deliveries"})
    pressed = await stage.sandbox.interact(attendee, channel, InteractionType.COMPONENT, data, message=card)
    said = [timed.outcome.message.data["content"] for timed in (typed, pressed) if timed.outcome.message]
    refusal = "Only organizers see what was delivered. If a reminder did not come, tell an organizer."
    assert said == [refusal, refusal]
    assert [row.state for row in rows(stage)] == [State.FAILED]
