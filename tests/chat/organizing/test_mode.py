"""/mode, as an organizer sees it: the real client on the sandbox, over lunch on the day."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.changes.change import Field
from bot.domain.changes.edit import Edit
from bot.sandbox import CommandTextError, Person, Reply
from bot.sandbox_app import Stage
from bot.storage.delivery import outbox
from bot.storage.programme import live_edits
from tests.chat.test_agenda import lines_of
from tests.chat.test_bot import press_through, seen
from tests.discord_schema import SchemaCheck
from tests.faults.delivered import until
from tests.scenarios.attending import clock, trail
from tests.staging import on_stage

TALK = "/mode set scope:One session session:Invited Talk 4 mode:Online"
LINKED = f"{TALK} link:https://example.org/secret-room why:The train is late"
TIMES = "Switch a time off or on"


@pytest.fixture
async def day(schema: SchemaCheck | None, tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage("2025-04-28T12:40", database=tmp_path / "u.db", schema=schema) as stage:
        yield stage


def organizer(stage: Stage) -> Person:
    return stage.sandbox.person("organizer")


async def typed(stage: Stage, command: str) -> Reply:
    return await (await organizer(stage).command(command, channel="organizers")).settled()


async def pressed(stage: Stage, shown: Reply, label: str) -> Reply:
    return await (await press_through(organizer(stage), shown, label)).settled()


async def refused(stage: Stage, command: str) -> str:
    reply = await typed(stage, command)
    return str(next(message["content"] for message in reply.messages if message["content"]))


def edits(stage: Stage) -> list[Edit]:
    return live_edits.of_guild(stage.database.reader, stage.sandbox.world.guild.id, stage.program.event.id)


def rows(stage: Stage) -> list[str]:
    found = outbox.of_guild(stage.database.reader, stage.sandbox.world.guild.id)
    return [row.key for row in found if row.key.startswith("act:mode:")]


async def told(stage: Stage) -> None:
    async with asyncio.timeout(30):
        await stage.clock.live_through(stage.clock.now())


async def test_a_change_is_shown_first_and_changes_nothing_by_itself(day: Stage) -> None:
    shown = await typed(day, LINKED)
    assert lines_of(day, shown) == [
        "Nothing is changed yet",
        "This is what would happen.",
        "~~in person and online~~ → online",
        "Invited Talk 4 (14:00)",
        "Link to join <https://example.org/secret-room> for attendees",
        "It never stands in a channel: there it says to use /join.",
        "Why: The train is late",
        "Told in #announcements: now, 13:00, 13:10, 13:45 and 14:00.",
        "Notified: whoever has the role Reminders.",
        "Each also goes to at most 0 people by direct message.",
        "Nothing that was posted has to be edited.",
        "Phones show",
        "📣 Invited Talk 4: ~~in person and online~~ → online · in 1 hour, 14:00 (venue 14:00)",
        "[Switch a time off or on ▾ 5]",
        "[Apply]  [Cancel]",
    ]
    dropped = await pressed(day, shown, "Cancel")
    assert lines_of(day, dropped)[:2] == ["Cancelled", "Nothing was changed."]
    assert (edits(day), rows(day)) == ([], [])


async def test_times_are_switched_off_and_on_again(day: Stage) -> None:
    shown = await typed(day, TALK)
    assert shown.message is not None
    for label in ("Off: 30 minutes later", "Off: 60 minutes before", "Off: at the start", "On: at the start"):
        shown = await (await organizer(day).choose(shown.message, TIMES, label)).settled()
        assert shown.message is not None
    assert "Told in #announcements: now, 13:45 and 14:00." in lines_of(day, shown)
    done = await pressed(day, shown, "Apply")
    await told(day)
    assert lines_of(day, done)[:3] == ["Done", "~~in person and online~~ → online", "Invited Talk 4 (14:00)"]
    assert [key.rpartition(":")[2] for key in rows(day)] == ["now", "T-15m", "T-0"]


async def test_a_preview_is_shown_anew_where_the_session_changed_since(day: Stage) -> None:
    first, second = await typed(day, TALK), await typed(day, LINKED)
    await pressed(day, first, "Apply")
    again = await pressed(day, second, "Apply")
    assert lines_of(day, again)[:3] == [
        "The programme was changed meanwhile",
        "Look again: this is what would happen now.",
        "Online",
    ]
    await pressed(day, again, "Apply")
    assert [edit.field for edit in edits(day)] == ["joining", "mode"]
    await told(day)


async def test_a_second_press_does_nothing_more(day: Stage) -> None:
    shown = await typed(day, TALK)
    first, second = await asyncio.gather(*(press_through(organizer(day), shown, "Apply") for _ in range(2)))
    await asyncio.wait([asyncio.ensure_future(one.settled()) for one in (first, second)], return_when="FIRST_COMPLETED")
    await told(day)
    assert (len(edits(day)), len(rows(day))) == (1, 5)


async def test_a_preview_survives_a_restart(tmp_path: Path, schema: SchemaCheck | None) -> None:
    database = tmp_path / "usher.db"
    async with on_stage("2025-04-28T12:40", database=database) as stage:
        shown = await typed(stage, TALK)
        button = next(one for one in shown.message["components"][2]["components"] if one["label"] == "Apply")  # type: ignore[index]
    async with on_stage("2025-04-28T12:41", database=database) as stage:
        fresh = await typed(stage, LINKED)
        assert fresh.message is not None
        # The buttons of the message that was shown before the restart: they name the first draft.
        place = stage.sandbox.world.channel_named("organizers")
        stored = place.messages[int(fresh.message["id"])]
        stored.data["components"][2]["components"][0]["custom_id"] = button["custom_id"]
        await pressed(stage, fresh, "Apply")
        assert [(edit.session, edit.field) for edit in edits(stage)] == [("invited-4", "mode")]
        await told(stage)


async def test_undo_is_shown_first_too(day: Stage) -> None:
    await pressed(day, await typed(day, LINKED), "Apply")
    shown = await typed(day, "/mode undo")
    assert "~~online~~ → in person and online" in lines_of(day, shown)
    assert len(edits(day)) == 2
    await pressed(day, shown, "Apply")
    assert edits(day) == []
    await told(day)


async def test_only_organizers_change_it_even_with_a_preview_at_hand(day: Stage) -> None:
    with pytest.raises(CommandTextError):
        await day.sandbox.person("attendee").command(TALK)
    shown = await typed(day, TALK)
    day.sandbox.world.guild.owner_id = 0
    day.sandbox.world.guild.members[organizer(day).user.id].role_ids.clear()
    reply = await press_through(organizer(day), shown, "Apply")
    assert seen(day, reply.message).startswith("Only organizers change how people attend. Nothing was changed.")
    assert edits(day) == []


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("/mode set scope:One session mode:Online", "Which session is meant? Nothing was changed."),
        ("/mode set scope:One session mode:Online session:Invited", "It is not clear which session is meant."),
        ("/mode set scope:One session mode:Online session:Invited Talk 1", "That session is over"),
        ("/mode set scope:The whole event mode:Online session:Invited Talk 4", "A session was named, but the scope"),
        (f"{TALK} link:ftp://example.org", "The link is not a web address. Nothing was changed."),
        ("/mode set scope:The whole event mode:In person and online (hybrid)", "It is attended like that already."),
        ("/mode set scope:The whole event mode:In person link:https://example.org/x", "In person, there is nothing"),
        (
            "/mode set scope:One session mode:Online session:Lunch",
            "That is a break: there is nothing to join. Nothing was changed.",
        ),
        ("/mode undo", "There is no change to take back. Nothing was changed."),
    ],
)
async def test_what_cannot_be_done_is_said(day: Stage, command: str, says: str) -> None:
    assert (await refused(day, command)).startswith(says)
    assert (edits(day), day.client.incidents) == ([], [])


async def test_a_public_link_with_a_password_is_doubted(day: Stage) -> None:
    shown = await typed(day, f"{TALK} link:https://example.org/r?pwd=1 link_for:Everybody, also in channels")
    assert "⚠️ The link holds a password, and everybody would see it." in lines_of(day, shown)
    assert "Link to join <https://example.org/r?pwd=1> for everybody, also in channels" in lines_of(day, shown)


async def test_answers_are_worded_for_how_it_is_attended(day: Stage) -> None:
    await pressed(day, await typed(day, LINKED), "Apply")
    await told(day)
    attendee = day.sandbox.person("attendee")
    shown = [lines_of(day, await attendee.command(name)) for name in ("/session name:invited-4", "/schedule", "/join")]
    link = "Link to join <https://example.org/secret-room> · people in this server only"
    assert "🎤 Invited talk · online" in shown[0]
    assert any(row.startswith(f"Join: {link}") for row in shown[0])
    assert "14:00 (14:00) 🎤 Invited Talk 4 · online" in shown[1]
    assert "14:40 (14:40) 🎤 Invited Talk 5 · Workshop room (to be announced)" in shown[1]
    assert f"Online: Invited Talk 4 · {link}" in shown[2]


async def done(stage: Stage, command: str) -> list[str]:
    """Previewed and applied; what is said then."""
    return lines_of(stage, await pressed(stage, await typed(stage, command), "Apply"))


async def cancelled(stage: Stage, session: str, *, back: bool = False) -> None:
    await done(stage, f"/live {'restore' if back else 'cancel'} session:{session}")


async def test_a_change_that_is_over_is_not_taken_back_and_is_not_in_the_way(day: Stage) -> None:
    await done(day, "/mode set scope:One session session:Invited Talk 5 mode:In person")
    await done(day, TALK)
    await day.clock.live_through(clock(day, "14:41"))
    shown = await typed(day, "/mode undo")
    assert lines_of(day, shown)[2:4] == ["~~in person~~ → in person and online", "Invited Talk 5 (14:40)"]
    await day.clock.live_through(clock(day, "15:21"))
    over = "What was changed is over: there is nothing left to take back. Nothing was changed."
    assert await refused(day, "/mode undo") == over
    late = await pressed(day, shown, "Apply")
    await until(lambda: bool(late.messages))
    assert seen(day, late.messages[-1]).startswith(over)
    assert [(edit.session, edit.value) for edit in edits(day)] == [("invited-4", "online"), ("invited-5", "in_person")]


async def test_what_is_cancelled_is_taken_back_and_nobody_is_told(day: Stage) -> None:
    await done(day, LINKED)
    await cancelled(day, "Invited Talk 4")
    await told(day)
    before = rows(day)
    shown = await typed(day, "/mode undo")
    assert lines_of(day, shown) == [
        "Nothing is changed yet",
        "This is what would happen.",
        "~~online~~ → in person and online",
        "Invited Talk 4 (14:00)",
        "This link goes: Link to join <https://example.org/secret-room> for attendees",
        "Nobody is told: it is cancelled.",
        "Nothing that was posted has to be edited.",
        "[Apply]  [Cancel]",
    ]
    await cancelled(day, "Invited Talk 4", back=True)
    again = await pressed(day, shown, "Apply")
    assert lines_of(day, again)[0] == "The programme was changed meanwhile"
    await cancelled(day, "Invited Talk 4")
    assert lines_of(day, await pressed(day, await typed(day, "/mode undo"), "Apply"))[-1] == "Nobody is told."
    await told(day)
    assert (edits(day), rows(day)) == ([Edit("invited-4", Field.CANCELLED, "yes", "no")], before)
    assert trail(day)[-1].endswith("taken back: online → in person and online without the link given before")


async def test_a_new_link_alone_is_told_and_goes_with_an_undo(day: Stage) -> None:
    await done(day, TALK)
    shown = await typed(day, LINKED)
    phone = "📣 Invited Talk 4: online with a new link · in 1 hour, 14:00 (venue 14:00)"
    assert phone in lines_of(day, shown)
    await pressed(day, shown, "Apply")
    await told(day)
    assert trail(day)[-1].endswith("Invited Talk 4: online with a new link. Why: The train is late")
    shown = await typed(day, "/mode undo")
    assert lines_of(day, shown)[2:5] == [
        "Online",
        "Invited Talk 4 (14:00)",
        "This link goes: Link to join <https://example.org/secret-room> for attendees",
    ]
    assert phone.replace("with a new link", "without the link given before") in lines_of(day, shown)


async def test_a_session_s_own_link_takes_the_place_of_the_event_s(day: Stage) -> None:
    await done(day, "/mode set scope:The whole event mode:Online link:https://example.org/all")
    await done(day, LINKED)
    await told(day)
    attendee = day.sandbox.person("attendee")
    own = "\n".join(lines_of(day, await attendee.command("/session name:invited-4")))
    assert (own.count("Link to join"), own.count("/secret-room>")) == (1, 1)
    both = lines_of(day, await attendee.command("/join"))
    assert "Link to join <https://example.org/all> · people in this server only" in both


async def test_a_session_that_is_restored_is_attended_like_the_rest_of_the_day(day: Stage) -> None:
    await cancelled(day, "Invited Talk 4")
    shown = await typed(day, "/mode set scope:The rest of the day mode:Online")
    assert "6 sessions, from Invited Talk 5 (14:40) to Closing Remarks (17:30)" in lines_of(day, shown)
    await pressed(day, shown, "Apply")
    await cancelled(day, "Invited Talk 4", back=True)
    card = lines_of(day, await day.sandbox.person("attendee").command("/session name:invited-4"))
    assert "🎤 Invited talk · online" in card
